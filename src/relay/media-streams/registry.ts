import type { WebSocket } from 'ws';
import { inboundCallId } from '../../shared/call/ids.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { LogBody } from '../../shared/protocol/log-entry.ts';
import type { Outcome } from '../outcome.ts';
import type { Account } from '../config/account.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { AgentAudio } from './agent-audio.ts';
import { DialledCalls, type Dialling } from './dialled-calls.ts';
import type { StreamFormat } from './frames.ts';
import { latestFirst, StreamsElsewhere, type NodeStreams } from './node-streams.ts';
import { StreamedCall } from './streamed-call.ts';
import { ProviderStream } from './provider-stream.ts';

/** A number whose provider forwards calls to this relay. */
export interface StreamAccount {
  id: string;
  secret: string;
  format: StreamFormat;
}

interface MediaStreamPorts {
  accounts: readonly StreamAccount[];
  store: Pick<Store, 'call'>;
  clock: Clock;
  log: Log;
  /** Whether an agent may get the audio of a call, by their current rights. */
  mayHave: (agentId: string, call: Pick<StreamedCall, 'accountId' | 'direction'>) => boolean;
  /** This relay's name among those that serve the store; undefined if it is alone. */
  node: string | undefined;
  /** Publishes to the other nodes what `snapshot()` says now. */
  tell: () => void;
}

/** How long after its stream a call's webhook may arrive, in ms. */
const NEWS_LATE_MS = 30_000;
/**
 * How long after dialling a stream may arrive, in ms: it comes when the customer answers. For a
 * customer's call it comes at once.
 */
const TAKEN_WITHIN_MS = 120_000;
/** How long the other nodes are told that a call was hung up, in ms: no stream of it comes later. */
const TELL_OVER_MS = TAKEN_WITHIN_MS + NEWS_LATE_MS;
/** A call whose end is never reported is forgotten after this, in ms. */
const FORGET_MS = 86_400_000;

/** A stream whose call is not known yet. */
interface Waiting {
  stream: ProviderStream;
  /** Ids by which the provider may know its call. */
  callIds: readonly string[];
  cancel: () => void;
}

/** A stream whose call is known. */
interface Joined {
  held: StreamedCall;
  waiting: Waiting;
}

/**
 * Calls whose provider connects the customer to this relay instead of a telephone. Streams and
 * calls are matched by the call's id if the stream names one, else by time: a stream belongs to its
 * number's newest call without one. Kept in memory only, because a relay that restarts has lost the
 * streams, and so the calls. Of several relays the one that the provider connected to has the call;
 * every one knows which that is.
 */
export class MediaStreamRegistry {
  readonly #ports: MediaStreamPorts;
  readonly #accounts: ReadonlyMap<string, StreamAccount>;
  readonly #calls = new Map<string, StreamedCall>();
  readonly #joined = new Map<ProviderStream, Joined>();
  #waiting: Waiting[] = [];
  readonly #dialled: DialledCalls;
  readonly #elsewhere = new StreamsElsewhere();
  #isClosed = false;
  /** What agents ask of these calls. */
  readonly agents: AgentAudio;

  constructor(ports: MediaStreamPorts) {
    this.#ports = ports;
    this.#accounts = new Map(ports.accounts.map((account) => [account.id, account]));
    this.#dialled = new DialledCalls(ports.clock);
    this.agents = new AgentAudio(ports, this.#calls);
  }

  account(id: string): StreamAccount | undefined {
    return this.#accounts.get(id);
  }

  /** A provider's reports are in the log. */
  handleProviderEvents(bodies: readonly LogBody[]): void {
    for (const body of bodies) {
      if (body.type !== 'provider' || body.providerCallId === undefined) continue;
      if (!this.#accounts.has(body.accountId)) continue;
      const callId = inboundCallId(body.accountId, body.providerCallId);
      if (body.event.kind === 'announced') {
        const { direction, party } = body.event;
        this.#handleAnnounced({ callId, accountId: body.accountId, direction }, party);
      }
      if (body.event.kind === 'terminated') {
        this.#calls.get(callId)?.end();
        this.#calls.delete(callId);
      }
    }
  }

  /** A provider has connected. `callIds`: ids of the call in the address. */
  handleConnected(account: StreamAccount, socket: WebSocket, callIds: readonly string[]): void {
    const stream = new ProviderStream(account.id, socket, account.format, {
      onNamed: (names) => {
        waiting.callIds = [...callIds, ...names];
        this.#settle(waiting);
      },
      onSound: (pcm16) => this.#settle(waiting)?.hear(pcm16),
      onClosed: () => {
        this.#forget(waiting);
        this.#joined.get(stream)?.held.leave(stream);
        this.#joined.delete(stream);
      },
    });
    const waiting: Waiting = { stream, callIds, cancel: () => undefined };
    this.#wait(waiting);
    this.#ports.log.info('stream.connected', { account: account.id });
  }

  #wait(waiting: Waiting): void {
    const { clock, log } = this.#ports;
    const { stream } = waiting;
    waiting.cancel = clock.at(clock.now() + NEWS_LATE_MS, () => {
      log.warn('stream.unknown', { account: stream.accountId });
      stream.close();
    });
    this.#waiting.push(waiting);
  }

  /** An agent is about to place a call of an account; whatever its media path, others' calls of it are theirs. */
  dial(agent: Agent, accountId: string, party: Dialling): Outcome {
    if (!this.#accounts.has(accountId)) return { kind: 'granted' };
    const outcome = this.#dialled.add(agent, accountId, party);
    this.#ports.tell();
    return outcome;
  }

  /** Another node has published its streamed calls; undefined: that node is gone. */
  handleNode(node: string, snapshot: NodeStreams | undefined): void {
    const added = this.#elsewhere.learn(node, snapshot);
    for (const call of added) this.#ports.log.info('stream.elsewhere', { call, node });
    if (!snapshot) return;
    this.#dialled.learn(snapshot.dialled);
    for (const callId of snapshot.over) this.#calls.get(callId)?.end();
    for (const joined of this.#joined.values()) this.#yield(joined);
  }

  /** Gives way to a later connection of a call's provider to another node. */
  #yield({ held, waiting }: Joined): void {
    const { stream } = waiting;
    const other = this.#elsewhere.find(held.callId);
    const own = { node: this.#ports.node ?? '', number: held.streams };
    if (held.stream !== stream || !other || latestFirst(own, other) < 0) return;
    held.leave(stream);
    this.#joined.delete(stream);
    // Without a name it was a guess which call it is of, and the wrong one.
    if (namesOf(waiting).includes(held.callId)) stream.close();
    else this.#wait(waiting);
  }

  /** What the other nodes should know of this one's streamed calls. */
  snapshot(): NodeStreams {
    const calls = this.#isClosed ? [] : [...this.#calls.values()];
    const since = this.#ports.clock.now() - TELL_OVER_MS;
    return {
      here: Object.fromEntries(
        calls.flatMap(({ callId, stream, streams }) => (stream ? [[callId, streams]] : [])),
      ),
      over: calls.flatMap(({ callId, overAt = 0 }) => (overAt > since ? [callId] : [])),
      dialled: this.#dialled.snapshot(),
    };
  }

  /** The other node that has a call's audio. */
  nodeOf(callId: string): string | undefined {
    return this.#calls.get(callId)?.stream ? undefined : this.#elsewhere.find(callId)?.node;
  }

  /** Whether a call's audio arrives here, or at another node. */
  has(callId: string): boolean {
    return this.#calls.has(callId);
  }

  /** Customers' calls that no agent hears, but for those whose audio is at another node. */
  unattended(): readonly string[] {
    return [...this.#calls.values()].flatMap(({ callId, direction, isAttended }) =>
      direction === 'inbound' && !isAttended && this.nodeOf(callId) === undefined ? [callId] : [],
    );
  }

  /** Whether any call's sound comes here now. */
  get isBusy(): boolean {
    return [...this.#calls.values()].some(({ stream }) => stream !== undefined);
  }

  /** Undefined for a call whose sound does not come here. */
  directionOf(callId: string): StreamedCall['direction'] | undefined {
    return this.#calls.get(callId)?.direction;
  }

  /** An agent's rights have changed: audio that they may no longer hear is cut. */
  handleRights(agentId: string): void {
    for (const held of this.#calls.values()) {
      if (!this.#ports.mayHave(agentId, held)) held.disconnect(agentId);
    }
  }

  /** No agent is left to take a customer's call. */
  decline(callId: string): void {
    this.#calls.get(callId)?.end();
  }

  /** Ends every stream of this node. */
  close(): void {
    this.#isClosed = true;
    for (const held of this.#calls.values()) held.end();
    for (const { stream, cancel } of this.#waiting) {
      cancel();
      stream.close();
    }
    this.#waiting = [];
  }

  #handleAnnounced(
    call: Pick<StreamedCall, 'callId' | 'accountId' | 'direction'>,
    party: Dialling,
  ): void {
    if (this.#calls.has(call.callId)) return;
    const placedBy =
      call.direction === 'outbound' ? this.#dialled.take(call.accountId, party)?.id : undefined;
    const held = new StreamedCall({ ...call, placedBy }, this.#ports, () => this.#ports.tell());
    if (this.#elsewhere.isOver(call.callId)) held.end();
    for (const { callId, announcedAt, stream } of this.#calls.values()) {
      if (!stream && held.announcedAt - announcedAt > FORGET_MS) this.#calls.delete(callId);
    }
    this.#calls.set(call.callId, held);
    const mine = this.#waiting.filter(({ stream }) => stream.accountId === call.accountId);
    const found = mine.find((one) => namesOf(one).includes(call.callId)) ?? mine[0];
    if (found) this.#join(held, found);
  }

  /**
   * Finds the call of a stream: by the call id in it, else its number's newest call without a
   * stream.
   */
  #settle(waiting: Waiting): StreamedCall | undefined {
    const { stream } = waiting;
    const joined = this.#joined.get(stream);
    if (joined) return joined.held;
    const [named] = namesOf(waiting).flatMap((callId) => this.#calls.get(callId) ?? []);
    const since = this.#ports.clock.now() - TAKEN_WITHIN_MS;
    const newest = [...this.#calls.values()].findLast(
      (call) =>
        call.accountId === stream.accountId &&
        call.announcedAt >= since &&
        call.awaitsStream &&
        this.nodeOf(call.callId) === undefined,
    );
    const held = named ?? newest;
    if (held) this.#join(held, waiting);
    return held;
  }

  #join(held: StreamedCall, waiting: Waiting): void {
    this.#forget(waiting);
    this.#joined.set(waiting.stream, { held, waiting });
    held.join(waiting.stream, this.#elsewhere.find(held.callId)?.number);
  }

  #forget(waiting: Waiting): void {
    waiting.cancel();
    this.#waiting = this.#waiting.filter((one) => one !== waiting);
  }
}

const namesOf = ({ stream, callIds }: Waiting): readonly string[] =>
  callIds.map((id) => inboundCallId(stream.accountId, id));

/** The numbers whose calls are forwarded to this relay. */
export function streamAccounts(accounts: readonly Account[]): readonly StreamAccount[] {
  return accounts.flatMap((account) => {
    if (account.provider !== 'zernio' || !account.stream) return [];
    const { secret, ...format } = account.stream;
    return [{ id: account.id, secret, format }];
  });
}
