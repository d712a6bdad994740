import { outcomeOf } from '../../shared/call/record.ts';
import { viewOf } from '../../shared/call/view.ts';
import type { Call } from '../../shared/call/model.ts';
import type { LiveCall } from '../../shared/ipc/model.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { phoneCountry } from '../../shared/lib/phone.ts';
import { shownAs } from './shown-as.ts';

/**
 * How long an ended call stays on the screen with its reason, in ms; windows show it for as long as
 * it is told of.
 */
export const ENDED_SHOWN_MS = 3_000;

/** What a list of calls has to look up about one. */
export interface LiveCallPorts {
  account: (accountId: string) => LiveCall['account'] | undefined;
  /** Teammates whose consoles ring as well. */
  alsoRings: (callId: string) => readonly string[];
  /** What the relay says of a relayed call. */
  team: (call: Call) => LiveCall['team'];
  /** What is known of earlier calls with this person. Asked once per call; must not fail. */
  history: (call: Call) => Promise<LiveCall['history']>;
}

/**
 * The calls that are going on, with what the screen says beside them. An ended call stays for a
 * moment, but only if it was seen before: one that came and went while the console was away is a
 * missed call, not a ring.
 */
export class LiveCalls {
  readonly #calls = new Map<string, Omit<LiveCall, 'shownAs'>>();
  readonly #cancels = new Map<string, () => void>();
  #away: readonly string[] = [];
  readonly #lookups: LiveCallPorts;
  readonly #clock: Clock;
  readonly #changed: () => void;

  constructor(lookups: LiveCallPorts, clock: Clock, changed: () => void) {
    this.#lookups = lookups;
    this.#clock = clock;
    this.#changed = changed;
  }

  /** Oldest first. */
  list(): readonly LiveCall[] {
    const all = [...this.#calls.values()].sort((a, b) => a.createdAt - b.createdAt);
    return all.map((call) => ({ ...call, shownAs: shownAs(call, all) }));
  }

  /**
   * Ids of calls that were missed while the console was not connected, newest first, until seen.
   */
  missedWhileAway(): readonly string[] {
    return this.#away;
  }

  readonly handleCall = (call: Call): void => {
    const known = this.#calls.get(call.id);
    if (call.phase.name === 'ended') {
      if (!known) return;
      if (known.phase.name !== 'ended') this.#forgetLater(call.id, call.phase.at);
    }
    this.#calls.set(call.id, {
      ...viewOf(call),
      account: this.#lookups.account(call.accountId) ?? { label: call.accountId, number: '' },
      country: phoneCountry(call.party.waId),
      alsoRings: this.#lookups.alsoRings(call.id),
      team: this.#lookups.team(call),
      history: known?.history,
    });
    if (!known) void this.#addHistory(call);
    this.#changed();
  };

  /** The relay told what happened meanwhile: `calls` as they now are, oldest first. */
  handleReplayComplete(calls: readonly Call[]): void {
    const missed = calls
      // Begun and over within the replay: nobody can have seen it ring.
      .filter((call) => outcomeOf(call) === 'missed')
      .map((call) => call.id)
      .filter((id) => !this.#away.includes(id));
    if (missed.length === 0) return;
    this.#away = [...missed.toReversed(), ...this.#away];
    this.#changed();
  }

  /** Without `callId`: all of them. */
  handleSeen(callId?: string): void {
    this.#away = callId === undefined ? [] : this.#away.filter((id) => id !== callId);
    this.#changed();
  }

  close(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }

  async #addHistory(call: Call): Promise<void> {
    const history = await this.#lookups.history(call);
    const shown = this.#calls.get(call.id);
    if (!shown || !history) return;
    this.#calls.set(call.id, { ...shown, history });
    this.#changed();
  }

  #forgetLater(id: string, endedAt: number): void {
    // From now, not from the end: a call that ended during a pause of the machine is to be read as
    // well.
    const from = Math.max(endedAt, this.#clock.now());
    this.#cancels.set(
      id,
      this.#clock.at(from + ENDED_SHOWN_MS, () => {
        this.#calls.delete(id);
        this.#cancels.delete(id);
        this.#changed();
      }),
    );
  }
}
