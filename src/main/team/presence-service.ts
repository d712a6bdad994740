import type { PresenceView } from '../../shared/ipc/team.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Presence } from '../../shared/protocol/frames.ts';

interface Chosen {
  presence: 'available' | 'wrap-up' | 'dnd' | 'away';
  until?: number | undefined;
}

export interface PresencePorts {
  store: { get: () => Chosen; set: (chosen: Chosen) => void };
  clock: Clock;
  /** Whether a call occupies the agent. */
  isOnCall: () => boolean;
  /** This agent's presence as the relay reports it; only the relay knows of wrap-up. */
  reported: () => { presence: Presence | 'offline'; until?: number | undefined } | undefined;
  /**
   * @param chosen the agent chose it just now, rather than it following from calls or the lock
   * @param afterCall the call that occupied the agent is over, and they talked
   */
  report: (presence: Presence, chosen: boolean, afterCall: boolean) => void;
  changed: () => void;
}

/**
 * The agent's presence: their own choice until it expires, overridden by calls and a locked screen.
 */
export class PresenceService {
  readonly #ports: PresencePorts;
  #chosen: Chosen;
  #locked = false;
  #isOnCall = false;
  #cancelEnd: () => void = () => undefined;

  constructor(ports: PresencePorts) {
    this.#ports = ports;
    this.#chosen = ports.store.get();
    this.#arm();
  }

  set(presence: Chosen['presence'], minutes?: number): void {
    const { store, clock } = this.#ports;
    const until = minutes === undefined ? undefined : clock.now() + minutes * 60_000;
    this.#chosen = { presence, until };
    store.set(this.#chosen);
    this.#arm();
    this.refresh(true);
  }

  /** Prolongs the wrap-up, by the relay or the agent, if there is one. */
  extendWrapUp(seconds: number): void {
    const { state, until } = this.view();
    if (state !== 'wrap-up') return;
    const { store, clock } = this.#ports;
    const now = clock.now();
    const later = Math.max(now, until ?? now) + seconds * 1000;
    this.#chosen = { presence: 'wrap-up', until: later };
    store.set(this.#chosen);
    this.#arm();
    this.refresh(true);
  }

  /** An agent with a locked screen is away. */
  setLocked(locked: boolean): void {
    this.#locked = locked;
    this.refresh();
  }

  /** A call has changed. `talked`: it is over, and the agent talked with the customer. */
  handleCall(talked: boolean): void {
    const wasOnCall = this.#isOnCall;
    this.#isOnCall = this.#ports.isOnCall();
    this.refresh(false, talked && wasOnCall && !this.#isOnCall);
  }

  /** Reports the presence again, after a change of what it depends on. */
  refresh(chosen = false, afterCall = false): void {
    this.#ports.report(this.#own(), chosen, afterCall);
    this.#ports.changed();
  }

  view(): PresenceView {
    const { presence, until } = this.#chosen;
    const own = this.#own();
    const reported = this.#ports.reported();
    if (own === 'available' && reported?.presence === 'wrap-up') {
      return { state: 'wrap-up', until: reported.until, dnd: false };
    }
    return { state: own, until: own === presence ? until : undefined, dnd: presence === 'dnd' };
  }

  close(): void {
    this.#cancelEnd();
  }

  #own(): Presence {
    const { until = Infinity } = this.#chosen;
    const presence = until > this.#ports.clock.now() ? this.#chosen.presence : 'available';
    if (this.#ports.isOnCall()) return 'on-call';
    return presence === 'available' && this.#locked ? 'away' : presence;
  }

  /** The expiry is stored with the choice, so it also takes effect after a restart. */
  #arm(): void {
    const { clock } = this.#ports;
    const { until } = this.#chosen;
    this.#cancelEnd();
    this.#cancelEnd =
      until === undefined ? () => undefined : clock.at(until, () => this.set('available'));
  }
}
