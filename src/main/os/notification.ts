import { t } from '../../shared/i18n/i18n.ts';
import type { RingAction, RingNotification } from './attention.ts';

type NotificationAction = RingAction | 'show';

/** The system's notification of a ringing call. It shows what it is given; undefined removes it. */
export interface RingNotifier {
  set(wanted: RingNotification | undefined): void;
  /** Shows a passing message. Resolves to whether the system showed it. */
  say(what: { title: string; body: string }): Promise<boolean>;
  /** Removes what is shown; resolves when that is done or nobody answers. */
  close(): Promise<void>;
}

/** The action the person pressed, and on which call's notification. */
export type OnNotificationAction = (callId: string, action: NotificationAction) => void;

/** The button of an action. */
export const actionLabel = (action: RingAction): string => t(`desktop.${action}`);

/** Whether a service's action name is one of ours. */
export function isRingAction(key: unknown): key is RingAction {
  return key === 'accept' || key === 'decline' || key === 'undo';
}
