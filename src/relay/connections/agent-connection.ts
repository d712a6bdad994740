import type {
  Agent,
  FromRelayFrame,
  OwnRights,
  Presence,
  RelayedCallStatus,
} from '../../shared/protocol/frames.ts';
import type { ConsoleSocket } from './console-socket.ts';
import type { Audience } from './audience.ts';
import type { Batch, Portion } from './log-tail.ts';

/** Entries sent ahead of the console's ack at most. Keeps a slow console from being flooded. */
const UNACKED_LIMIT = 500;
/** Entries that a console at the log's end is not told that it was passed over, at most. */
const SKIPPED_UNTOLD = 500;

/** One ringing call as consoles are shown it. Another object for everything that changes. */
export interface RingingCall {
  callId: string;
  accountId: string | undefined;
  /** The cursor of its offer. */
  cursor: number;
  agents: readonly Agent[];
  /** For the only agent who can take it; undefined when there are several, or none. */
  forSoleCandidate: Buffer | undefined;
  forOthers: Buffer;
}

/** What there is to tell those who see the same part of the team. */
export interface TeamNews {
  /** Names the part of the team. */
  key: string;
  /** All of it, for a console that was told nothing before. */
  whole: () => Buffer;
  /** What is new since the last time; undefined when nothing is. */
  changes: Buffer | undefined;
}

/** A relayed call as a console is shown it. */
export interface ShownCall {
  call: RelayedCallStatus;
  /** Tells whether it is the same as last time. */
  text: string;
  frame: () => Buffer;
}

/** From where on a console follows the log, and what of it. */
interface Following {
  from: number;
  /** The log's end now. */
  head: number;
  /** What the agent is told of their rights with the welcome. */
  rights: OwnRights;
  /** What of the log is this agent's to see, as their rights are now. */
  audience: () => Audience;
}

type Socket = Pick<
  ConsoleSocket,
  'isOpen' | 'isCongested' | 'drained' | 'send' | 'write' | 'refuse'
>;

/**
 * One connected console that has said hello: knows what it was sent of the log and how much more it can take, and sends it
 * who can take what is ringing.
 */
export class AgentConnection {
  readonly agent: Agent;
  presence: Presence;
  /** When the console came, Unix ms. */
  connectedAt = 0;
  /** Whether it is being sent what it lacks. */
  pumping = false;
  readonly #socket: Socket;
  readonly #audience: () => Audience;
  /** The last entry sent or skipped. */
  #sent: number;
  /** The last cursor that the console was told of. */
  #told: number;
  /** The log's end when the console came. */
  readonly #head: number;
  #acked: number;
  /** Cursors sent and not yet acknowledged, in order, as the batches had them; of the first some may be. */
  #unacked: (readonly number[])[] = [];
  /** How many cursors these batches have together. */
  #unackedCount = 0;
  #ringing: readonly RingingCall[] = [];
  /** What the console was last sent about each ringing call, each relayed call, and the team. */
  #shownRings: Map<string, RingingCall> | undefined;
  #shownCalls: Map<string, ShownCall> | undefined;
  #shownTeam: string | undefined;
  #shownRights: string;

  constructor(
    socket: Socket,
    agent: Agent,
    presence: Presence,
    { from, head, rights, audience }: Following,
  ) {
    this.#socket = socket;
    this.agent = agent;
    this.presence = presence;
    this.#audience = audience;
    this.#head = head;
    this.#shownRights = JSON.stringify(rights);
    this.#sent = from;
    this.#told = from;
    this.#acked = from;
  }

  /** The last entry that the console was sent. */
  get sent(): number {
    return this.#sent;
  }

  /** What its agent may hear now. */
  get audience(): Audience {
    return this.#audience();
  }

  /** The last entry that the console has acknowledged. */
  get acked(): number {
    return this.#acked;
  }

  get isOpen(): boolean {
    return this.#socket.isOpen;
  }

  get isCongested(): boolean {
    return this.#socket.isCongested;
  }

  /** How many entries it may be sent before its next ack. */
  get room(): number {
    const acked = this.#unacked[0]?.findIndex((cursor) => cursor > this.#acked) ?? 0;
    return UNACKED_LIMIT - this.#unackedCount + acked;
  }

  /** Resolves when a congested console has read on, or is gone. */
  drained(): Promise<void> {
    return this.#socket.drained();
  }

  send(frame: FromRelayFrame): void {
    this.#socket.send(frame);
  }

  /** Notes an ack; one for what was never sent counts for what was. */
  ack(cursor: number): void {
    this.#acked = Math.max(this.#acked, Math.min(cursor, this.#sent));
    for (;;) {
      const [oldest] = this.#unacked;
      if ((oldest?.at(-1) ?? Infinity) > this.#acked) return;
      this.#unacked.shift();
      this.#unackedCount -= oldest?.length ?? 0;
    }
  }

  /**
   * Sends the newest entries, if it has all before them and can take them now. False: it has to catch up.
   *
   * @param portion what of the batch its agent may hear
   */
  takes(batch: Batch, portion: Portion): boolean {
    if (this.#sent >= batch.to) return true;
    if (this.#sent !== batch.from) return false;
    const { length } = portion.cursors;
    if (length > 0 && (this.isCongested || length > this.room)) return false;
    this.#deliver(batch, portion);
    this.tellSkipped();
    return true;
  }

  /** Sends entries that follow on the last one sent. */
  deliver(batch: Batch): void {
    this.#deliver(batch, batch.portionFor(this.#audience()));
  }

  #deliver({ to }: Batch, { cursors, frames }: Portion): void {
    const last = cursors.at(-1);
    if (last !== undefined) {
      this.#socket.write(frames);
      this.#unacked.push(cursors);
      this.#unackedCount += cursors.length;
      this.#told = last;
    }
    this.#sent = to;
  }

  /**
   * Tells a console that catches up that the last entries up to the log's end are none of its own; later only where
   * there are many, so that it starts not far behind when it comes again.
   */
  tellSkipped(): void {
    const behind = this.#sent - this.#told;
    if (behind === 0 || (this.#told >= this.#head && behind < SKIPPED_UNTOLD)) return;
    this.#told = this.#sent;
    this.send({ type: 'skipped', cursor: this.#sent });
  }

  /** Entries up to this cursor are not kept any more. */
  skipTo(cursor: number): void {
    this.#sent = Math.max(this.#sent, cursor);
  }

  /** Sends the ringing calls that have changed for this console. */
  showRinging(calls: readonly RingingCall[]): void {
    this.#ringing = calls;
    this.showMissingRings();
  }

  /** Sends what has changed in the part of the team that this console sees. */
  showTeam({ key, whole, changes }: TeamNews): void {
    if (this.#shownTeam !== key) this.#socket.write(whole());
    else if (changes) this.#socket.write(changes);
    this.#shownTeam = key;
  }

  /** Sends what this agent may do from now on, if it differs. */
  showRights(rights: OwnRights): void {
    const key = JSON.stringify(rights);
    if (key === this.#shownRights) return;
    this.#shownRights = key;
    this.send({ type: 'rights', rights });
  }

  /** Sends the relayed calls that concern the console; an end only if it was sent the call before. */
  showCalls(calls: readonly ShownCall[]): void {
    if (calls.length === 0) return;
    this.#shownCalls ??= new Map();
    for (const shown of calls) {
      const { callId, state } = shown.call;
      const told = this.#shownCalls.get(callId);
      const isOver = state === 'ended';
      if (shown.text === told?.text || (isOver && !told)) continue;
      if (isOver) this.#shownCalls.delete(callId);
      else this.#shownCalls.set(callId, shown);
      this.#socket.write(shown.frame());
    }
  }

  /** Ends what the console was shown and what is not its agent's to see any more. */
  forget(hears: (accountId: string | undefined) => boolean): void {
    for (const { callId, accountId } of this.#ringing) {
      if (hears(accountId) || !this.#shownRings?.delete(callId)) continue;
      this.send({ type: 'ringing', callId, agents: [], soleCandidate: false });
    }
    this.#ringing = this.#ringing.filter(({ accountId }) => hears(accountId));
    for (const [callId, { call }] of this.#shownCalls ?? []) {
      if (hears(call.accountId)) continue;
      this.#shownCalls?.delete(callId);
      this.send({ type: 'call', call: endOf(call) });
    }
  }

  /** Sends the ringing calls whose offers the console has by now. */
  showMissingRings(): void {
    if (this.#ringing.length === 0) {
      this.#shownRings = undefined;
      return;
    }
    const before = this.#shownRings;
    const shown = new Map<string, RingingCall>();
    for (const call of this.#ringing) {
      // A console learns of a call by its offer, never the other way round.
      if (call.cursor > this.#sent) continue;
      shown.set(call.callId, call);
      if (before?.get(call.callId) === call) continue;
      const { agents, forSoleCandidate, forOthers } = call;
      const mine = agents[0]?.id === this.agent.id ? forSoleCandidate : undefined;
      this.#socket.write(mine ?? forOthers);
    }
    this.#shownRings = shown;
  }

  /** Says why, and closes. */
  refuse(...why: Parameters<ConsoleSocket['refuse']>): void {
    this.#socket.refuse(...why);
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
