import { outcomeOf } from '../../shared/call/record.ts';
import { viewOf } from '../../shared/call/view.ts';
import { type Call, isEngaging } from '../../shared/call/model.ts';
import type { LiveCall } from '../../shared/ipc/live-call.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { phoneCountry } from '../../shared/lib/phone.ts';
import type { Party } from '../../shared/providers/events.ts';
import { shownAs } from './shown-as.ts';

/** How long an ended call stays in the snapshot, and so on the screen, with its reason, in ms. */
export const ENDED_SHOWN_MS = 3_000;

/** What the list has to look up about a call. */
export interface LiveCallPorts {
  account: (accountId: string) => LiveCall['account'] | undefined;
  /** A person as the agents call them. */
  shown: (party: Party) => Party;
  /** Teammates whose consoles are also ringing. */
  alsoRings: (callId: string) => readonly string[];
  /** The relay's state of a relayed call. */
  team: (call: Call) => LiveCall['team'];
  /** What the customer wrote last. Read at once, so that the ring is never shown without it. */
  lastMessage: (party: Party, before: number) => LiveCall['lastMessage'];
  /** What happened before with this person. Asked once per call; must not fail. */
  before: (call: Call) => Promise<Pick<LiveCall, 'history' | 'promise'>>;
  /** Whether the agent is still busy with the call that has just ended. */
  isWrappingUp: () => boolean;
}

/**
 * The current calls, with the facts that the screen shows beside them. An ended call stays for a
 * moment, but only if it was shown before: one that started and ended while the console was away is
 * a missed call, not a ring. A call that the agent talked in stays until they have wrapped up.
 */
export class LiveCalls {
  readonly #calls = new Map<string, Omit<LiveCall, 'shownAs'>>();
  /** Their customers, as they were reported. */
  readonly #parties = new Map<string, Party>();
  readonly #cancels = new Map<string, () => void>();
  /** Ended calls that stay until the agent has wrapped up. */
  readonly #wrappedUp = new Set<string>();
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

  /** Ids of calls missed while the console was disconnected, newest first, until they are seen. */
  missedWhileAway(): readonly string[] {
    return this.#away;
  }

  readonly handleCall = (call: Call): void => {
    const known = this.#calls.get(call.id);
    if (call.phase.name === 'ended') {
      if (!known) return;
      if (known.phase.name !== 'ended') this.#forgetLater(call.id, call.phase.at);
    }
    this.#parties.set(call.id, call.party);
    this.#calls.set(call.id, {
      ...viewOf(call),
      party: this.#lookups.shown(call.party),
      account: this.#lookups.account(call.accountId) ?? { label: call.accountId, number: '' },
      country: phoneCountry(call.party.waId),
      alsoRings: this.#lookups.alsoRings(call.id),
      team: this.#lookups.team(call),
      history: known?.history,
      lastMessage: known
        ? known.lastMessage
        : this.#lookups.lastMessage(call.party, call.createdAt),
      promise: known?.promise,
    });
    if (!known) void this.#addBefore(call);
    // The agent has moved on to another customer.
    if (isEngaging(call.phase.name)) this.#dropWrappedUp();
    this.#changed();
  };

  /** What people are called has changed. */
  handlePeople(): void {
    for (const [id, call] of this.#calls) {
      const party = this.#parties.get(id) ?? call.party;
      this.#calls.set(id, { ...call, party: this.#lookups.shown(party) });
    }
    this.#changed();
  }

  /** A message may have come after the call that it was written before. */
  handleMessages(): void {
    let isNew = false;
    for (const [id, call] of this.#calls) {
      if (call.phase.name === 'ended') continue;
      const { createdAt } = call;
      const lastMessage = this.#lookups.lastMessage(this.#parties.get(id) ?? call.party, createdAt);
      if (lastMessage?.at === call.lastMessage?.at) continue;
      this.#calls.set(id, { ...call, lastMessage });
      isNew = true;
    }
    if (isNew) this.#changed();
  }

  #forget(id: string): void {
    this.#calls.delete(id);
    this.#parties.delete(id);
  }

  /** The relay has replayed what happened meanwhile: `calls` as they now are, oldest first. */
  handleReplayComplete(calls: readonly Call[]): void {
    const missed = calls
      // Started and ended within the replay, so nobody can have seen it ring.
      .filter((call) => outcomeOf(call) === 'missed')
      .map((call) => call.id)
      .filter((id) => !this.#away.includes(id));
    if (missed.length === 0) return;
    this.#away = [...missed.toReversed(), ...this.#away];
    this.#changed();
  }

  /** Marks a call as seen; without `callId`, all of them. */
  handleSeen(callId?: string): void {
    this.#away = callId === undefined ? [] : this.#away.filter((id) => id !== callId);
    this.#changed();
  }

  close(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }

  /** The agent's presence may have changed, which ends wrap-up. */
  readonly handlePresence = (): void => {
    if (this.#wrappedUp.size > 0 && !this.#lookups.isWrappingUp()) this.#dropWrappedUp();
  };

  #dropWrappedUp(): void {
    if (this.#wrappedUp.size === 0) return;
    for (const id of this.#wrappedUp) this.#forget(id);
    this.#wrappedUp.clear();
    this.#changed();
  }

  async #addBefore(call: Call): Promise<void> {
    const before = await this.#lookups.before(call);
    const shown = this.#calls.get(call.id);
    if (!shown) return;
    this.#calls.set(call.id, { ...shown, ...before });
    this.#changed();
  }

  #forgetLater(id: string, endedAt: number): void {
    // From now, not from the end: the machine may have been asleep when the call ended.
    const from = Math.max(endedAt, this.#clock.now());
    this.#cancels.set(
      id,
      this.#clock.at(from + ENDED_SHOWN_MS, () => {
        this.#cancels.delete(id);
        const wasTalk = this.#calls.get(id)?.connectedAt !== undefined;
        if (wasTalk && this.#lookups.isWrappingUp()) this.#wrappedUp.add(id);
        else this.#forget(id);
        this.#changed();
      }),
    );
  }
}
