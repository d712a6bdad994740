import { Notification } from 'electron';
import type { RingNotification } from './attention.ts';
import { actionLabel, type OnNotificationAction, type RingNotifier } from './notification.ts';

/** With buttons on macOS; on Windows a message that shows the app when clicked. */
export class ElectronNotifier implements RingNotifier {
  #shown: { notification: Notification; content: RingNotification } | undefined;
  readonly #onAction: OnNotificationAction;

  constructor(onAction: OnNotificationAction) {
    this.#onAction = onAction;
  }

  set(wanted: RingNotification | undefined): void {
    if (JSON.stringify(wanted) === JSON.stringify(this.#shown?.content)) return;
    this.#shown?.notification.close();
    this.#shown = undefined;
    if (!wanted || !Notification.isSupported()) return;
    const { actions } = wanted;
    const notification = new Notification({
      title: wanted.title,
      body: wanted.body,
      silent: true,
      urgency: 'critical',
      timeoutType: 'never',
      actions: actions.map((action) => ({ type: 'button', text: actionLabel(action) })),
    });
    notification.on('click', () => this.#onAction(wanted.callId, 'show'));
    notification.on('action', (event, index: number) => {
      // Electron 45 has the index in the event, older versions beside it.
      const at = 'actionIndex' in event ? event.actionIndex : index;
      const action = actions.find((_, position) => position === at);
      if (action) this.#onAction(wanted.callId, action);
    });
    notification.show();
    this.#shown = { notification, content: wanted };
  }

  async say({ title, body }: { title: string; body: string }): Promise<boolean> {
    if (!Notification.isSupported()) return false;
    new Notification({ title, body, silent: true }).show();
    return true;
  }

  async close(): Promise<void> {
    this.set(undefined);
  }
}
