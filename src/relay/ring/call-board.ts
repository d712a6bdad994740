import type { Clock } from '../../shared/lib/clock.ts';
import type { Access } from '../access/access.ts';
import type { Policy } from '../config/media.ts';
import type { ShownCall } from '../connections/agent-connection.ts';
import { SharedFrame } from '../connections/shared-frame.ts';
import { reasonOf, type Log } from '../log.ts';
import type { BridgeReport } from '../media/call-bridge.ts';
import type { RelayedCall } from '../relayed-calls/call.ts';
import type { RelayedCalls } from '../relayed-calls/calls.ts';
import { callFrame, concerns } from '../relayed-calls/frames.ts';
import type { RelayedCallRecord } from '../store/relayed-call-record.ts';
import type { Member } from '../store/agent-store.ts';
import { ownerOf } from '../relayed-calls/state-machine/state.ts';

/** Interval between two readings of the media statistics of calls in progress, in ms. */
const STATS_MS = 1_000;

interface CallBoardPorts {
  clock: Clock;
  log: Log;
  access: Access;
  /** For an account's calls. */
  policyOf: (accountId: string) => Policy;
  /** The media statistics of a call; undefined when it has no media. */
  report: (callId: string) => Promise<BridgeReport | undefined>;
  relayedCalls: RelayedCalls | undefined;
  /** There are new statistics. */
  handleStats: () => void;
}

/** One relayed call as sent to consoles. */
interface Shown {
  record: RelayedCallRecord;
  full: ShownCall;
  /** Without supervisors who only listen or whisper, for those from whom they are hidden. */
  plain: ShownCall;
  /** Without statistics, which change every second, for supervisors who are not in the call. */
  quiet: ShownCall;
}

/** The relayed calls in progress, with their media's statistics. */
export class CallBoard {
  readonly #ports: CallBoardPorts;
  readonly #reports = new Map<string, BridgeReport>();
  #cancelStats: (() => void) | undefined;
  #closed = false;

  constructor(ports: CallBoardPorts) {
    this.#ports = ports;
  }

  /** The calls as they are now. */
  shown(): readonly Shown[] {
    const { relayedCalls } = this.#ports;
    const here = (relayedCalls?.all() ?? []).map(({ record, state, legs }) => {
      const report = this.#reports.get(record.callId);
      const owner = ownerOf(state);
      return shown(record, report && { report, agentLeg: owner && legs.get(owner.id)?.id });
    });
    // What was read of a call before this node took it over is out of date.
    const ids = new Set(here.map(({ record }) => record.callId));
    const there = relayedCalls?.elsewhere.records.filter(({ callId }) => !ids.has(callId)) ?? [];
    // Only the node that has a call's media knows their state.
    return here.concat(there.map((record) => shown(record)));
  }

  /** The calls that concern an agent, as they may see them. */
  shownTo(me: Member, calls: readonly Shown[]): readonly ShownCall[] {
    const { access, policyOf } = this.#ports;
    return calls.flatMap(({ record, full, plain, quiet }) => {
      const { accountId, state } = full.call;
      if (!access.hears(me, accountId)) return [];
      if (state !== 'ended' && !concerns(record, me, access)) return [];
      if (access.maySupervise(me, accountId)) return [isIn(full, me) ? full : quiet];
      return [policyOf(accountId).hideSupervision ? plain : full];
    });
  }

  /** Schedules the next reading of statistics if a call is in progress. */
  armStats(): void {
    const { clock, log, relayedCalls, handleStats } = this.#ports;
    const live =
      relayedCalls?.all().filter(({ record, isOver }) => record.startedAt && !isOver) ?? [];
    if (live.length === 0 || this.#cancelStats || this.#closed) return;
    this.#cancelStats = clock.at(clock.now() + STATS_MS, () => {
      this.#cancelStats = undefined;
      this.#readStats(live).then(handleStats, (error: unknown) =>
        log.error('stats.failed', { why: reasonOf(error) }),
      );
    });
  }

  async #readStats(calls: readonly RelayedCall[]): Promise<void> {
    this.#reports.clear();
    for (const { record } of calls) {
      const report = await this.#ports.report(record.callId);
      if (report) this.#reports.set(record.callId, report);
    }
  }

  close(): void {
    this.#closed = true;
    this.#cancelStats?.();
  }
}

function shown(record: RelayedCallRecord, stats?: Parameters<typeof callFrame>[1]): Shown {
  const frame = callFrame(record, stats);
  const full = shownCall(frame);
  // Whoever speaks to the customer is heard, and so seen.
  const supervisors = frame.supervisors.filter(({ mode }) => mode === 'barge');
  const hides = supervisors.length < frame.supervisors.length;
  const hasStats = Object.keys(frame.legs).length > 0;
  return {
    record,
    full,
    plain: hides ? shownCall({ ...frame, supervisors }) : full,
    quiet: hasStats ? shownCall({ ...frame, legs: {} }) : full,
  };
}

/** Whether an agent has a call, is offered it, or listens to it. */
function isIn({ call }: ShownCall, { id }: Member): boolean {
  const { owner, callOffer, consulting, supervisors } = call;
  const others = [...(callOffer?.to ?? []), ...supervisors.map(({ agent }) => agent)];
  return [owner, consulting, ...others].some((agent) => agent?.id === id);
}

function shownCall(call: ReturnType<typeof callFrame>): ShownCall {
  return { call, text: JSON.stringify(call), frame: new SharedFrame({ type: 'call', call }) };
}
