import type { Log } from '../log.ts';
import type { TrayState } from './attention.ts';
import { Indicators } from './indicators.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Snapshot } from '../../shared/ipc/model.ts';
import { Flash } from './taskbar.ts';
import type { OnNotificationAction, RingNotifier } from './notification.ts';
import { ElectronNotifier } from './notification-electron.ts';
import { LinuxNotifier } from './notification-linux.ts';
import { KeepAwake } from './power.ts';
import { ReachAlarm } from './reach-alarm.ts';
import { SessionBus } from './session-bus.ts';
import { type KeyStates, Shortcuts } from './shortcuts.ts';
import { watchTrayHost } from './tray-host.ts';
import { TrayItem } from './tray.ts';

export interface IndicatorsPorts {
  clock: Clock;
  log: Log;
  /** Path or name of the icon in notifications. */
  icon: string;
  trayImage: (state: TrayState) => string;
  ringWindow: { set: (wanted: boolean) => void };
  flashFrame: (on: boolean) => void;
  accept: (callId: string) => void;
  decline: (callId: string) => void;
  undo: (callId: string) => void;
  show: (callId?: string) => void;
  goBack: () => void;
  setDnd: (on: boolean) => void;
  quit: () => void;
  onKeys: (states: KeyStates) => void;
  onTrayHost: (has: boolean) => void;
  /** Calls cannot reach us: the sound of it. */
  onAlarm: () => void;
}

/** Builds everything outside the windows for this system. */
export function openIndicators(needs: IndicatorsPorts): {
  handleSnapshot: (snapshot: Snapshot) => void;
  say: RingNotifier['say'];
  dispose: () => Promise<void>;
} {
  const bus = process.platform === 'linux' ? new SessionBus(needs.log) : undefined;
  if (bus) void watchTrayHost(bus, needs.onTrayHost);
  else needs.onTrayHost(true);

  const onAction: OnNotificationAction = (callId, action) => {
    if (action === 'accept') needs.accept(callId);
    else if (action === 'decline') needs.decline(callId);
    else if (action === 'undo') needs.undo(callId);
    else needs.show(callId === '' ? undefined : callId);
  };
  const openNotifier = (): RingNotifier =>
    bus ? new LinuxNotifier(bus, needs.icon, onAction) : new ElectronNotifier(onAction);
  const notifier = openNotifier();
  const alarmNotifier = openNotifier();
  const alarm = new ReachAlarm({
    clock: needs.clock,
    notifier: alarmNotifier,
    sound: needs.onAlarm,
  });
  const shortcuts = new Shortcuts(
    { accept: () => desk.accept(), decline: () => desk.decline() },
    (states) => {
      needs.log.info(`shortcuts: accept ${states.accept}, decline ${states.decline}`);
      needs.onKeys(states);
    },
  );
  const keepAwake = new KeepAwake();
  const tray = new TrayItem(needs.trayImage, {
    accept: () => desk.accept(),
    decline: () => desk.decline(),
    undo: () => desk.undo(),
    goBack: needs.goBack,
    show: () => needs.show(),
    setDnd: needs.setDnd,
    quit: needs.quit,
  });
  const desk = new Indicators({
    tray,
    notifier,
    ringWindow: needs.ringWindow,
    flash: new Flash(needs.flashFrame),
    shortcuts,
    keepAwake,
    accept: needs.accept,
    decline: needs.decline,
    undo: needs.undo,
  });

  return {
    handleSnapshot(snapshot) {
      desk.handleSnapshot(snapshot);
      alarm.handleSnapshot(snapshot);
    },
    say: (what) => notifier.say(what),
    async dispose() {
      keepAwake.set(false);
      shortcuts.close();
      alarm.close();
      tray.close();
      await Promise.all([notifier.close(), alarmNotifier.close()]);
      bus?.close();
    },
  };
}
