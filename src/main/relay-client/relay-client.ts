import { type RelayFacts, webhookFacts } from '../../shared/checks/facts.ts';
import type { EchoAnswer } from '../../shared/ipc/ready.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { AdminRequest } from '../../shared/protocol/agent-admin.ts';
import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import { notedToLocalTime, waitingToLocalTime } from '../../shared/protocol/clock-skew.ts';
import type { Erasure } from '../../shared/protocol/erasure.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { NotedEntry } from '../../shared/protocol/log-entry.ts';
import type {
  InsightPart,
  InsightRange,
  WrittenPriceList,
} from '../../shared/protocol/insight-question.ts';
import type { LegalHold } from '../../shared/protocol/legal-hold.ts';
import type { PeopleEntry, WrittenPeople } from '../../shared/protocol/people.ts';
import type { RingerProblem } from '../../shared/protocol/ringer.ts';
import type { Todo } from '../../shared/protocol/todo.ts';
import type { WrapUpForm } from '../../shared/protocol/wrap-up.ts';
import type { MediaPath } from '../../shared/providers/media-path.ts';
import type { RecordingPolicy } from '../../shared/recording/policy.ts';
import type { Verdict } from '../calls/ports.ts';
import type { RelayStreams } from '../calls/streams/pcm-stream-manager.ts';
import type { Welcome } from './events.ts';
import { RelaySession, type RelaySessionOptions } from './relay-session.ts';
import {
  createRelayedApi,
  createRelayStreams,
  LEG_WITHIN_MS,
  type Outcome,
  unknownRequest,
} from './requests.ts';

type TodoQuestion = Omit<Extract<FromConsole, { type: 'todo' }>, 'type' | 'id'>;

/** The relay may first have to read a week's log. In ms. */
const REPORT_WITHIN_MS = 20_000;
/** The relay may first have to compare its clock. In ms. */
const CHECKS_WITHIN_MS = 10_000;
/** Many agents may be added at once. In ms. */
const ADMIN_WITHIN_MS = 20_000;

/** The console's side of the relay: its session, what it said of this agent, and all else that the console asks and tells it. */
export class RelayClient extends RelaySession {
  readonly #clock: Clock;
  /** Requests about relayed calls. */
  readonly relayedApi = createRelayedApi({
    request: (frame, withinMs) => this.request(frame, withinMs),
    decide: (frame, withinMs) => this.decide(frame, withinMs),
  });
  /** Calls whose audio a provider streams to the relay. */
  readonly streams: RelayStreams;

  constructor(options: RelaySessionOptions) {
    super(options);
    this.#clock = options.clock;
    this.streams = createRelayStreams(options.url, { request: (frame) => this.request(frame) });
  }

  /** This agent as the relay named it in its last welcome. */
  get agent(): Agent | undefined {
    return this.welcome?.agent;
  }

  /**
   * The path of a number's calls, as the relay last reported it; undefined for a number that is not
   * this agent's.
   */
  pathOf(accountId: string): MediaPath | undefined {
    return this.welcome?.rights.numbers.find(({ id }) => id === accountId)?.path;
  }

  /** How a number's calls are recorded, if the relay says so. */
  recordingOf(accountId: string): RecordingPolicy | undefined {
    return this.welcome?.rights.numbers.find(({ id }) => id === accountId)?.recording;
  }

  /** The hash of what customers of a number hear before a recording, where it is not ours. */
  announcementOf(accountId: string): string | undefined {
    return this.welcome?.rights.numbers.find(({ id }) => id === accountId)?.announcement;
  }

  /** Whether a number is this agent's; true until the relay has said which are. */
  mayUse(accountId: string): boolean {
    return !this.welcome || this.pathOf(accountId) !== undefined;
  }

  /** This agent's numbers, as the relay last reported them. */
  get numbers(): readonly string[] {
    return this.welcome?.rights.numbers.map(({ id }) => id) ?? [];
  }

  /** What agents choose from after a call; undefined if their admin never set it. */
  get wrapUpForm(): WrapUpForm | undefined {
    return this.welcome?.rights.wrapUpForm;
  }

  /** For the media of relayed calls; their credentials are as fresh as the last welcome. */
  get iceServers(): Welcome['iceServers'] {
    return this.welcome?.iceServers ?? [];
  }

  /** How long the relay keeps a relayed call for an agent who is cut off, in ms. */
  get rejoinGraceMs(): number | undefined {
    return this.welcome?.rejoinGraceMs;
  }

  /** Names the relay's log, as of the last welcome. */
  get epoch(): string | undefined {
    return this.welcome?.epoch;
  }

  /**
   * Sends the other consoles what we wrote to a customer.
   *
   * @returns whether it is in the relay's log
   */
  async sent(what: Omit<Extract<FromConsole, { type: 'sent' }>, 'type' | 'id'>): Promise<boolean> {
    return (await this.request((id) => ({ type: 'sent', id, ...what }))).kind === 'granted';
  }

  /**
   * Shares a note about a call with the other consoles.
   *
   * @returns whether the relay has decided on it; if not, it is worth another try
   */
  async noted(
    what: Omit<Extract<FromConsole, { type: 'noted' }>, 'type' | 'id'>,
  ): Promise<boolean> {
    const { callbackAt } = what;
    // By the relay's clock, like all times in its log.
    const time = callbackAt === undefined ? undefined : Math.max(0, callbackAt - this.skew);
    const noted = { ...what, callbackAt: time };
    return (await this.request((id) => ({ type: 'noted', id, ...noted }))).kind !== 'unreachable';
  }

  /**
   * Shares what the agent wrote down about customers with the other consoles.
   *
   * @returns whether the relay has decided on it; if not, it is worth another try
   */
  async people({
    people,
    merges,
    ...what
  }: { accountId: string } & WrittenPeople): Promise<boolean> {
    const isDecided = ({ kind }: Outcome) => kind !== 'unreachable';
    if (this.knows('people')) {
      // By the relay's clock, like all times in its log.
      const times = <T extends { at: number }>(all: readonly T[]) =>
        all.map((one) => ({ ...one, at: Math.max(0, one.at - this.skew) }));
      const frame = {
        type: 'people' as const,
        ...what,
        people: times(people),
        merges: times(merges),
      };
      return isDecided(await this.request((id) => ({ ...frame, id })));
    }
    // The release before knows no merges; they wait for its successor.
    if (merges.length > 0) return false;
    for (const { party, fields } of people) {
      const frame = { type: 'described' as const, ...what, party, fields };
      if (!isDecided(await this.request((id) => ({ ...frame, id })))) return false;
    }
    return true;
  }

  /**
   * What agents wrote down about customers, as it counts now, page by page.
   *
   * @param after `next` of the last answer
   * @returns undefined if the relay could not be reached, or has no more than its log
   */
  async knownPeople(
    after: number | undefined,
  ): Promise<{ entries: readonly PeopleEntry[]; next?: number | undefined } | undefined> {
    const outcome = await this.request((id) => ({ type: 'known-people', id, after }));
    if (outcome.kind !== 'people') return undefined;
    const entries = outcome.entries.map((entry) => ({ ...entry, at: entry.at + this.skew }));
    return { entries, next: outcome.next };
  }

  /**
   * What agents wrote down before this console followed the log, newest first.
   *
   * @param before of the last answer
   * @returns undefined if the relay could not be reached
   */
  async earlierNotes(
    before: number | undefined,
  ): Promise<{ notes: readonly NotedEntry[]; before?: number | undefined } | undefined> {
    const outcome = await this.request((id) => ({ type: 'notes', id, before }));
    if (outcome.kind !== 'notes') return undefined;
    const notes = outcome.notes.map((body) => notedToLocalTime(body, this.skew));
    return { notes, before: outcome.before };
  }

  /**
   * Tells the team's supervisors of a call that this console placed itself.
   *
   * @returns whether the relay has decided on it; if not, it is worth another try
   */
  async placed(
    what: Omit<Extract<FromConsole, { type: 'placed' }>, 'type' | 'id'>,
  ): Promise<boolean> {
    return (await this.request((id) => ({ type: 'placed', id, ...what }))).kind !== 'unreachable';
  }

  /**
   * Tells what was measured of a call, for the team's figures.
   *
   * @returns whether the relay has decided on it; if not, it is worth another try
   */
  async measured(
    what: Omit<Extract<FromConsole, { type: 'measured' }>, 'type' | 'id'>,
  ): Promise<boolean> {
    return (await this.request((id) => ({ type: 'measured', id, ...what }))).kind !== 'unreachable';
  }

  /** Sends a message to a teammate or a team. */
  tell(what: Omit<Extract<FromConsole, { type: 'tell' }>, 'type' | 'id'>): Promise<Verdict> {
    return this.decide((id) => ({ type: 'tell', id, ...what }));
  }

  /** Tells teammates that their messages were read. */
  toldRead(
    what: Omit<Extract<FromConsole, { type: 'told-read' }>, 'type' | 'id'>,
  ): Promise<Verdict> {
    return this.decide((id) => ({ type: 'told-read', id, ...what }));
  }

  /** For supervisors: who waits and talks now, and the figures since then. */
  board(dayMs: number): Promise<Outcome> {
    return this.request((id) => ({ type: 'board', id, dayMs }), REPORT_WITHIN_MS);
  }

  /** For supervisors: the team's calls, newest first. */
  teamCalls(
    question: Omit<Extract<FromConsole, { type: 'team-calls' }>, 'type' | 'id'>,
  ): Promise<Outcome> {
    return this.request((id) => ({ type: 'team-calls', id, ...question }), REPORT_WITHIN_MS);
  }

  /** For supervisors: what the team's calls of a range add up to. */
  async insight(
    part: InsightPart,
    { from, to, ...range }: InsightRange,
    prices?: WrittenPriceList,
  ): Promise<Outcome | 'older'> {
    if (this.isConnected && !this.knows('insight')) return 'older';
    // By the relay's clock, like all times in its log.
    const byRelay = (at: number) => Math.max(0, Math.round(at - this.skew));
    const asked = { ...range, from: byRelay(from), to: byRelay(to) };
    return this.request(
      (id) => ({ type: 'insight', id, part, range: asked, prices }),
      REPORT_WITHIN_MS,
    );
  }

  /** Asks to do something with a customer who waits. */
  todo({ accountId, customer, action }: TodoQuestion): Promise<Outcome> {
    // By the relay's clock, like all times in its log.
    const asked =
      action.kind === 'snooze'
        ? { ...action, until: Math.max(0, action.until - this.skew) }
        : action;
    return this.request((id) => ({ type: 'todo', id, accountId, customer, action: asked }));
  }

  /** The customers who wait, page by page. @param after the last one of the page before */
  async todos(after: Todo | undefined): Promise<Outcome> {
    const from = after && { accountId: after.accountId, customer: after.customer };
    const outcome = await this.request((id) => ({ type: 'todos', id, after: from }));
    if (outcome.kind !== 'todos') return outcome;
    const items = outcome.items.map((item) => waitingToLocalTime(item, this.skew));
    return { ...outcome, items };
  }

  /** Whether this console can ring: the answer to a probe, or news of itself. */
  reportRinger(problem: RingerProblem | undefined, probe?: number): void {
    if (!this.knows('ringer')) return;
    this.send({
      type: 'ringer',
      ...(probe !== undefined && { probe }),
      ...(problem !== undefined && { problem }),
    });
  }

  /** What the relay knows of itself and of webhooks; undefined without an answer. */
  async checks(): Promise<RelayFacts | 'older' | undefined> {
    if (!this.isConnected) return undefined;
    if (!this.knows('checks')) return 'older';
    const outcome = await this.request((id) => ({ type: 'checks', id }), CHECKS_WITHIN_MS);
    if (outcome.kind !== 'checks') return undefined;
    const now = this.#clock.now();
    const numbers = outcome.numbers.map((number) => webhookFacts(number, now));
    return { clockAheadMs: outcome.clockAheadMs, numbers };
  }

  /** Calls the relay, to be sent back what the softphone says. */
  async echo(sdp: string): Promise<EchoAnswer> {
    const outcome = await this.request((id) => ({ type: 'echo', id, sdp }), LEG_WITHIN_MS);
    if (outcome.kind === 'leg') return { sdp: outcome.sdp };
    const why = outcome.kind === 'refused' ? outcome.why : undefined;
    if (why === 'no-media') return { end: 'no-media' };
    return { end: why === 'too-many' ? 'busy' : 'unanswered' };
  }

  /** Who was erased after a time of this console's clock, Unix ms; none if the relay could not be reached. */
  async erasures(after: number): Promise<readonly Erasure[]> {
    if (!this.knows('erasures')) return [];
    const from = Math.max(0, after - this.skew);
    const outcome = await this.request((id) => ({ type: 'erasures', id, after: from }));
    if (outcome.kind !== 'erasures') return [];
    return outcome.items.map((item) => ({ ...item, at: item.at + this.skew }));
  }

  /** The last word about each call on legal hold, or not any more; none if the relay could not be reached. */
  async legalHolds(): Promise<readonly LegalHold[]> {
    if (!this.knows('legal-holds')) return [];
    const outcome = await this.request((id) => ({ type: 'legal-holds', id }));
    return outcome.kind === 'legal-holds' ? outcome.items : [];
  }

  /** Puts a call on legal hold, or lifts it. */
  legalHold(hold: Pick<LegalHold, 'accountId' | 'call' | 'on' | 'recordings'>): Promise<Verdict> {
    // One of the release before keeps no recordings.
    const isOlder = this.welcome && !this.knows('legal-hold');
    if (isOlder) return Promise.resolve({ kind: 'granted' });
    return this.decide((id) => ({ type: 'legal-hold', id, ...hold }));
  }

  /** What an admin asks about their workspace. */
  administer(request: AdminRequest): Promise<Outcome> {
    // A relay of the release before has no invitations.
    if ((request.do === 'invite' || request.do === 'erase') && this.version < 11)
      return Promise.resolve(unknownRequest);
    return this.request((id) => ({ type: 'admin', id, request }), ADMIN_WITHIN_MS);
  }
}
