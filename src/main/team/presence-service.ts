import type { PresenceView } from '../../shared/ipc/model.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Presence } from '../../shared/protocol/frames.ts';

interface Chosen {
  presence: 'available' | 'wrap-up' | 'dnd' | 'away';
  until?: number | undefined;
}

export interface PresenceDeps {
  store: { get: () => Chosen; set: (chosen: Chosen) => void };
  clock: Clock;
  /** Whether a call occupies the agent. */
  engaged: () => boolean;
  /** The relay's word on us: it also knows of wrap-up after a call. */
  told: () => { presence: Presence | 'offline' } | undefined;
  /** `spoken`: the agent said so just now, rather than that it follows from something. */
  tell: (presence: Presence, spoken: boolean) => void;
  changed: () => void;
}

/** What the agent is to others: their own choice until it ends by itself, and what follows from calls and a locked screen. */
export class PresenceKeeper {
  readonly #deps: PresenceDeps;
  #chosen: Chosen;
  #locked = false;
  #cancelEnd: () => void = () => undefined;

  constructor(deps: PresenceDeps) {
    this.#deps = deps;
    this.#chosen = deps.store.get();
    this.#arm();
  }

  set(presence: Chosen['presence'], minutes?: number): void {
    const { store, clock } = this.#deps;
    const until = minutes === undefined ? undefined : clock.now() + minutes * 60_000;
    this.#chosen = { presence, until };
    store.set(this.#chosen);
    this.#arm();
    this.refresh(true);
  }

  /** Nobody sits at a locked screen. */
  setLocked(locked: boolean): void {
    this.#locked = locked;
    this.refresh();
  }

  /** Something that it follows from may have changed. */
  refresh(spoken = false): void {
    this.#deps.tell(this.#own(), spoken);
    this.#deps.changed();
  }

  view(): PresenceView {
    const { presence, until } = this.#chosen;
    const own = this.#own();
    const wrapsUp = own === 'available' && this.#deps.told()?.presence === 'wrap-up';
    return {
      state: wrapsUp ? 'wrap-up' : own,
      until: own === presence ? until : undefined,
      dnd: presence === 'dnd',
    };
  }

  dispose(): void {
    this.#cancelEnd();
  }

  #own(): Presence {
    const { until = Infinity } = this.#chosen;
    const presence = until > this.#deps.clock.now() ? this.#chosen.presence : 'available';
    if (this.#deps.engaged()) return 'on-call';
    return presence === 'available' && this.#locked ? 'away' : presence;
  }

  /** The end is stored with the choice, so it comes even if the console was not running. */
  #arm(): void {
    const { clock } = this.#deps;
    const { until } = this.#chosen;
    this.#cancelEnd();
    this.#cancelEnd =
      until === undefined ? () => undefined : clock.at(until, () => this.set('available'));
  }
}
