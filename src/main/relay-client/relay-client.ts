import { EventEmitter } from 'node:events';
import type { MediaPath } from '../../shared/providers/media-path.ts';
import type { WebSocketClass } from '../network/transport.ts';
import { frameToLocalTime, skewOf } from '../../shared/protocol/clock-skew.ts';
import { PendingRequests } from '../../shared/lib/pending-requests.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import {
  backoff,
  refusedBackoff,
  type Connection,
  type Loss,
} from '../../shared/protocol/connection.ts';
import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import { PROTOCOL_VERSION, type Agent, type FromRelayFrame } from '../../shared/protocol/frames.ts';
import type { Coordinator, Verdict } from '../calls/ports.ts';
import type { RelaySounds } from '../calls/streams/pcm-stream-manager.ts';
import type { CursorStore } from '../db/relay-cursor.ts';
import type { Log } from '../log.ts';
import type { EntryFrame, Presence, RelayClientEvents, Welcome } from './events.ts';
import { Acks } from './acks.ts';
import { Link, type LinkEnd } from './link.ts';
import { Replay } from './replay.ts';
import { createRelayedApi } from './relayed-api.ts';
import { unreachable, verdictOf, type Outcome } from './outcome.ts';
import { createRelaySounds } from './sounds.ts';

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
}

/** A console must not wait for the relay while a customer waits for the console, in ms. Some questions take longer. */
const ANSWER_WITHIN_MS = 2_000;
/** A try that hangs for so long gets company, in ms: the way may be free again, and nobody tells a packet on the old one. */
const HANGS_AFTER_MS = 3_000;
/** How often a sign of life is shown, in ms. */
const SHOWN_EVERY_MS = 10_000;
/** The agent signed in on another computer. Two consoles that take each other's place by themselves would never rest. */
const REPLACED = 'replaced';

/** The console's side of the relay: keeps a connection, hands on the log without a gap, asks who may take a call. */
export class RelayClient extends EventEmitter<RelayClientEvents> implements Coordinator {
  private readonly options: RelayClientOptions;
  private readonly requests: PendingRequests<Outcome>;
  private readonly acks: Acks;
  private state: Connection = { state: 'unconfigured' };
  private link: Link | undefined;
  /** Connections on their way; the first that is open becomes `link`. */
  private readonly tries = new Set<Link>();
  private cancelRetry: () => void = () => undefined;
  private attempt = 0;
  private refusals = 0;
  private lostAt: number | undefined;
  /** Since when calls cannot reach us. */
  private awayAt = 0;
  private presence: Presence = 'available';
  /** The presence changed while no relay could be told. */
  private unsaid = false;
  private replay: Replay | undefined;
  private cursor = 0;
  /** This machine's clock minus the relay's, ms. */
  private skew = 0;
  private me: Welcome | undefined;
  /** What concerns relayed calls. */
  readonly relayedApi = createRelayedApi((frame, withinMs) => this.ask(frame, withinMs));
  /** Calls that a provider forwards to the relay. */
  readonly sounds: RelaySounds;

  constructor(options: RelayClientOptions) {
    super();
    this.options = options;
    this.sounds = createRelaySounds(options.url, (frame) => this.ask(frame));
    this.requests = new PendingRequests(options.clock);
    this.acks = new Acks(options.clock, () =>
      this.link?.send({ type: 'ack', cursor: this.cursor }),
    );
  }

  get connection(): Connection {
    return this.state;
  }

  /** This agent as the relay named it in its last welcome. */
  get agent(): Agent | undefined {
    return this.me?.agent;
  }

  /** The path of a number's calls, as the last welcome told it; undefined for a number that the relay does not know. */
  pathOf(accountId: string): MediaPath | undefined {
    return this.me?.numbers.find(({ id }) => id === accountId)?.path;
  }

  /** For the media of relayed calls; their credentials are as fresh as the last welcome. */
  get iceServers(): Welcome['iceServers'] {
    return this.me?.iceServers ?? [];
  }

  /** How long the relay keeps a relayed call for us when we are cut off, as it last said. */
  get rejoinGraceMs(): number | undefined {
    return this.me?.rejoinGraceMs;
  }

  /** Connects. Add the listeners first. */
  start(): void {
    this.attempt = 0;
    this.noteLost();
    this.drop({ code: 'renewed' });
    this.connect();
  }

  /** Disconnects for good. */
  stop(): void {
    this.drop({ code: 'renewed' });
    this.become({ state: 'unconfigured' });
  }

  /** The agent wants to be connected now, whatever was said before. */
  tryNow(): void {
    if (this.state.state === 'unconfigured' || this.state.state === 'connected') return;
    this.renew();
  }

  /**
   * Connects anew whatever the socket's state says: after sleep, unlock or a change of network it lies.
   *
   * @param why for the log
   */
  replaceSocket(why: string): void {
    const { state } = this;
    if (state.state === 'unconfigured' || state.state === 'offline') return;
    if (state.state === 'refused' && state.code === REPLACED) return;
    this.options.log.info(`relay: connecting anew: ${why}`);
    this.renew();
  }

  /** Whether the machine has any network. */
  setOnline(online: boolean): void {
    const { state } = this;
    if (state.state === 'unconfigured') return;
    if (state.state === 'refused' && state.code === REPLACED) return;
    if (online === (state.state !== 'offline')) return;
    this.noteLost();
    this.drop({ code: 'renewed' });
    this.attempt = 0;
    if (online) return this.connect();
    this.become({ state: 'offline', since: this.awayAt });
  }

  /** Only `available` consoles are counted among those that can take a call. */
  setPresence(presence: Presence, spoken = false): void {
    // Said again it ends what the relay made of us, e.g. wrap-up.
    if (this.presence === presence && !spoken) return;
    this.presence = presence;
    this.unsaid = this.state.state !== 'connected';
    if (!this.unsaid) this.link?.send({ type: 'presence', presence });
  }

  reserve(callId: string): Promise<Verdict> {
    return this.ask((id) => ({ type: 'reserve', id, callId })).then(verdictOf);
  }

  claim(callId: string): Promise<Verdict> {
    return this.ask((id) => ({ type: 'claim', id, callId })).then(verdictOf);
  }

  async release(callId: string, why: string): Promise<void> {
    await this.ask((id) => ({ type: 'release', id, callId, why: why.slice(0, 500) }));
  }

  async decline(callId: string): ReturnType<Coordinator['decline']> {
    const outcome = await this.ask((id) => ({ type: 'decline', id, callId }));
    // A relay that does not know the call (any more) leaves the decision to us, as one that cannot be reached.
    return outcome.kind === 'declined' ? outcome : unreachable;
  }

  /** Tells the other consoles what we wrote to a customer. @returns whether it is in the relay's log */
  async sent(what: Omit<Extract<FromConsole, { type: 'sent' }>, 'type' | 'id'>): Promise<boolean> {
    return (await this.ask((id) => ({ type: 'sent', id, ...what }))).kind === 'granted';
  }

  private ask(frame: (id: number) => FromConsole, withinMs = ANSWER_WITHIN_MS): Promise<Outcome> {
    const { link } = this;
    if (!link || this.state.state !== 'connected') return Promise.resolve(unreachable);
    return this.requests.ask((id) => link.send(frame(id)), { withinMs, late: () => unreachable });
  }

  private renew(): void {
    this.attempt = 0;
    this.noteLost();
    this.drop({ code: 'renewed' });
    this.connect();
  }

  /** Begins a try. While it hangs, further ones are begun beside it. */
  private connect(): void {
    const { url, token, WebSocket, clock } = this.options;
    this.showTry();
    const link = new Link({
      url,
      token,
      WebSocket,
      clock,
      onOpen: () => this.opened(link),
      onFrame: (frame) => {
        this.noteSkew(frame);
        this.receive(link, frameToLocalTime(frame, this.skew));
      },
      onProof: (provenAt) => {
        if (this.state.state !== 'connected') return;
        if (provenAt - this.state.provenAt < SHOWN_EVERY_MS) return;
        this.become({ ...this.state, provenAt });
      },
      onEnd: (end) => this.ended(link, end),
    });
    this.tries.add(link);
    this.cancelRetry();
    this.cancelRetry = clock.at(clock.now() + HANGS_AFTER_MS, () => {
      this.attempt++;
      this.connect();
    });
  }

  /** The first to be open is the connection; none but this one has said hello. */
  private opened(link: Link): void {
    if (!this.tries.delete(link)) return;
    this.cancelRetry();
    this.abandonTries();
    this.link = link;
    const stored = this.options.cursorStore.get();
    this.unsaid = false;
    link.send({
      type: 'hello',
      version: PROTOCOL_VERSION,
      epoch: stored?.epoch ?? null,
      cursor: stored?.cursor ?? null,
      presence: this.presence,
    });
  }

  private receive(link: Link, frame: FromRelayFrame): void {
    if (this.link !== link) return;
    switch (frame.type) {
      case 'welcome':
        return this.welcomed(link, frame);
      case 'entry':
        return this.stored(link, frame);
      case 'ringing':
        return void this.emit('ringing', frame);
      case 'team':
        return void this.emit('team', frame.agents);
      case 'call':
        return void this.emit('call', frame.call);
      case 'result':
        return this.requests.resolve(frame.id, frame.outcome);
      case 'refused':
        return undefined;
      default:
        return assertNever(frame, 'frame');
    }
  }

  private welcomed(link: Link, welcome: Welcome): void {
    const { cursorStore, clock, log } = this.options;
    const stored = cursorStore.get();
    const otherLog = stored !== undefined && stored.epoch !== welcome.epoch;
    if (!stored || otherLog || !welcome.complete) cursorStore.reset(welcome.epoch, welcome.from);
    this.cursor = welcome.from;
    this.me = welcome;
    this.replay = new Replay(welcome.head);
    link.welcomed();
    const now = clock.now();
    this.skew = skewOf(now, welcome.now);
    if (this.skew !== 0) log.warn(`relay: this clock is ${this.skew} ms off, times are corrected`);
    log.info(`relay: connected, replaying ${welcome.from} to ${welcome.head}`);
    this.emit('welcome', welcome.agent);
    this.refusals = 0;
    this.become({ state: 'connected', since: now, provenAt: now });
    if (this.unsaid) this.setPresence(this.presence, true);
    if (otherLog || (stored && !welcome.complete)) this.emit('log-incomplete', { otherLog });
    this.checkCaughtUp();
  }

  /** Somebody may set this machine's clock while we are connected: what happens now tells by how much it is wrong. */
  private noteSkew(frame: FromRelayFrame): void {
    if (frame.type !== 'entry' || frame.at === 0) return;
    if (this.state.state !== 'connected' || this.replay || this.me?.now === undefined) return;
    const now = this.options.clock.now();
    // The way from the relay takes its time.
    if (skewOf(now, frame.at + this.skew) !== 0) this.skew = skewOf(now, frame.at);
  }

  private stored(link: Link, entry: EntryFrame): void {
    if (this.state.state !== 'connected')
      return link.lose({ code: 'unreadable' }, 'an entry before the welcome');
    if (entry.cursor > this.cursor) {
      if (entry.body.type === 'unreadable') this.emit('log-incomplete', { otherLog: false });
      try {
        this.emit('entry', entry);
      } catch (error) {
        this.options.log.error(
          `relay: entry ${entry.cursor} could not be stored: ${String(error)}`,
        );
        return link.lose({ code: 'not-stored' });
      }
      this.cursor = entry.cursor;
      this.replay?.note(entry);
    }
    // At once when it happens now: who may take a call depends on who has it.
    if (!this.replay || this.replay.isOver(this.cursor)) this.acks.now();
    else this.acks.soon();
    this.checkCaughtUp();
  }

  private checkCaughtUp(): void {
    const { replay } = this;
    if (!replay?.isOver(this.cursor)) return;
    this.replay = undefined;
    // Only now: a relay whose log cannot be stored must not be asked again and again without a pause.
    this.attempt = 0;
    const since = this.lostAt;
    this.lostAt = undefined;
    this.emit('caught-up', replay.summary(since));
  }

  private ended(link: Link, end: LinkEnd): void {
    const tried = this.tries.delete(link);
    if (!tried && this.link !== link) return;
    if (end.kind === 'refused') {
      this.noteLost();
      return this.refused(end);
    }
    // Another try is on its way; this one is only worth a line.
    if (this.tries.size > 0) return this.logLoss(end, 'another try is on its way');
    this.noteLost(end.why.code === 'silent' ? link.provenAt : undefined);
    this.drop(end.why);
    const { clock, random } = this.options;
    const wait = backoff(this.attempt, random());
    this.logLoss(end, `trying again in ${wait} ms`);
    this.become(this.reconnecting(clock.now() + wait, end.why));
    this.attempt++;
    this.cancelRetry = clock.at(clock.now() + wait, () => this.connect());
  }

  private refused({ code, message }: Extract<LinkEnd, { kind: 'refused' }>): void {
    const { clock, random, log } = this.options;
    this.drop({ code: 'renewed' });
    log.warn(`relay: refused (${code}): ${message}`);
    const since = this.awayAt;
    if (code === REPLACED) return this.become({ state: 'refused', since, code, message });
    const retryAt = clock.now() + refusedBackoff(this.refusals, random());
    this.refusals++;
    this.become({ state: 'refused', since, retryAt, code, message });
    this.cancelRetry = clock.at(retryAt, () => this.connect());
  }

  private logLoss({ why, said }: Extract<LinkEnd, { kind: 'lost' }>, next: string): void {
    const what = [why.code, why.about, said].filter((part) => part !== undefined).join(', ');
    this.options.log.warn(`relay: lost (${what}), ${next}`);
  }

  /** A try is under way: the reason of the loss before it stays, and so does a refusal until there is another answer. */
  private showTry(): void {
    const { state } = this;
    const now = this.options.clock.now();
    switch (state.state) {
      case 'unconfigured':
        this.awayAt = now;
        return this.become({ state: 'connecting', since: now });
      case 'connecting':
      case 'refused':
        return undefined;
      case 'connected':
      case 'offline':
        return this.become(this.reconnecting(now, { code: 'renewed' }));
      case 'reconnecting':
        return this.become(this.reconnecting(now, state.why));
      default:
        return assertNever(state, 'connection');
    }
  }

  private reconnecting(retryAt: number, why: Loss): Connection {
    return { state: 'reconnecting', retryAt, attempt: this.attempt, lostAt: this.awayAt, why };
  }

  /** @param at when that was, if it is only noticed now */
  private noteLost(at = this.options.clock.now()): void {
    if (this.state.state !== 'connected') return;
    this.awayAt = at;
    this.lostAt ??= at;
  }

  /** Lets go of the connection and of everything that waits for it. */
  private drop(why: Loss): void {
    const { link } = this;
    this.link = undefined;
    this.replay = undefined;
    this.cancelRetry();
    this.acks.cancel();
    this.abandonTries();
    link?.lose(why);
    this.requests.settleAll(() => unreachable);
  }

  private abandonTries(): void {
    const tries = [...this.tries];
    this.tries.clear();
    for (const other of tries) other.lose({ code: 'renewed' });
  }

  private become(connection: Connection): void {
    this.state = connection;
    this.emit('connection', connection);
  }
}
