import { t } from '../../shared/i18n/i18n.ts';
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
export const actionLabel = (action: RingAction): string => t(`desktop.${action}`);

/** Whether a service's word is one of our actions. */
export function isRingAction(key: unknown): key is RingAction {
  return key === 'accept' || key === 'decline' || key === 'undo';
}
