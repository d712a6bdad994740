import { outcomeOf, viewOf } from '../../shared/call/record.ts';
import type { Call } from '../../shared/call/state.ts';
import type { LiveCall } from '../../shared/ipc/model.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { phoneCountry } from '../../shared/lib/phone.ts';

/** How long an ended call stays on the screen with its reason, in ms. */
export const TELL_MS = 3_000;

/** What a list of calls has to look up about one. */
export interface CallLookups {
  account: (accountId: string) => LiveCall['account'] | undefined;
  /** What is known of earlier calls with this person. Asked once per call. */
  history: (call: Call) => LiveCall['history'];
}

/**
 * The calls that are going on, with what the screen says beside them. An ended call stays for a moment, but only
 * if it was seen before: one that came and went while the console was away is a missed call, not a ring.
 */
export class LiveCalls {
  private readonly calls = new Map<string, LiveCall>();
  private readonly cancels = new Map<string, () => void>();
  private readonly alsoRing = new Map<string, readonly string[]>();
  private away: readonly string[] = [];
  private readonly lookups: CallLookups;
  private readonly clock: Clock;
  private readonly changed: () => void;

  constructor(lookups: CallLookups, clock: Clock, changed: () => void) {
    this.lookups = lookups;
    this.clock = clock;
    this.changed = changed;
  }

  /** Oldest first. */
  list(): readonly LiveCall[] {
    return [...this.calls.values()].sort((a, b) => a.createdAt - b.createdAt);
  }

  /** Ids of calls that were missed without ever ringing here, newest first. */
  missedWhileAway(): readonly string[] {
    return this.away;
  }

  handleCall(call: Call): void {
    const known = this.calls.get(call.id);
    if (call.phase.name === 'ended') {
      if (!known) return this.handleUnseenEnd(call);
      if (known.phase.name !== 'ended') this.forgetLater(call.id, call.phase.at);
    }
    this.calls.set(call.id, {
      ...viewOf(call),
      account: this.lookups.account(call.accountId) ?? { label: call.accountId, number: '' },
      country: phoneCountry(call.party.waId),
      alsoRings: this.alsoRing.get(call.id) ?? [],
      history: known ? known.history : this.lookups.history(call),
    });
    this.changed();
  }

  /** `names`: the teammates whose consoles ring as well. May come before the call itself. */
  handleAlsoRings(callId: string, names: readonly string[]): void {
    this.alsoRing.set(callId, names);
    const known = this.calls.get(callId);
    if (!known) return;
    this.calls.set(callId, { ...known, alsoRings: names });
    this.changed();
  }

  /** Without `callId`: all of them. */
  handleSeen(callId?: string): void {
    this.away = callId === undefined ? [] : this.away.filter((id) => id !== callId);
    this.changed();
  }

  dispose(): void {
    for (const cancel of this.cancels.values()) cancel();
    this.cancels.clear();
  }

  private handleUnseenEnd(call: Call): void {
    this.alsoRing.delete(call.id);
    if (outcomeOf(call) !== 'missed' || this.away.includes(call.id)) return;
    this.away = [call.id, ...this.away];
    this.changed();
  }

  private forgetLater(id: string, endedAt: number): void {
    // From now, not from the end: a call that ended during a pause of the machine is to be read as well.
    const from = Math.max(endedAt, this.clock.now());
    this.cancels.set(
      id,
      this.clock.at(from + TELL_MS, () => {
        this.calls.delete(id);
        this.cancels.delete(id);
        this.alsoRing.delete(id);
        this.changed();
      }),
    );
  }
}
