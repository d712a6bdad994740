import type { SessionBus } from './session-bus.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';

/**
 * Reports whether a tray item would be visible, now and on changes: at log-in the tray often starts
 * after us. Only Linux desktops may have no tray.
 */
export async function watchTrayHost(
  bus: SessionBus,
  onChange: (has: boolean) => void,
): Promise<void> {
  const look = async () => onChange(await hasTrayHost(bus));
  await look();
  await bus.onOwnerChange(WATCHER, () => void look());
}

async function hasTrayHost(bus: SessionBus): Promise<boolean> {
  if (!(await bus.hasOwner(WATCHER))) return false;
  const registered = await bus.property({
    destination: WATCHER,
    path: '/StatusNotifierWatcher',
    interface: WATCHER,
    name: 'IsStatusNotifierHostRegistered',
  });
  return registered === true;
}
