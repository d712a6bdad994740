import type { RingNotification } from './attention.ts';

type NotificationAction = 'accept' | 'decline' | 'show';

/** The system's notification of a ringing call. Given what should be there; undefined takes it away. */
export interface RingNotifier {
  set(wanted: RingNotification | undefined): void;
  dispose(): void;
}

/** What the person pressed, and on which call's notification. */
export type OnNotificationAction = (callId: string, action: NotificationAction) => void;
