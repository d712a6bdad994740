import { Notification } from 'electron';
import { words } from '../words.ts';
import type { RingNotification } from './attention.ts';
import type { OnNotificationAction, RingNotifier } from './notification.ts';

/** On macOS with buttons, on Windows as a message that shows the app when clicked. */
export class ElectronNotifier implements RingNotifier {
  private shown: { notification: Notification; content: RingNotification } | undefined;
  private readonly onAction: OnNotificationAction;

  constructor(onAction: OnNotificationAction) {
    this.onAction = onAction;
  }

  set(wanted: RingNotification | undefined): void {
    if (JSON.stringify(wanted) === JSON.stringify(this.shown?.content)) return;
    this.shown?.notification.close();
    this.shown = undefined;
    if (!wanted || !Notification.isSupported()) return;
    const actions = [
      ...(wanted.canAccept ? [{ key: 'accept', text: words.accept } as const] : []),
      { key: 'decline', text: words.decline } as const,
    ];
    const notification = new Notification({
      title: wanted.title,
      body: wanted.body,
      silent: true,
      urgency: 'critical',
      timeoutType: 'never',
      actions: actions.map(({ text }) => ({ type: 'button', text })),
    });
    notification.on('click', () => this.onAction(wanted.callId, 'show'));
    notification.on('action', (event, index: number) => {
      // Electron 45 carries the index in the event, older ones beside it.
      const at = 'actionIndex' in event ? event.actionIndex : index;
      const action = actions.find((_, position) => position === at);
      if (action) this.onAction(wanted.callId, action.key);
    });
    notification.show();
    this.shown = { notification, content: wanted };
  }

  dispose(): void {
    this.set(undefined);
  }
}
