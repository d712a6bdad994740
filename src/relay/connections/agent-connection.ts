import type { WebSocket } from 'ws';
import {
  closeCodes,
  MAX_FRAME_BYTES,
  type Agent,
  type RelayedCallStatus,
  type FromRelayFrame,
  type OwnRights,
  type Presence,
  type Teammate,
} from '../../shared/protocol/frames.ts';
import type { LogEntry, Store } from '../store/store.ts';

/** Entries sent ahead of the console's ack at most. Keeps a slow console from being flooded. */
const UNACKED_LIMIT = 500;
/** Entries that a console at the log's end is not told that it was passed over, at most. */
const SKIPPED_UNTOLD = 500;
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
  accountId: string | undefined;
  /** The cursor of its offer. */
  cursor: number;
  agents: readonly Agent[];
}

/** From where on a console follows the log, and what of it. */
interface Following {
  from: number;
  /** The log's end now. */
  head: number;
  /** What the agent is told of their rights with the welcome. */
  rights: OwnRights;
  hears: (entry: Pick<LogEntry, 'accountId' | 'body'>) => boolean;
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
  /** Whether an entry is this agent's to see, as their rights are now. */
  readonly #hears: (entry: Pick<LogEntry, 'accountId' | 'body'>) => boolean;
  /** The last entry sent or skipped. */
  #sent: number;
  /** The last cursor that the console was told of. */
  #told: number;
  /** The log's end when the console came. */
  readonly #head: number;
  #acked: number;
  /** Cursors sent and not yet acknowledged, in order. */
  #unacked: number[] = [];
  #pumping = false;
  #pumpAgain = false;
  #ringing: readonly RingingCall[] = [];
  /** What the console was last sent about each ringing call, each relayed call, and the team. */
  #lastRinging = new Map<string, string>();
  readonly #lastCalls = new Map<string, RelayedCallStatus>();
  #lastTeam = '';
  #lastRights: string;

  constructor(
    socket: WebSocket,
    store: Pick<Store, 'entriesAfter'>,
    agent: Agent,
    presence: Presence,
    { from, head, rights, hears }: Following,
  ) {
    this.#socket = socket;
    this.#store = store;
    this.agent = agent;
    this.presence = presence;
    this.#hears = hears;
    this.#head = head;
    this.#lastRights = JSON.stringify(rights);
    this.#sent = from;
    this.#told = from;
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
    this.#tellSkipped();
    this.#sendRinging();
  }

  /**
   * Tells a console that catches up that the last entries up to the log's end are none of its own; later only where
   * there are many, so that it starts not far behind when it comes again.
   */
  #tellSkipped(): void {
    const behind = this.#sent - this.#told;
    if (behind === 0 || (this.#told >= this.#head && behind < SKIPPED_UNTOLD)) return;
    this.#told = this.#sent;
    this.send({ type: 'skipped', cursor: this.#sent });
  }

  /** Whether there may be more. */
  async #sendPage(): Promise<boolean> {
    const room = Math.min(PAGE, UNACKED_LIMIT - this.#unacked.length);
    if (room <= 0 || this.#socket.readyState !== this.#socket.OPEN) return false;
    const entries = await this.#store.entriesAfter(this.#sent, room);
    for (const entry of entries) {
      const { cursor, at, body } = entry;
      this.#sent = cursor;
      if (!this.#hears(entry)) continue;
      this.send({ type: 'entry', cursor, at, body });
      this.#told = cursor;
      this.#unacked.push(cursor);
    }
    return entries.length === room;
  }

  /** Sends the ringing calls that have changed for this console. */
  showRinging(calls: readonly RingingCall[]): void {
    this.#ringing = calls;
    this.#sendRinging();
  }

  /** Sends what this agent may do from now on, if it differs. */
  showRights(rights: OwnRights): void {
    const key = JSON.stringify(rights);
    if (key === this.#lastRights) return;
    this.#lastRights = key;
    this.send({ type: 'rights', rights });
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
      const over = call.state === 'ended';
      const isSame = JSON.stringify(call) === JSON.stringify(told);
      if (isSame || (over && told === undefined)) continue;
      if (over) this.#lastCalls.delete(call.callId);
      else this.#lastCalls.set(call.callId, call);
      this.send({ type: 'call', call });
    }
  }

  /** Ends what the console was shown and what is not its agent's to see any more. */
  forget(hears: (accountId: string | undefined) => boolean): void {
    for (const { callId, accountId } of this.#ringing) {
      if (hears(accountId) || !this.#lastRinging.delete(callId)) continue;
      this.send({ type: 'ringing', callId, agents: [], soleCandidate: false });
    }
    this.#ringing = this.#ringing.filter(({ accountId }) => hears(accountId));
    for (const [callId, call] of this.#lastCalls) {
      if (hears(call.accountId)) continue;
      this.#lastCalls.delete(callId);
      this.send({ type: 'call', call: endOf(call) });
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

/** A call that is over for a console, without what has happened to it since. */
const endOf = ({ callId, accountId, party, direction }: RelayedCallStatus): RelayedCallStatus => ({
  callId,
  accountId,
  party,
  direction,
  state: 'ended',
  supervisors: [],
  dtmf: '',
  legs: {},
});

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
