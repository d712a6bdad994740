import type { WebSocket } from 'ws';
import {
  closeCodes,
  MAX_FRAME_BYTES,
  type Agent,
  type RelayedCallStatus,
  type FromRelayFrame,
  type Presence,
  type Teammate,
} from '../../shared/protocol/frames.ts';
import type { Store } from '../store/store.ts';

/** Entries sent ahead of the console's ack at most. Keeps a slow console from being flooded. */
const UNACKED_LIMIT = 500;
/** Entries read from the store at once. */
const PAGE = 100;

type RefusalCode = Extract<FromRelayFrame, { type: 'refused' }>['code'];

/** Private codes where the protocol names one, else RFC 6455's 1001 "going away". */
const closeCodeOf: Record<RefusalCode, number> = {
  unauthorized: closeCodes.unauthorized,
  version: closeCodes.version,
  'bad-frame': closeCodes.badFrame,
  replaced: closeCodes.replaced,
  'shutting-down': 1001,
};

/** One ringing call as all consoles are shown it. */
export interface RingingCall {
  callId: string;
  /** The cursor of its offer. */
  cursor: number;
  agents: readonly Agent[];
}

/**
 * One connected console that has said hello: sends it the log from a position on, never more than it can take, and
 * who can take what is ringing.
 */
export class AgentConnection {
  readonly agent: Agent;
  presence: Presence;
  readonly #socket: WebSocket;
  readonly #store: Pick<Store, 'entriesAfter'>;
  /** The last entry sent. */
  #sent: number;
  #acked: number;
  /** Cursors sent and not yet acknowledged, in order. */
  #unacked: number[] = [];
  #pumping = false;
  #pumpAgain = false;
  #ringing: readonly RingingCall[] = [];
  /** What the console was last sent about each ringing call, each relayed call, and the team. */
  #lastRinging = new Map<string, string>();
  readonly #lastCalls = new Map<string, string>();
  #lastTeam = '';

  constructor(
    socket: WebSocket,
    store: Pick<Store, 'entriesAfter'>,
    agent: Agent,
    presence: Presence,
    from: number,
  ) {
    this.#socket = socket;
    this.#store = store;
    this.agent = agent;
    this.presence = presence;
    this.#sent = from;
    this.#acked = from;
  }

  /** The last entry that the console has acknowledged. */
  get acked(): number {
    return this.#acked;
  }

  send(frame: FromRelayFrame): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const text = JSON.stringify(frame);
    if (Buffer.byteLength(text) <= MAX_FRAME_BYTES) this.#socket.send(text);
    // The console would end the connection, and ask for the same again.
    else if (frame.type === 'entry') this.send({ ...frame, body: { type: 'unreadable' } });
  }

  /**
   * Notes an ack; one for what was never sent counts for what was.
   *
   * @returns whether entries had to wait for it, so that it is time to pump again
   */
  ack(cursor: number): boolean {
    const waited = this.#unacked.length >= UNACKED_LIMIT;
    this.#acked = Math.max(this.#acked, Math.min(cursor, this.#sent));
    const open = this.#unacked.findIndex((sent) => sent > this.#acked);
    this.#unacked = open === -1 ? [] : this.#unacked.slice(open);
    return waited;
  }

  /** Sends what the log holds beyond the last entry sent. Rejects when the store fails. */
  async pump(): Promise<void> {
    if (this.#pumping) {
      this.#pumpAgain = true;
      return;
    }
    this.#pumping = true;
    try {
      do {
        this.#pumpAgain = false;
        while (await this.#sendPage());
      } while (this.#pumpAgain);
    } finally {
      this.#pumping = false;
    }
    this.#sendRinging();
  }

  /** Whether there may be more. */
  async #sendPage(): Promise<boolean> {
    const room = Math.min(PAGE, UNACKED_LIMIT - this.#unacked.length);
    if (room <= 0 || this.#socket.readyState !== this.#socket.OPEN) return false;
    const entries = await this.#store.entriesAfter(this.#sent, room);
    for (const entry of entries) {
      this.send({ type: 'entry', ...entry });
      this.#sent = entry.cursor;
      this.#unacked.push(entry.cursor);
    }
    return entries.length === room;
  }

  /** Sends the ringing calls that have changed for this console. */
  showRinging(calls: readonly RingingCall[]): void {
    this.#ringing = calls;
    this.#sendRinging();
  }

  /** Sends everybody's presence if it has changed. */
  showTeam(agents: readonly Teammate[]): void {
    const key = JSON.stringify(agents);
    if (key === this.#lastTeam) return;
    this.#lastTeam = key;
    this.send({ type: 'team', agents: [...agents] });
  }

  /** Sends the relayed calls that concern the console; an end only if it was sent the call before. */
  showCalls(calls: readonly RelayedCallStatus[]): void {
    for (const call of calls) {
      const told = this.#lastCalls.get(call.callId);
      const key = JSON.stringify(call);
      const over = call.state === 'ended';
      if (key === told || (over && told === undefined)) continue;
      if (over) this.#lastCalls.delete(call.callId);
      else this.#lastCalls.set(call.callId, key);
      this.send({ type: 'call', call });
    }
  }

  #sendRinging(): void {
    const open = new Set(this.#ringing.map((call) => call.callId));
    for (const callId of this.#lastRinging.keys())
      if (!open.has(callId)) this.#lastRinging.delete(callId);
    for (const { callId, cursor, agents } of this.#ringing) {
      // A console learns of a call by its offer, never the other way round.
      if (cursor > this.#sent) continue;
      const soleCandidate = agents.length === 1 && agents[0]?.id === this.agent.id;
      const key = agents.map((one) => one.id).join(' ');
      if (this.#lastRinging.get(callId) === key) continue;
      this.#lastRinging.set(callId, key);
      this.send({ type: 'ringing', callId, agents: [...agents], soleCandidate });
    }
  }

  /** Says why, and closes. */
  refuse(code: RefusalCode, message: string): void {
    refuse(this.#socket, code, message);
  }
}

const refused = new WeakSet<WebSocket>();

/** Sends a console the reason for the refusal, and closes the connection. */
export function refuse(socket: WebSocket, code: RefusalCode, message: string): void {
  if (refused.has(socket)) return;
  refused.add(socket);
  if (socket.readyState !== socket.OPEN) return;
  const frame: FromRelayFrame = { type: 'refused', code, message };
  socket.send(JSON.stringify(frame));
  socket.close(closeCodeOf[code], message.slice(0, 100));
}

/**
 * Whether the relay has refused this connection; what still comes over it does not count. A connection that the
 * console itself closes is another matter: its last words, a decline perhaps, do count.
 */
export function isRefused(socket: WebSocket): boolean {
  return refused.has(socket);
}
