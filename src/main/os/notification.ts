import { words } from '../words.ts';
import type { RingAction, RingNotification } from './attention.ts';

type NotificationAction = RingAction | 'show';

/**
 * The system's notification of a ringing call. Given what should be there; undefined takes it away.
 */
export interface RingNotifier {
  set(wanted: RingNotification | undefined): void;
  /** Says something in passing. Resolves to whether the system showed it. */
  say(what: { title: string; body: string }): Promise<boolean>;
  /** Takes away what is shown; resolves when that is done or nobody answers. */
  close(): Promise<void>;
}

/** What the person pressed, and on which call's notification. */
export type OnNotificationAction = (callId: string, action: NotificationAction) => void;

/** The button of an action. */
export const actionWords: Readonly<Record<RingAction, string>> = {
  accept: words.accept,
  decline: words.decline,
  undo: words.undo,
};

/** Whether a service's word is one of our actions. */
export function isRingAction(key: unknown): key is RingAction {
  return typeof key === 'string' && Object.hasOwn(actionWords, key);
}
