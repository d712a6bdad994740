import { inboundCallId } from '../../../shared/call/ids.ts';
import { asStreamed, isLive, type Call } from '../../../shared/call/model.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { ProviderReport } from '../../../shared/providers/events.ts';
import type { Log } from '../../log.ts';
import type { Provider } from '../ports.ts';

/** Pauses between reads of one call, in ms: a short one first, then longer and longer. */
const FIRST_MS = 2_000;
const GROWTH = 1.5;
const LONGEST_MS = 15_000;
/** After a refusal: too many requests, or a provider that is down. */
const LONGEST_AFTER_FAILURE_MS = 60_000;
/** What a call cost is settled after it. */
const BILL_AFTER_MS = [5_000, 30_000, 120_000, 600_000] as const;
/** The cost of older calls is read by the backfill. */
const RECENT_MS = 600_000;
/** Pilot Status reports a Meta number's call in two ways; the offer may come in the other. */
const OFFER_AFTER_MS = [1_000, 2_000, 4_000, 8_000] as const;

export interface CallPollerPorts {
  provider: (accountId: string) => Provider | undefined;
  known: (callId: string) => Call | undefined;
  /** The reports that were read. */
  handleReports: (accountId: string, events: readonly ProviderReport[]) => void;
  clock: Clock;
  log: Log;
}

/** The next read of one call. `why`: what it waits for; when that changes, polling starts over. */
interface Poll {
  why: string;
  /** Reads made so far for this reason. */
  made: number;
  pauseMs: number;
  cancel: () => void;
}

/**
 * Reads calls at the provider where webhooks say too little or may fail: the progress of external and streamed
 * calls, a late offer or answer, and what a call cost. Nothing is stored: what to poll follows from the calls
 * as they are, also after a restart.
 */
export class CallPoller {
  readonly #ports: CallPollerPorts;
  readonly #polls = new Map<string, Poll>();
  #closed = false;

  constructor(ports: CallPollerPorts) {
    this.#ports = ports;
  }

  /** A call is new or has changed. */
  handleCall(call: Call): void {
    const why = this.#waitsFor(call);
    const { providerCallId } = call;
    if (why === undefined || providerCallId === undefined) {
      this.#stop(call.id);
      return;
    }
    if (this.#polls.get(call.id)?.why === why) return;
    this.#stop(call.id);
    const pauses = why === 'bill' ? BILL_AFTER_MS : undefined;
    const longestMs = awaitsPickUp(call) ? FIRST_MS : LONGEST_MS;
    this.#begin(call.id, call.accountId, providerCallId, why, { pauses, longestMs });
  }

  /** A customer calls, but the offer has not come. */
  handleAnnounced(accountId: string, providerCallId: string): void {
    const callId = inboundCallId(accountId, providerCallId);
    if (this.#polls.has(callId)) return;
    this.#begin(callId, accountId, providerCallId, 'offer', { pauses: OFFER_AFTER_MS });
  }

  close(): void {
    this.#closed = true;
    for (const { cancel } of this.#polls.values()) cancel();
    this.#polls.clear();
  }

  #waitsFor(call: Call): string | undefined {
    const { phase } = call;
    const provider = this.#ports.provider(call.accountId);
    if (!provider?.reads) return undefined;
    if (!isLive(call)) {
      const priced = provider.capabilities.cost === 'available' && call.billed !== undefined;
      return priced && call.bill === undefined && this.#isRecent(phase) ? 'bill' : undefined;
    }
    if (phase.name === 'external') return phase.stage;
    if (asStreamed(call)) return phase.name;
    // For a relayed call the relay waits for the answer.
    return 'answered' in phase && !phase.answered ? 'answer' : undefined;
  }

  #isRecent(phase: Call['phase']): boolean {
    return phase.name === 'ended' && this.#ports.clock.now() - phase.at < RECENT_MS;
  }

  #begin(
    callId: string,
    accountId: string,
    providerCallId: string,
    why: string,
    {
      pauses,
      longestMs = LONGEST_MS,
    }: { pauses?: readonly number[] | undefined; longestMs?: number },
  ): void {
    const poll: Poll = { why, made: 0, pauseMs: pauses?.[0] ?? FIRST_MS, cancel: () => undefined };
    const again = () => {
      const { clock } = this.#ports;
      poll.cancel = clock.at(clock.now() + poll.pauseMs, () => void run());
    };
    const run = async () => {
      const worked = await this.#read(accountId, providerCallId);
      // Stopped meanwhile, or by what was read.
      if (this.#polls.get(callId) !== poll) return;
      poll.made++;
      const pause = pauses ? pauses[poll.made] : nextPause(poll.pauseMs, worked, longestMs);
      const done = why === 'offer' && this.#ports.known(callId) !== undefined;
      if (pause === undefined || done) this.#stop(callId);
      else {
        poll.pauseMs = pause;
        again();
      }
    };
    this.#polls.set(callId, poll);
    again();
  }

  /** @returns whether the provider answered */
  async #read(accountId: string, providerCallId: string): Promise<boolean> {
    const { log } = this.#ports;
    const reads = this.#ports.provider(accountId)?.reads;
    if (!reads) return false;
    const answer = await reads.call(providerCallId);
    if (!answer.ok) {
      const { code, message } = answer.error;
      log.warn(`poller: ${accountId} could not read ${providerCallId}: ${code}: ${message}`);
      return false;
    }
    if (this.#closed) return true;
    try {
      this.#ports.handleReports(accountId, answer.value);
    } catch (error) {
      // The next read brings them again.
      log.error(`poller: reports of ${accountId} could not be stored: ${String(error)}`);
    }
    return true;
  }

  #stop(callId: string): void {
    this.#polls.get(callId)?.cancel();
    this.#polls.delete(callId);
  }
}

/** No webhook reports our calls that the relay streams, and a customer who picked up hears nobody until it is read. */
function awaitsPickUp(call: Call): boolean {
  const { direction, phase } = call;
  if (direction !== 'outbound' || asStreamed(call)?.mediaServer !== 'relay') return false;
  return phase.name === 'calling' || phase.name === 'customer-ringing';
}

function nextPause(before: number, worked: boolean, longestMs: number): number {
  return worked
    ? Math.min(before * GROWTH, longestMs)
    : Math.min(before * 2, LONGEST_AFTER_FAILURE_MS);
}
