import type {
  InsightPart,
  InsightRange,
  WrittenPriceList,
} from '../../shared/protocol/insight-question.ts';
import { EventEmitter } from 'node:events';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { PendingRequests } from '../../shared/lib/pending-requests.ts';
import type { AdminRequest } from '../../shared/protocol/agent-admin.ts';
import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import {
  frameToLocalTime,
  notedToLocalTime,
  skewOf,
  waitingToLocalTime,
} from '../../shared/protocol/clock-skew.ts';
import type { Connection } from '../../shared/protocol/connection.ts';
import type {
  Agent,
  FromRelayFrame,
  NotedEntry,
  NumberWebhooks,
} from '../../shared/protocol/frames.ts';
import type { Erasure } from '../../shared/protocol/erasure.ts';
import { knows } from '../../shared/protocol/older.ts';
import type { RingerProblem } from '../../shared/protocol/ringer.ts';
import type { EchoAnswer } from '../../shared/ipc/ready.ts';
import type { RelayFacts, WebhookFacts } from '../../shared/checks/facts.ts';
import type { PeopleEntry, WrittenPeople } from '../../shared/protocol/people.ts';
import type { Todo } from '../../shared/protocol/todo.ts';
import { OLDEST_VERSION, PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';
import type { WrapUpForm } from '../../shared/protocol/wrap-up.ts';
import type { MediaPath } from '../../shared/providers/media-path.ts';
import type { RecordingPolicy } from '../../shared/recording/policy.ts';
import type { ClaimApi, Verdict } from '../calls/ports.ts';
import type { RelayStreams } from '../calls/streams/pcm-stream-manager.ts';
import type { CursorStore } from '../db/relay-cursor.ts';
import type { Log } from '../log.ts';
import type { WebSocketClass } from '../network/transport.ts';
import { RelayConnection } from './connection.ts';
import type { EntryFrame, Presence, RelayClientEvents, Welcome } from './events.ts';
import { Link, type LinkOptions } from './link.ts';
import { Acks, Replay } from './replay.ts';
import {
  createRelayedApi,
  LEG_WITHIN_MS,
  createRelayStreams,
  unknownRequest,
  unreachable,
  type Outcome,
} from './requests.ts';

type TodoQuestion = Omit<Extract<FromConsole, { type: 'todo' }>, 'type' | 'id'>;

export interface RelayClientOptions {
  /** The whole endpoint, e.g. `wss://relay.example/v1/agents`. */
  url: string;
  /** This agent's token, sent as `Authorization: Bearer` with the upgrade. */
  token: string;
  WebSocket: WebSocketClass;
  clock: Clock;
  /** 0 ≤ random < 1. */
  random: () => number;
  cursorStore: CursorStore;
  log: Log;
  /** This console's release, for the relay's log. */
  release?: string;
}

/** The usual time limit of a request, in ms: a customer waits meanwhile. */
const ANSWER_WITHIN_MS = 2_000;

/** The relay may first have to read a week's log. In ms. */
const REPORT_WITHIN_MS = 20_000;
/** The relay may first have to compare its clock. In ms. */
const CHECKS_WITHIN_MS = 10_000;
/** Clocks that differ by less are both right to the day, in ms. */
const CLOCKS_AGREE_MS = 12 * 3_600_000;
/** Many agents may be added at once. In ms. */
const ADMIN_WITHIN_MS = 20_000;
/** Later than this after a call, nobody wraps it up any more. */
const WRAP_UP_WITHIN_MS = 60_000;

/**
 * The console's side of the relay: hands on the log without a gap, and asks who may take a call.
 */
export class RelayClient extends EventEmitter<RelayClientEvents> implements ClaimApi {
  readonly #options: RelayClientOptions;
  readonly #connection: RelayConnection;
  readonly #requests: PendingRequests<Outcome>;
  readonly #acks: Acks;
  #presence: Presence = 'available';
  /** The presence changed while there was no connection. */
  #isPresenceUnsent = false;
  /** When a call ended of whose wrap-up the relay has not heard, Unix ms. */
  #talkedUntil: number | undefined;
  #replay: Replay | undefined;
  #cursor = 0;
  /** This machine's clock minus the relay's, ms. */
  #skew = 0;
  /** When that was found; a wall clock that is set later shows beside the other one. */
  #skewedAt = { wall: 0, monotonic: 0 };
  #welcome: Welcome | undefined;
  /** Requests about relayed calls. */
  readonly relayedApi = createRelayedApi({
    request: (frame, withinMs) => this.#request(frame, withinMs),
    decide: (frame, withinMs) => this.#decide(frame, withinMs),
  });
  /** Calls whose audio a provider streams to the relay. */
  readonly streams: RelayStreams;

  constructor(options: RelayClientOptions) {
    super();
    this.#options = options;
    const { url, clock, random, log } = options;
    this.streams = createRelayStreams(url, { request: (frame) => this.#request(frame) });
    this.#requests = new PendingRequests(clock);
    this.#acks = new Acks(clock, () =>
      this.#connection.link?.send({ type: 'ack', cursor: this.#cursor }),
    );
    this.#connection = new RelayConnection({
      clock,
      random,
      log,
      openLink: (handlers) => this.#openLink(handlers),
      onOpen: (link) => this.#sayHello(link),
      onDrop: () => {
        this.#replay = undefined;
        this.#acks.cancel();
        this.#requests.settleAll(() => unreachable);
      },
      onChange: (state) => void this.emit('connection', state),
    });
  }

  get connection(): Connection {
    return this.#connection.state;
  }

  /** This agent as the relay named it in its last welcome. */
  get agent(): Agent | undefined {
    return this.#welcome?.agent;
  }

  /**
   * The path of a number's calls, as the relay last reported it; undefined for a number that is not
   * this agent's.
   */
  pathOf(accountId: string): MediaPath | undefined {
    return this.#welcome?.rights.numbers.find(({ id }) => id === accountId)?.path;
  }

  /** How a number's calls are recorded, if the relay says so. */
  recordingOf(accountId: string): RecordingPolicy | undefined {
    return this.#welcome?.rights.numbers.find(({ id }) => id === accountId)?.recording;
  }

  /** Whether a number is this agent's; true until the relay has said which are. */
  mayUse(accountId: string): boolean {
    return !this.#welcome || this.pathOf(accountId) !== undefined;
  }

  /** This agent's numbers, as the relay last reported them. */
  get numbers(): readonly string[] {
    return this.#welcome?.rights.numbers.map(({ id }) => id) ?? [];
  }

  /** What agents choose from after a call; undefined if their admin never set it. */
  get wrapUpForm(): WrapUpForm | undefined {
    return this.#welcome?.rights.wrapUpForm;
  }

  /** The version that this console and the relay speak; the oldest until they have agreed. */
  get version(): number {
    return this.#welcome?.version ?? OLDEST_VERSION;
  }

  /** For the media of relayed calls; their credentials are as fresh as the last welcome. */
  get iceServers(): Welcome['iceServers'] {
    return this.#welcome?.iceServers ?? [];
  }

  /** How long the relay keeps a relayed call for an agent who is cut off, in ms. */
  get rejoinGraceMs(): number | undefined {
    return this.#welcome?.rejoinGraceMs;
  }

  /** Connects. Add the listeners first. */
  start(): void {
    this.#connection.start();
  }

  /** Disconnects for good. */
  close(): void {
    this.#connection.close();
  }

  /** The agent wants to be connected now, even after a refusal. */
  tryNow(): void {
    this.#connection.tryNow();
  }

  /** Reconnects after what breaks sockets silently; `why` is for the log. */
  replaceSocket(why: string): void {
    this.#connection.replaceSocket(why);
  }

  /** Whether the machine has any network. */
  setOnline(online: boolean): void {
    this.#connection.setOnline(online);
  }

  /**
   * Only `available` consoles are counted among those that can take a call.
   *
   * @param again even if unchanged: it ends what the relay made of us, such as wrap-up
   * @param afterCall the agent talked until now, and wraps up if the relay's policy says so
   */
  setPresence(presence: Presence, again = false, afterCall = false): void {
    if (this.#presence === presence && !again) return;
    this.#presence = presence;
    this.#isPresenceUnsent = !this.#connection.isConnected;
    if (this.#isPresenceUnsent) {
      if (afterCall) this.#talkedUntil = this.#options.clock.now();
      // The agent has said what they do now.
      else if (again || presence !== 'available') this.#talkedUntil = undefined;
      return;
    }
    this.#connection.link?.send({ type: 'presence', presence, ...(afterCall && { afterCall }) });
  }

  /** Whether a call ended a moment ago, while there was no connection. */
  get #isWrapUpDue(): boolean {
    const since = this.#options.clock.now() - (this.#talkedUntil ?? -Infinity);
    return since >= 0 && since < WRAP_UP_WITHIN_MS;
  }

  reserve(callId: string): Promise<Verdict> {
    return this.#decide((id) => ({ type: 'reserve', id, callId }));
  }

  claim(callId: string): Promise<Verdict> {
    return this.#decide((id) => ({ type: 'claim', id, callId }));
  }

  dial(call: Parameters<ClaimApi['dial']>[0]): Promise<Verdict> {
    return this.#decide((id) => ({ type: 'dial', id, ...call }));
  }

  async release(callId: string, why: string): Promise<void> {
    await this.#request((id) => ({ type: 'release', id, callId, why: why.slice(0, 500) }));
  }

  async decline(callId: string): ReturnType<ClaimApi['decline']> {
    const outcome = await this.#request((id) => ({ type: 'decline', id, callId }));
    // A relay that does not know the call leaves the decision to us, like one that is unreachable.
    return outcome.kind === 'declined' ? outcome : unreachable;
  }

  /**
   * Sends the other consoles what we wrote to a customer.
   *
   * @returns whether it is in the relay's log
   */
  async sent(what: Omit<Extract<FromConsole, { type: 'sent' }>, 'type' | 'id'>): Promise<boolean> {
    return (await this.#request((id) => ({ type: 'sent', id, ...what }))).kind === 'granted';
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
    const time = callbackAt === undefined ? undefined : Math.max(0, callbackAt - this.#skew);
    const noted = { ...what, callbackAt: time };
    return (await this.#request((id) => ({ type: 'noted', id, ...noted }))).kind !== 'unreachable';
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
    if (this.#knows('people')) {
      // By the relay's clock, like all times in its log.
      const times = <T extends { at: number }>(all: readonly T[]) =>
        all.map((one) => ({ ...one, at: Math.max(0, one.at - this.#skew) }));
      const frame = {
        type: 'people' as const,
        ...what,
        people: times(people),
        merges: times(merges),
      };
      return isDecided(await this.#request((id) => ({ ...frame, id })));
    }
    // The release before knows no merges; they wait for its successor.
    if (merges.length > 0) return false;
    for (const { party, fields } of people) {
      const frame = { type: 'described' as const, ...what, party, fields };
      if (!isDecided(await this.#request((id) => ({ ...frame, id })))) return false;
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
    const outcome = await this.#request((id) => ({ type: 'known-people', id, after }));
    if (outcome.kind !== 'people') return undefined;
    const entries = outcome.entries.map((entry) => ({ ...entry, at: entry.at + this.#skew }));
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
    const outcome = await this.#request((id) => ({ type: 'notes', id, before }));
    if (outcome.kind !== 'notes') return undefined;
    const notes = outcome.notes.map((body) => notedToLocalTime(body, this.#skew));
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
    return (await this.#request((id) => ({ type: 'placed', id, ...what }))).kind !== 'unreachable';
  }

  /**
   * Tells what was measured of a call, for the team's figures.
   *
   * @returns whether the relay has decided on it; if not, it is worth another try
   */
  async measured(
    what: Omit<Extract<FromConsole, { type: 'measured' }>, 'type' | 'id'>,
  ): Promise<boolean> {
    return (
      (await this.#request((id) => ({ type: 'measured', id, ...what }))).kind !== 'unreachable'
    );
  }

  /** Sends a message to a teammate or a team. */
  tell(what: Omit<Extract<FromConsole, { type: 'tell' }>, 'type' | 'id'>): Promise<Verdict> {
    return this.#decide((id) => ({ type: 'tell', id, ...what }));
  }

  /** Tells teammates that their messages were read. */
  toldRead(
    what: Omit<Extract<FromConsole, { type: 'told-read' }>, 'type' | 'id'>,
  ): Promise<Verdict> {
    return this.#decide((id) => ({ type: 'told-read', id, ...what }));
  }

  /** For supervisors: who waits and talks now, and the figures since then. */
  board(dayMs: number): Promise<Outcome> {
    return this.#request((id) => ({ type: 'board', id, dayMs }), REPORT_WITHIN_MS);
  }

  /** For supervisors: the team's calls, newest first. */
  teamCalls(
    question: Omit<Extract<FromConsole, { type: 'team-calls' }>, 'type' | 'id'>,
  ): Promise<Outcome> {
    return this.#request((id) => ({ type: 'team-calls', id, ...question }), REPORT_WITHIN_MS);
  }

  /** For supervisors: what the team's calls of a range add up to. */
  async insight(
    part: InsightPart,
    { from, to, ...range }: InsightRange,
    prices?: WrittenPriceList,
  ): Promise<Outcome | 'older'> {
    if (this.#connection.isConnected && !this.#knows('insight')) return 'older';
    // By the relay's clock, like all times in its log.
    const byRelay = (at: number) => Math.max(0, Math.round(at - this.#skew));
    const asked = { ...range, from: byRelay(from), to: byRelay(to) };
    return this.#request(
      (id) => ({ type: 'insight', id, part, range: asked, prices }),
      REPORT_WITHIN_MS,
    );
  }

  /** Asks to do something with a customer who waits. */
  todo({ accountId, customer, action }: TodoQuestion): Promise<Outcome> {
    // By the relay's clock, like all times in its log.
    const asked =
      action.kind === 'snooze'
        ? { ...action, until: Math.max(0, action.until - this.#skew) }
        : action;
    return this.#request((id) => ({ type: 'todo', id, accountId, customer, action: asked }));
  }

  /** The customers who wait, page by page. @param after the last one of the page before */
  async todos(after: Todo | undefined): Promise<Outcome> {
    const from = after && { accountId: after.accountId, customer: after.customer };
    const outcome = await this.#request((id) => ({ type: 'todos', id, after: from }));
    if (outcome.kind !== 'todos') return outcome;
    const items = outcome.items.map((item) => waitingToLocalTime(item, this.#skew));
    return { ...outcome, items };
  }

  /** Whether this console can ring: the answer to a probe, or news of itself. */
  reportRinger(problem: RingerProblem | undefined, probe?: number): void {
    if (!this.#connection.isConnected || !this.#knows('ringer')) return;
    this.#connection.link?.send({
      type: 'ringer',
      ...(probe !== undefined && { probe }),
      ...(problem !== undefined && { problem }),
    });
  }

  /** What the relay knows of itself and of webhooks; undefined without an answer. */
  async checks(): Promise<RelayFacts | 'older' | undefined> {
    if (!this.#connection.isConnected) return undefined;
    if (!this.#knows('checks')) return 'older';
    const outcome = await this.#request((id) => ({ type: 'checks', id }), CHECKS_WITHIN_MS);
    if (outcome.kind !== 'checks') return undefined;
    const numbers = outcome.numbers.map((number) => this.#webhooksOf(number));
    return { clockAheadMs: outcome.clockAheadMs, numbers };
  }

  #webhooksOf({ accountId, takenAgoMs, refused }: NumberWebhooks): WebhookFacts {
    const now = this.#options.clock.now();
    return {
      accountId,
      takenAt: takenAgoMs === undefined ? undefined : now - takenAgoMs,
      refused: refused && { at: now - refused.agoMs, code: refused.code },
    };
  }

  /** Calls the relay, to be sent back what the softphone says. */
  async echo(sdp: string): Promise<EchoAnswer> {
    const outcome = await this.#request((id) => ({ type: 'echo', id, sdp }), LEG_WITHIN_MS);
    if (outcome.kind === 'leg') return { sdp: outcome.sdp };
    const why = outcome.kind === 'refused' ? outcome.why : undefined;
    if (why === 'no-media') return { end: 'no-media' };
    return { end: why === 'too-many' ? 'busy' : 'unanswered' };
  }

  /** Whether the relay's clock is about the same as this machine's. */
  get isTimeSure(): boolean {
    if (this.#welcome?.now === undefined) return false;
    const { wall, monotonic } = this.#skewedAt;
    const leapt = this.#options.clock.now() - wall - (performance.now() - monotonic);
    return Math.abs(this.#skew) + Math.abs(leapt) < CLOCKS_AGREE_MS;
  }

  /** Names the relay's log, as of the last welcome. */
  get epoch(): string | undefined {
    return this.#welcome?.epoch;
  }

  #knows(type: FromConsole['type']): boolean {
    return knows(this.#welcome?.version ?? 0, { type });
  }

  /** Who was erased after a time of this console's clock, Unix ms; none if the relay could not be reached. */
  async erasures(after: number): Promise<readonly Erasure[]> {
    if (!this.#knows('erasures')) return [];
    const from = Math.max(0, after - this.#skew);
    const outcome = await this.#request((id) => ({ type: 'erasures', id, after: from }));
    if (outcome.kind !== 'erasures') return [];
    return outcome.items.map((item) => ({ ...item, at: item.at + this.#skew }));
  }

  /** What an admin asks about their workspace. */
  administer(request: AdminRequest): Promise<Outcome> {
    // A relay of the release before has no invitations.
    if ((request.do === 'invite' || request.do === 'erase') && this.version < 11)
      return Promise.resolve(unknownRequest);
    return this.#request((id) => ({ type: 'admin', id, request }), ADMIN_WITHIN_MS);
  }

  async #decide(frame: (id: number) => FromConsole, withinMs?: number): Promise<Verdict> {
    const outcome = await this.#request(frame, withinMs);
    // An answer of another kind than the question's is no answer.
    return outcome.kind === 'granted' || outcome.kind === 'refused' ? outcome : unreachable;
  }

  #request(frame: (id: number) => FromConsole, withinMs = ANSWER_WITHIN_MS): Promise<Outcome> {
    const { link, isConnected } = this.#connection;
    if (!link || !isConnected) return Promise.resolve(unreachable);
    // A relay of the release before would take a frame that it does not know for a broken one.
    if (!knows(this.version, frame(0))) return Promise.resolve(unknownRequest);
    return this.#requests.send((id) => link.send(frame(id)), { withinMs, late: () => unreachable });
  }

  #openLink(handlers: Pick<LinkOptions, 'onOpen' | 'onEnd'>): Link {
    const { url, token, WebSocket, clock } = this.#options;
    const link = new Link({
      url,
      token,
      WebSocket,
      clock,
      ...handlers,
      onFrame: (frame) => this.#handleFrame(link, frame),
      onProof: (at) => this.#connection.handleProof(at),
    });
    return link;
  }

  #sayHello(link: Link): void {
    const { cursorStore, release } = this.#options;
    const stored = cursorStore.get();
    this.#isPresenceUnsent = false;
    link.send({
      type: 'hello',
      version: OLDEST_VERSION,
      newest: PROTOCOL_VERSION,
      ...(release !== undefined && { release }),
      epoch: stored?.epoch ?? null,
      cursor: stored?.cursor ?? null,
      presence: this.#presence,
    });
  }

  #handleFrame(link: Link, received: FromRelayFrame): void {
    this.#noteSkew(received);
    if (this.#connection.link !== link) return;
    if (received.type === 'result') return this.#requests.resolve(received.id, received.outcome);
    const frame = frameToLocalTime(received, this.#skew);
    switch (frame.type) {
      case 'welcome':
        return this.#handleWelcome(link, frame);
      case 'entry':
        return this.#handleEntry(link, frame);
      case 'skipped':
        return this.#handleSkipped(frame.cursor);
      case 'rights':
        if (this.#welcome) this.#setWelcome({ ...this.#welcome, rights: frame.rights });
        return undefined;
      case 'ringing':
        return void this.emit('ringing', frame);
      case 'team':
        return void this.emit('team', frame);
      case 'call':
        return void this.emit('call', frame.call);
      case 'probe':
        return void this.emit('probe', frame.probe);
      case 'webhooks':
        return void this.emit('webhooks', this.#webhooksOf(frame.number));
      // Handled above and by the link.
      case 'result':
      case 'refused':
        return undefined;
      default:
        return assertNever(frame, 'frame');
    }
  }

  #handleWelcome(link: Link, welcome: Welcome): void {
    const { cursorStore, clock, log } = this.#options;
    const stored = cursorStore.get();
    const otherLog = stored !== undefined && stored.epoch !== welcome.epoch;
    if (!stored || otherLog || !welcome.complete) cursorStore.reset(welcome.epoch, welcome.from);
    this.#cursor = welcome.from;
    this.#setWelcome(welcome);
    this.#replay = new Replay(welcome.head);
    link.welcomed();
    const now = clock.now();
    this.#skew = skewOf(now, welcome.now);
    this.#skewedAt = { wall: this.#options.clock.now(), monotonic: performance.now() };
    if (this.#skew !== 0) {
      log.warn(`relay: this clock is ${this.#skew} ms off, times are corrected`);
    }
    log.info(`relay: connected, replaying ${welcome.from} to ${welcome.head}`);
    this.emit('welcome', welcome.agent);
    this.#connection.handleWelcome(now);
    const isWrapUpDue = this.#isWrapUpDue;
    this.#talkedUntil = undefined;
    if (this.#isPresenceUnsent || isWrapUpDue) this.setPresence(this.#presence, true, isWrapUpDue);
    if (!stored || otherLog) this.emit('began');
    if (otherLog || (stored && !welcome.complete)) this.emit('log-incomplete', { otherLog });
    this.#completeReplay();
  }

  #setWelcome(welcome: Welcome): void {
    const before = this.#welcome?.rights;
    this.#welcome = welcome;
    if (before) this.emit('rights', { before, now: welcome.rights });
  }

  /** This machine's clock may be set meanwhile: live entries show by how much it is off. */
  #noteSkew(frame: FromRelayFrame): void {
    if (frame.type !== 'entry' || frame.at === 0) return;
    if (!this.#connection.isConnected || this.#replay || this.#welcome?.now === undefined) return;
    const now = this.#options.clock.now();
    // The way from the relay takes its time.
    if (skewOf(now, frame.at + this.#skew) !== 0) this.#skew = skewOf(now, frame.at);
  }

  #handleEntry(link: Link, entry: EntryFrame): void {
    if (!this.#connection.isConnected) {
      return link.lose({ code: 'unreadable' }, 'an entry before the welcome');
    }
    if (entry.cursor > this.#cursor) {
      if (entry.body.type === 'unreadable') this.emit('log-incomplete', { otherLog: false });
      try {
        this.emit('entry', entry);
      } catch (error) {
        this.#options.log.error(
          `relay: entry ${entry.cursor} could not be stored: ${String(error)}`,
        );
        return link.lose({ code: 'not-stored' });
      }
      this.#cursor = entry.cursor;
      this.#replay?.note(entry);
    }
    this.#acks.note();
    this.#completeReplay();
  }

  /** What is up to there in the log is not ours: it counts as stored. */
  #handleSkipped(cursor: number): void {
    if (this.connection.state !== 'connected' || cursor <= this.#cursor) return;
    this.#options.cursorStore.advance(cursor);
    this.#cursor = cursor;
    this.#completeReplay();
  }

  #completeReplay(): void {
    const replay = this.#replay;
    if (!replay?.isOver(this.#cursor)) return;
    this.#replay = undefined;
    this.emit('replay-complete', replay.summary(this.#connection.handleReplayComplete()));
  }
}
