import { setImmediate as nextTurn } from 'node:timers/promises';
import { timing } from '../../shared/call/timing.ts';
import { readPriceList } from '../../shared/insight/price-list.ts';
import { tallyOf } from '../../shared/insight/tally.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { TeamCall } from '../../shared/protocol/team.ts';
import type { Access } from '../access/access.ts';
import {
  refused,
  type BoardFrame,
  type InsightFrame,
  type Outcome,
  type TeamCallsFrame,
} from '../outcome.ts';
import type { Member } from '../store/agent-store.ts';
import type { Store } from '../store/store.ts';
import { CallFacts, type CallFact } from './call-facts.ts';
import { countedCall } from './counted-calls.ts';
import { figuresOf } from './figures.ts';

/** Entries read at once. */
const PAGE = 500;
/** A call whose end nobody reported counts as over after this, in ms. */
const LONGEST_CALL_MS = 6 * 3_600_000;
/** Calls counted before others have their turn. */
const CALLS_PER_TURN = 100;
/** Calls in one answer, far below the size of a frame. */
const CALLS_PER_PAGE = 50;

interface Ports {
  members: () => readonly Pick<Member, 'id' | 'team' | 'workspace'>[];
  store: Store;
  clock: Clock;
  access: Access;
  /** How far back the log goes, in ms. */
  keptMs: number;
  /** Whether a number's provider charges nothing for calls. */
  isFree: (accountId: string) => boolean;
}

/**
 * What supervisors are told about their workspace's calls: who waits and talks now, what became of the calls of today
 * and of all that the log still has. It follows from the log, so a restart changes nothing, and every node says the same.
 */
export class TeamReports {
  readonly #ports: Ports;
  readonly #facts = new CallFacts();
  /** The last entry taken; undefined before the first question. */
  #cursor: number | undefined;
  #epoch: string | undefined;
  #reading: Promise<void> | undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Who waits and talks, and the figures of a day. Refused with `unauthorized`, and with `role`. */
  async board(member: Member | undefined, { dayMs }: BoardFrame): Promise<Outcome> {
    const denial = this.#denial(member);
    if (denial || !member) return denial ?? refused('unauthorized');
    await this.#read();
    const now = this.#ports.clock.now();
    const own = [...this.#facts.all()].filter((call) => this.#sees(member, call));
    const open = own.filter(
      ({ endedAt, begunAt }) => endedAt === undefined && now - begunAt < LONGEST_CALL_MS,
    );
    const about = ({ key, accountId, party }: CallFact) => ({ callId: key, accountId, party });
    return {
      kind: 'board',
      waiting: open.flatMap((call) => {
        const since = waitingSince(call, now);
        return since === undefined ? [] : [{ ...about(call), forMs: Math.max(0, now - since) }];
      }),
      live: open.flatMap((call) => {
        const last = call.parts.at(-1);
        // Consoles are shown the calls that the relay carries as they are.
        if (call.isRelayed || !last || last.to !== undefined) return [];
        return [{ ...about(call), agent: last.agent, forMs: Math.max(0, now - last.from) }];
      }),
      ...figuresOf(
        own.filter(({ begunAt }) => begunAt >= now - dayMs),
        now,
      ),
    };
  }

  /** The team's calls, newest first. Refused with `unauthorized`, and with `role`. */
  async calls(member: Member | undefined, { agentId, before }: TeamCallsFrame): Promise<Outcome> {
    const denial = this.#denial(member);
    if (denial || !member) return denial ?? refused('unauthorized');
    await this.#read();
    const found = [...this.#facts.all()]
      .filter(
        (call) =>
          (before === undefined || call.number < before) &&
          this.#sees(member, call) &&
          (agentId === undefined || isOf(call, agentId)),
      )
      .toReversed();
    const page = found.slice(0, CALLS_PER_PAGE);
    const more = found.length > page.length ? page.at(-1)?.number : undefined;
    const now = this.#ports.clock.now();
    return {
      kind: 'team-calls',
      calls: page.map((call) => teamCall(call, now)),
      ...(more !== undefined && { before: more }),
    };
  }

  /** What the team's calls of a range add up to. Refused with `unauthorized`, and with `role`. */
  async insight(
    member: Member | undefined,
    { part, range, prices }: InsightFrame,
  ): Promise<Outcome> {
    const denial = this.#denial(member);
    if (denial || !member) return denial ?? refused('unauthorized');
    await this.#read();
    const now = this.#ports.clock.now();
    const teams = new Map(
      this.#ports
        .members()
        .filter(({ workspace }) => workspace === member.workspace)
        .map(({ id, team }) => [id, team]),
    );
    const tally = tallyOf(part, range, {
      teamOf: (agent) => teams.get(agent),
      // Their ids.
      nameOf: (agent) => agent,
      isFree: this.#ports.isFree,
      priceList: part.view === 'cost' ? prices && readPriceList(prices) : undefined,
    });
    const own = [...this.#facts.all()].filter((call) => this.#sees(member, call));
    for (const [n, call] of own.entries()) {
      // Calls and webhooks do not wait for a supervisor's figures.
      if (n % CALLS_PER_TURN === 0) await nextTurn();
      tally.add(countedCall(call, now));
    }
    return { kind: 'insight', figures: tally.result(), knownForMs: now - this.#completeFrom(now) };
  }

  /** Since when all calls are known, Unix ms. */
  #completeFrom(now: number): number {
    return Math.min(now, Math.max(now - this.#ports.keptMs, this.#facts.completeFrom ?? 0));
  }

  #denial(member: Member | undefined): Outcome | undefined {
    if (!member) return refused('unauthorized');
    const { access } = this.#ports;
    const may = access.numbersOf(member).some((number) => access.maySupervise(member, number));
    return may ? undefined : refused('role');
  }

  #sees(member: Member, { accountId }: CallFact): boolean {
    return this.#ports.access.maySupervise(member, accountId);
  }

  /** Takes what is new in the log; all who ask meanwhile wait for the same reading. */
  #read(): Promise<void> {
    this.#reading ??= this.#readOn().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    const { store, clock, keptMs } = this.#ports;
    const oldest = clock.now() - keptMs;
    const epoch = await store.epoch();
    if (this.#cursor === undefined || epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#cursor = await this.#firstSince(oldest);
      this.#facts.forget(Infinity);
    }
    for (;;) {
      const page = await store.entriesAfter(this.#cursor, PAGE);
      for (const { cursor, at, body } of page) {
        this.#facts.take(body, at);
        this.#cursor = cursor;
      }
      if (page.length < PAGE) break;
      // Calls and webhooks do not wait for a supervisor's first look.
      await nextTurn();
    }
    this.#facts.forget(oldest);
  }

  /** The cursor before the first entry that was stored at or after a time. */
  async #firstSince(time: number): Promise<number> {
    const { head, prunedTo } = await this.#ports.store.extent();
    let [low, high] = [prunedTo, head];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const [entry] = await this.#ports.store.entriesAfter(middle, 1);
      // One that cannot be read has no time.
      if (entry && entry.at > 0 && entry.at < time) low = entry.cursor;
      else high = middle;
    }
    return low;
  }
}

/** Since when a customer waits: their call rings, or its agent is gone and nobody else has come. */
function waitingSince({ direction, parts, begunAt }: CallFact, now: number): number | undefined {
  const last = parts.at(-1);
  if (last) return last.to;
  return direction === 'inbound' && now - begunAt < timing.ring ? begunAt : undefined;
}

function isOf({ parts, placedBy }: CallFact, agentId: string): boolean {
  return placedBy?.id === agentId || parts.some(({ agent }) => agent.id === agentId);
}

function teamCall(call: CallFact, now: number): TeamCall {
  const { key, accountId, party, direction, begunAt, endedAt, parts, placedBy } = call;
  const [first] = parts;
  return {
    callId: key,
    accountId,
    party,
    direction,
    agoMs: Math.max(0, now - begunAt),
    isOver: endedAt !== undefined || now - begunAt >= LONGEST_CALL_MS,
    ...(placedBy && { placedBy }),
    ...(first && direction === 'inbound' && { answerSeconds: seconds(first.from - begunAt) }),
    parts: parts.map(({ agent, from, to = endedAt ?? now }) => ({
      agent,
      talkSeconds: seconds(to - from),
    })),
  };
}

const seconds = (ms: number): number => Math.max(0, Math.round(ms / 1000));
