import { inboundCallId } from '../../../shared/call/ids.ts';
import { isLive, type Call } from '../../../shared/call/model.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { ProviderReport } from '../../../shared/providers/events.ts';
import type { Log } from '../../log.ts';
import type { Provider } from '../ports.ts';

/** All in ms. The first look at a call comes soon, the others later and later. */
const FIRST_MS = 2_000;
const GROWTH = 1.5;
const LONGEST_MS = 15_000;
/** After a refusal: too many requests, or a provider that is down. */
const LONGEST_AFTER_FAILURE_MS = 60_000;
/** What a call cost is settled after it. */
const BILL_AFTER_MS = [5_000, 30_000, 120_000, 600_000] as const;
/** Of older calls, what they cost is read with the rest. */
const RECENT_MS = 600_000;
/** Pilot Status tells of a Meta number's call in two ways; the offer may come by the other. */
const OFFER_AFTER_MS = [1_000, 2_000, 4_000, 8_000] as const;

export interface WatchDeps {
  provider: (accountId: string) => Provider | undefined;
  known: (callId: string) => Call | undefined;
  /** What was read. */
  told: (accountId: string, events: readonly ProviderReport[]) => void;
  clock: Clock;
  log: Log;
}

/** The next look at one call. `why`: what it waits for; when that changes, it begins anew. */
interface Look {
  why: string;
  /** Looks made so far for this reason. */
  made: number;
  pauseMs: number;
  cancel: () => void;
}

/**
 * Looks at the provider for what no webhook tells, or may fail to: how external calls and those that the provider holds
 * go on, a customer's answer or offer that is late, and what a call cost. Nothing is stored: what is to be looked at
 * follows from the calls as they are, so a restart goes on where it was.
 */
export class Watch {
  private readonly deps: WatchDeps;
  private readonly looks = new Map<string, Look>();
  private disposed = false;

  constructor(deps: WatchDeps) {
    this.deps = deps;
  }

  /** A call is as it is now. */
  handleCall(call: Call): void {
    const why = this.waitsFor(call);
    const { providerCallId } = call;
    if (why === undefined || providerCallId === undefined) {
      this.stop(call.id);
      return;
    }
    if (this.looks.get(call.id)?.why === why) return;
    this.stop(call.id);
    const pauses = why === 'bill' ? BILL_AFTER_MS : undefined;
    const longestMs = awaitsPickUp(call) ? FIRST_MS : LONGEST_MS;
    this.begin(call.id, call.accountId, providerCallId, why, { pauses, longestMs });
  }

  /** A customer calls, and the offer has not come. */
  handleAnnounced(accountId: string, providerCallId: string): void {
    const callId = inboundCallId(accountId, providerCallId);
    if (this.looks.has(callId)) return;
    this.begin(callId, accountId, providerCallId, 'offer', { pauses: OFFER_AFTER_MS });
  }

  dispose(): void {
    this.disposed = true;
    for (const { cancel } of this.looks.values()) cancel();
    this.looks.clear();
  }

  private waitsFor(call: Call): string | undefined {
    const { phase } = call;
    const provider = this.deps.provider(call.accountId);
    if (!provider?.reads) return undefined;
    if (!isLive(call)) {
      const priced = provider.capabilities.cost === 'available' && call.billed !== undefined;
      return priced && call.bill === undefined && this.isRecent(phase) ? 'bill' : undefined;
    }
    if (phase.name === 'external') return phase.stage;
    if ('mediaServer' in call) return phase.name;
    // The relay itself awaits what a relayed call needs.
    return 'answered' in phase && !phase.answered ? 'answer' : undefined;
  }

  private isRecent(phase: Call['phase']): boolean {
    return phase.name === 'ended' && this.deps.clock.now() - phase.at < RECENT_MS;
  }

  private begin(
    callId: string,
    accountId: string,
    providerCallId: string,
    why: string,
    {
      pauses,
      longestMs = LONGEST_MS,
    }: { pauses?: readonly number[] | undefined; longestMs?: number },
  ): void {
    const look: Look = { why, made: 0, pauseMs: pauses?.[0] ?? FIRST_MS, cancel: () => undefined };
    const again = () => {
      const { clock } = this.deps;
      look.cancel = clock.at(clock.now() + look.pauseMs, () => void run());
    };
    const run = async () => {
      const worked = await this.read(accountId, providerCallId);
      // Stopped meanwhile, or by what was read.
      if (this.looks.get(callId) !== look) return;
      look.made++;
      const pause = pauses ? pauses[look.made] : nextPause(look.pauseMs, worked, longestMs);
      const done = why === 'offer' && this.deps.known(callId) !== undefined;
      if (pause === undefined || done) this.stop(callId);
      else {
        look.pauseMs = pause;
        again();
      }
    };
    this.looks.set(callId, look);
    again();
  }

  /** @returns whether the provider answered */
  private async read(accountId: string, providerCallId: string): Promise<boolean> {
    const { log } = this.deps;
    const reads = this.deps.provider(accountId)?.reads;
    if (!reads) return false;
    const answer = await reads.call(providerCallId);
    if (!answer.ok) {
      const { code, message } = answer.error;
      log.warn(`poller: ${accountId} could not read ${providerCallId}: ${code}: ${message}`);
      return false;
    }
    if (this.disposed) return true;
    try {
      this.deps.told(accountId, answer.value);
    } catch (error) {
      // The next look brings it again.
      log.error(`watch: what ${accountId} told could not be stored: ${String(error)}`);
    }
    return true;
  }

  private stop(callId: string): void {
    this.looks.get(callId)?.cancel();
    this.looks.delete(callId);
  }
}

/**
 * No webhook reports a call of ours that the relay holds, and a customer who picked up hears nobody until it is read.
 */
function awaitsPickUp(call: Call): boolean {
  const { direction, phase } = call;
  if (direction !== 'outbound' || !('mediaServer' in call) || call.mediaServer !== 'relay')
    return false;
  return phase.name === 'calling' || phase.name === 'customer-ringing';
}

function nextPause(before: number, worked: boolean, longestMs: number): number {
  return worked
    ? Math.min(before * GROWTH, longestMs)
    : Math.min(before * 2, LONGEST_AFTER_FAILURE_MS);
}
