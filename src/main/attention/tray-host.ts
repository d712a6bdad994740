import type { SessionBus } from './session-bus.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';

/** Whether a tray item would be seen. Only Linux desktops come without a tray. */
export async function hasTrayHost(bus: SessionBus | undefined): Promise<boolean> {
  if (!bus) return true;
  if (!(await bus.hasOwner(WATCHER))) return false;
  const registered = await bus.property({
    destination: WATCHER,
    path: '/StatusNotifierWatcher',
    interface: WATCHER,
    name: 'IsStatusNotifierHostRegistered',
  });
  return registered === true;
}
