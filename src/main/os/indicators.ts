import type { Snapshot } from '../../shared/ipc/model.ts';
import { attentionFor } from './attention.ts';
import type { Flash } from './taskbar.ts';
import type { KeepAwake } from './power.ts';
import type { RingNotifier } from './notification.ts';
import type { Shortcuts } from './shortcuts.ts';
import type { TrayItem } from './tray.ts';

export interface IndicatorParts {
  tray: Pick<TrayItem, 'set'>;
  notifier: Pick<RingNotifier, 'set'>;
  ringWindow: { set: (wanted: boolean) => void };
  flash: Pick<Flash, 'set'>;
  shortcuts: Pick<Shortcuts, 'set'>;
  keepAwake: Pick<KeepAwake, 'set'>;
  accept: (callId: string) => void;
  decline: (callId: string) => void;
  undo: (callId: string) => void;
}

/** Brings everything outside the windows in line with each snapshot. What it shows is decided in `attention.ts`. */
export class Indicators {
  private readonly parts: IndicatorParts;
  private ringingId: string | undefined;
  private undoableId: string | undefined;

  constructor(parts: IndicatorParts) {
    this.parts = parts;
  }

  readonly handleSnapshot = (snapshot: Snapshot): void => {
    const { parts } = this;
    const attention = attentionFor(snapshot);
    this.ringingId = attention.ringing?.id;
    this.undoableId = attention.undoable?.id;
    parts.ringWindow.set(attention.ringWindow);
    parts.notifier.set(attention.notification);
    parts.tray.set(attention, snapshot.presence.dnd, snapshot.app.ownNumbersOf);
    parts.flash.set(attention.flash, attention.badge);
    parts.keepAwake.set(attention.keepAwake);
    const { acceptShortcut, declineShortcut } = snapshot.settings;
    parts.shortcuts.set({ accept: acceptShortcut, decline: declineShortcut }, attention.shortcuts);
  };

  /** Accepts the call that rings longest, if one still does. */
  readonly accept = (): void => {
    if (this.ringingId !== undefined) this.parts.accept(this.ringingId);
  };

  readonly decline = (): void => {
    if (this.ringingId !== undefined) this.parts.decline(this.ringingId);
  };

  /** Takes back the last decline, if it was not sent yet. */
  readonly undo = (): void => {
    if (this.undoableId !== undefined) this.parts.undo(this.undoableId);
  };
}
