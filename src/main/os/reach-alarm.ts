import { t } from '../../shared/i18n/i18n.ts';
import { reachCause } from '../../shared/ipc/reach-cause.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { type ReachTrouble, reachTrouble } from '../../shared/ipc/reach.ts';
import type { RingNotification } from './attention.ts';
import type { RingNotifier } from './notification.ts';

/** Shorter outages are shown only on the screen, in ms. */
const ALARM_AFTER_MS = 15_000;

export interface ReachAlarmPorts {
  clock: Clock;
  notifier: Pick<RingNotifier, 'set'>;
  /** Plays the alarm once. */
  sound: () => void;
}

type Seen = Pick<Snapshot, 'app' | 'connection' | 'ringer' | 'presence'>;

/**
 * Alerts an agent who does not look at the window that calls cannot reach them: once per outage, by
 * a sound and a notification that stays until it is over. Not in the demo, nor with "do not
 * disturb".
 */
export class ReachAlarm {
  readonly #ports: ReachAlarmPorts;
  #outage:
    | { trouble: ReachTrouble; cause: string; announced: boolean; cancel: () => void }
    | undefined;
  #quiet = false;

  constructor(ports: ReachAlarmPorts) {
    this.#ports = ports;
  }

  readonly handleSnapshot = (seen: Seen): void => {
    const trouble = reachTrouble(seen);
    this.#quiet = seen.presence.dnd;
    if (!trouble) return this.#over();
    const cause = reachCause(trouble, seen.connection);
    if (this.#outage) {
      this.#outage.trouble = trouble;
      this.#outage.cause = cause;
      return;
    }
    const { since } = trouble;
    const { clock } = this.#ports;
    const at = Math.max(since + ALARM_AFTER_MS, clock.now());
    this.#outage = {
      trouble,
      cause,
      announced: false,
      cancel: clock.at(at, () => this.#announce()),
    };
  };

  close(): void {
    this.#over();
  }

  #announce(): void {
    const outage = this.#outage;
    if (!outage || outage.announced || this.#quiet) return;
    outage.announced = true;
    this.#ports.sound();
    this.#ports.notifier.set(unreachableNotification(outage.trouble, outage.cause));
  }

  #over(): void {
    const outage = this.#outage;
    this.#outage = undefined;
    outage?.cancel();
    if (outage?.announced === true) this.#ports.notifier.set(undefined);
  }
}

function unreachableNotification({ since }: ReachTrouble, cause: string): RingNotification {
  return {
    kind: 'unreachable',
    callId: '',
    title: t('desktop.unreachable', { since }),
    body: `${cause} ${t('desktop.unreachableNext')}`,
    actions: [],
  };
}
