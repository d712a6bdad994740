import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';
import { type Attention, attentionFor, type TrayState } from './attention.ts';
import type { OnNotificationAction, RingNotifier } from './notification.ts';
import { ElectronNotifier } from './notification-electron.ts';
import { LinuxNotifier } from './notification-linux.ts';
import { KeepAwake } from './power.ts';
import { ReachAlarm } from './reach-alarm.ts';
import { SessionBus } from './session-bus.ts';
import { type KeyStates, Shortcuts } from './shortcuts.ts';
import { Taskbar } from './taskbar.ts';
import { watchTrayHost } from './tray-host.ts';
import { TrayItem } from './tray.ts';

export interface CallActions {
  accept: (callId: string) => void;
  decline: (callId: string) => void;
  undo: (callId: string) => void;
  mute: (callId: string, muted: boolean) => void;
}

export interface IndicatorsPorts extends CallActions {
  clock: Clock;
  log: Log;
  /** Path or name of the icon in notifications. */
  icon: string;
  trayImage: (state: TrayState) => string;
  ringWindow: { set: (wanted: boolean) => void };
  flashFrame: (on: boolean) => void;
  show: (callId?: string) => void;
  goBack: () => void;
  setDnd: (on: boolean) => void;
  /** Installs the update that is ready. */
  update: () => void;
  quit: () => void;
  /** The agent pressed the key for the selected number. */
  onSelection: () => void;
  /** The set of global keys that are ours has changed. */
  onKeys: () => void;
  onTrayHost: (has: boolean) => void;
  /** Plays the "calls cannot reach you" sound. */
  onAlarm: () => void;
}

export interface Indicators {
  /** Which of the global keys are ours. */
  keys: () => KeyStates;
  handleSnapshot: (snapshot: Snapshot) => void;
  say: RingNotifier['say'];
  close: () => Promise<void>;
}

/**
 * Builds everything outside the windows for this system and updates it with each snapshot.
 * `attention.ts` decides what it shows.
 */
export function openIndicators(ports: IndicatorsPorts): Indicators {
  const bus = process.platform === 'linux' ? new SessionBus(ports.log) : undefined;
  if (bus) void watchTrayHost(bus, ports.onTrayHost);
  else ports.onTrayHost(true);

  const onAction: OnNotificationAction = (callId, action) => {
    if (action === 'accept') ports.accept(callId);
    else if (action === 'decline') ports.decline(callId);
    else if (action === 'undo') ports.undo(callId);
    else ports.show(callId === '' ? undefined : callId);
  };
  const openNotifier = (): RingNotifier =>
    bus ? new LinuxNotifier(bus, ports.icon, onAction) : new ElectronNotifier(onAction);
  const notifier = openNotifier();
  const alarmNotifier = openNotifier();
  const alarm = new ReachAlarm({
    clock: ports.clock,
    notifier: alarmNotifier,
    sound: ports.onAlarm,
  });
  const current = new CurrentCall(ports);
  let keys: KeyStates = { accept: 'none', decline: 'none', mute: 'none', selection: 'none' };
  const handleKeys = (states: Partial<KeyStates>) => {
    keys = { ...keys, ...states };
    ports.log.info(`shortcuts: ${JSON.stringify(keys)}`);
    ports.onKeys();
  };
  const ringKeys = new Shortcuts(['accept', 'decline'], current, handleKeys);
  const muteKey = new Shortcuts(['mute'], { mute: current.mute }, handleKeys);
  const selectionKey = new Shortcuts(['selection'], { selection: ports.onSelection }, handleKeys);
  const keepAwake = new KeepAwake();
  const taskbar = new Taskbar(ports.flashFrame);
  const tray = new TrayItem(ports.trayImage, {
    accept: current.accept,
    decline: current.decline,
    undo: current.undo,
    goBack: ports.goBack,
    show: () => ports.show(),
    setDnd: ports.setDnd,
    update: ports.update,
    quit: ports.quit,
  });

  return {
    keys: () => keys,
    handleSnapshot(snapshot) {
      const attention = attentionFor(snapshot);
      current.set(attention);
      ports.ringWindow.set(attention.ringWindow);
      notifier.set(attention.notification);
      const { now } = snapshot.updates;
      const update = now.state === 'ready' && !now.isBusy ? now.version : undefined;
      tray.set(attention, snapshot.presence.dnd, snapshot.app.ownNumbersOf, update);
      taskbar.set(attention.flash, attention.badge);
      keepAwake.set(attention.keepAwake);
      const { acceptShortcut, declineShortcut, muteShortcut, selectionShortcut } =
        snapshot.settings;
      ringKeys.set({ accept: acceptShortcut, decline: declineShortcut }, attention.shortcuts);
      muteKey.set({ mute: muteShortcut }, attention.mutable !== undefined);
      selectionKey.set({ selection: selectionShortcut }, true);
      alarm.handleSnapshot(snapshot);
    },
    say: (what) => notifier.say(what),
    async close() {
      keepAwake.set(false);
      ringKeys.close();
      muteKey.close();
      selectionKey.close();
      alarm.close();
      tray.close();
      await Promise.all([notifier.close(), alarmNotifier.close()]);
      bus?.close();
    },
  };
}

/** The call that keys and tray act on. */
class CurrentCall {
  readonly #actions: CallActions;
  #ringingId: string | undefined;
  #undoableId: string | undefined;
  #mutable: Attention['mutable'];

  constructor(actions: CallActions) {
    this.#actions = actions;
  }

  set({ ringing, undoable, mutable }: Attention): void {
    this.#mutable = mutable;
    this.#ringingId = ringing?.id;
    this.#undoableId = undoable?.id;
  }

  /** Accepts the call that has been ringing longest, if one still rings. */
  readonly accept = (): void => {
    if (this.#ringingId !== undefined) this.#actions.accept(this.#ringingId);
  };

  readonly decline = (): void => {
    if (this.#ringingId !== undefined) this.#actions.decline(this.#ringingId);
  };

  /** Mutes the agent's call, or unmutes it. */
  readonly mute = (): void => {
    if (this.#mutable) this.#actions.mute(this.#mutable.id, !this.#mutable.muted);
  };

  /** Undoes the last decline, if it was not sent yet. */
  readonly undo = (): void => {
    if (this.#undoableId !== undefined) this.#actions.undo(this.#undoableId);
  };
}
