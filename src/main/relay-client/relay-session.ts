import { EventEmitter } from 'node:events';
import { webhookFacts } from '../../shared/checks/facts.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { PendingRequests } from '../../shared/lib/pending-requests.ts';
import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import { frameToLocalTime } from '../../shared/protocol/clock-skew.ts';
import type { Connection } from '../../shared/protocol/connection.ts';
import type { FromRelayFrame } from '../../shared/protocol/frames.ts';
import { knows } from '../../shared/protocol/older.ts';
import { OLDEST_VERSION, PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';
import type { ClaimApi, Verdict } from '../calls/ports.ts';
import type { CursorStore } from '../db/relay-cursor.ts';
import type { Log } from '../log.ts';
import type { WebSocketClass } from '../network/transport.ts';
import { RelayConnection } from './connection.ts';
import type { EntryFrame, Presence, RelayClientEvents, Welcome } from './events.ts';
import { Link, type LinkOptions } from './link.ts';
import { RelayClock } from './relay-clock.ts';
import { Acks, Replay } from './replay.ts';
import { unknownRequest, unreachable, type Outcome } from './requests.ts';

export interface RelaySessionOptions {
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

/** Later than this after a call, nobody wraps it up any more. */
const WRAP_UP_WITHIN_MS = 60_000;

/** A session with the relay: the log without a gap, the agent's presence, and who may take a call. */
export class RelaySession extends EventEmitter<RelayClientEvents> implements ClaimApi {
  readonly #options: RelaySessionOptions;
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
  readonly #clock: RelayClock;
  #welcome: Welcome | undefined;

  constructor(options: RelaySessionOptions) {
    super();
    this.#options = options;
    const { clock, random, log } = options;
    this.#requests = new PendingRequests(clock);
    this.#clock = new RelayClock(clock);
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

  /** The version that this console and the relay speak; the oldest until they have agreed. */
  get version(): number {
    return this.#welcome?.version ?? OLDEST_VERSION;
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

  /** Whether the relay's clock is about the same as this machine's. */
  get isTimeSure(): boolean {
    return this.#clock.isSure;
  }

  reserve(callId: string): Promise<Verdict> {
    return this.decide((id) => ({ type: 'reserve', id, callId }));
  }

  claim(callId: string): Promise<Verdict> {
    return this.decide((id) => ({ type: 'claim', id, callId }));
  }

  dial(call: Parameters<ClaimApi['dial']>[0]): Promise<Verdict> {
    return this.decide((id) => ({ type: 'dial', id, ...call }));
  }

  async release(callId: string, why: string): Promise<void> {
    await this.request((id) => ({ type: 'release', id, callId, why: why.slice(0, 500) }));
  }

  async decline(callId: string): ReturnType<ClaimApi['decline']> {
    const outcome = await this.request((id) => ({ type: 'decline', id, callId }));
    // A relay that does not know the call leaves the decision to us, like one that is unreachable.
    return outcome.kind === 'declined' ? outcome : unreachable;
  }

  /** Asks the relay for a verdict. Never rejects. */
  protected async decide(frame: (id: number) => FromConsole, withinMs?: number): Promise<Verdict> {
    const outcome = await this.request(frame, withinMs);
    // An answer of another kind than the question's is no answer.
    return outcome.kind === 'granted' || outcome.kind === 'refused' ? outcome : unreachable;
  }

  /** Asks the relay. Never rejects: without an answer in time it is unreachable. */
  protected request(
    frame: (id: number) => FromConsole,
    withinMs = ANSWER_WITHIN_MS,
  ): Promise<Outcome> {
    const { link, isConnected } = this.#connection;
    if (!link || !isConnected) return Promise.resolve(unreachable);
    // A relay of the release before would take a frame that it does not know for a broken one.
    if (!knows(this.version, frame(0))) return Promise.resolve(unknownRequest);
    return this.#requests.send((id) => link.send(frame(id)), { withinMs, late: () => unreachable });
  }

  /** Whether the relay knows a frame. */
  protected knows(type: FromConsole['type']): boolean {
    return knows(this.#welcome?.version ?? 0, { type });
  }

  /** Tells the relay, which does not answer; nothing without a connection. */
  protected send(frame: FromConsole): void {
    if (this.isConnected) this.#connection.link?.send(frame);
  }

  /** What the relay said last of itself and this agent. */
  protected get welcome(): Welcome | undefined {
    return this.#welcome;
  }

  protected get isConnected(): boolean {
    return this.#connection.isConnected;
  }

  /** This machine's clock minus the relay's, ms. */
  protected get skew(): number {
    return this.#clock.skew;
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
    const isLive = this.#connection.isConnected && !this.#replay;
    if (isLive && received.type === 'entry' && received.at !== 0) {
      this.#clock.handleEntry(received.at);
    }
    if (this.#connection.link !== link) return;
    if (received.type === 'result') return this.#requests.resolve(received.id, received.outcome);
    const frame = frameToLocalTime(received, this.#clock.skew);
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
        return void this.emit('webhooks', webhookFacts(frame.number, this.#options.clock.now()));
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
    this.#clock.handleWelcome(welcome.now);
    const { skew } = this.#clock;
    if (skew !== 0) log.warn(`relay: this clock is ${skew} ms off, times are corrected`);
    log.info(`relay: connected, replaying ${welcome.from} to ${welcome.head}`);
    this.emit('welcome', welcome.agent);
    this.#connection.handleWelcome(clock.now());
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
