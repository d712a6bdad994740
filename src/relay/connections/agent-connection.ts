import type {
  FromRelayFrame,
  OwnRights,
  Presence,
  RelayedCallStatus,
} from '../../shared/protocol/frames.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { asOf } from '../../shared/protocol/older.ts';
import type { RingerProblem } from '../../shared/protocol/ringer.ts';
import type { ConsoleSocket } from './console-socket.ts';
import type { Audience } from './audience.ts';
import type { Batch, Portion } from './log-tail.ts';
import type { SharedFrame } from './shared-frame.ts';

/** Maximum number of unacknowledged entries; keeps a slow console from being flooded. */
const UNACKED_LIMIT = 500;
/** Maximum number of skipped entries about which a console at the log's end is not told. */
const MOST_UNANNOUNCED = 500;

/** Maximum number of rings that are over and remembered. */
const MOST_OVER = 20;

/** A ringing call as sent to consoles. Every change makes a new object. */
export interface RingingCall {
  callId: string;
  accountId: string | undefined;
  /** The cursor of its offer. */
  cursor: number;
  agents: readonly Agent[];
  /** For the only agent who can take it; undefined if there are none or several. */
  forSoleCandidate: SharedFrame | undefined;
  forOthers: SharedFrame;
}

/** Team updates for consoles that see the same part of the team. */
export interface TeamNews {
  /** Identifies the part of the team. */
  key: string;
  /** The whole part, for a console that has received nothing yet. */
  whole: () => readonly SharedFrame[];
  /** Changes since the last update. */
  changes: readonly SharedFrame[];
}

/** A relayed call as sent to a console. */
export interface ShownCall {
  call: RelayedCallStatus;
  /** Compared with the last one to see whether it changed. */
  text: string;
  frame: SharedFrame;
}

/** What a console and the relay agreed on, where it starts in the log, and which part it receives. */
interface Following {
  /** The version of the connection. */
  version: number;
  from: number;
  /** The log's end now. */
  head: number;
  /** The rights sent with the welcome. */
  rights: OwnRights;
  /** Which part of the log the agent may see, by their current rights. */
  audience: () => Audience;
}

type Socket = Pick<
  ConsoleSocket,
  'isOpen' | 'isCongested' | 'drained' | 'send' | 'write' | 'refuse'
>;

/**
 * One console after its hello: tracks what it was sent of the log and how much more it can take,
 * and sends it the agents who can take a ringing call.
 */
export class AgentConnection {
  readonly agent: Agent;
  /** The protocol's version that the console and the relay speak. */
  readonly version: number;
  presence: Presence;
  /** Why it cannot ring. */
  unreachable: RingerProblem | undefined;
  /** When the console connected, Unix ms. */
  connectedAt = 0;
  /** Whether it is being sent entries that it lacks. */
  pumping = false;
  readonly #socket: Socket;
  readonly #audience: () => Audience;
  /** The last entry sent or skipped. */
  #sent: number;
  /** The last cursor that the console was sent. */
  #announced: number;
  /** The log's end when the console connected. */
  readonly #head: number;
  #acked: number;
  /**
   * Cursors sent and not fully acknowledged, in order, grouped by batch; the first group may be partly
   * acknowledged.
   */
  #unacked: (readonly number[])[] = [];
  /** The total number of cursors in these batches. */
  #unackedCount = 0;
  #ringing: readonly RingingCall[] = [];
  /** What the console was last sent about ringing calls, relayed calls and the team. */
  #shownRings: Map<string, RingingCall> | undefined;
  /** The latest that are over: the entry that tells the console may still be on its way. */
  #overRings: readonly Pick<RingingCall, 'callId' | 'accountId'>[] = [];
  #shownCalls: Map<string, ShownCall> | undefined;
  #shownTeam: string | undefined;
  #shownRights: string;

  constructor(
    socket: Socket,
    agent: Agent,
    presence: Presence,
    { version, from, head, rights, audience }: Following,
  ) {
    this.#socket = socket;
    this.agent = agent;
    this.version = version;
    this.presence = presence;
    this.#audience = audience;
    this.#head = head;
    this.#shownRights = JSON.stringify(rights);
    this.#sent = from;
    this.#announced = from;
    this.#acked = from;
  }

  /** The last entry sent to the console. */
  get sent(): number {
    return this.#sent;
  }

  /** What its agent may currently see. */
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

  /** Resolves when a congested console has caught up, or is gone. */
  drained(): Promise<void> {
    return this.#socket.drained();
  }

  /** @returns false, and nothing was sent, if the frame is too large for any console */
  send(frame: FromRelayFrame): boolean {
    const known = asOf(this.version, frame);
    return known === undefined || this.#socket.send(known);
  }

  #write(frame: SharedFrame): void {
    const bytes = frame.bytes(this.version);
    if (bytes.length > 0) this.#socket.write(bytes);
  }

  /** Records an ack; one beyond what was sent counts as all that was sent. */
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
   * Sends the newest entries if the console has everything before them and room for them. False: it
   * must catch up.
   *
   * @param portion the part of the batch that its agent may see
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

  /** Sends entries that follow directly on the last one sent. */
  deliver(batch: Batch): void {
    this.#deliver(batch, batch.portionFor(this.#audience(), this.version));
  }

  #deliver({ to }: Batch, { cursors, frames }: Portion): void {
    const last = cursors.at(-1);
    if (last !== undefined) {
      this.#socket.write(frames);
      this.#unacked.push(cursors);
      this.#unackedCount += cursors.length;
      this.#announced = last;
    }
    this.#sent = to;
  }

  /**
   * Tells a console that is catching up that the remaining entries are not for it; afterwards only
   * if there are many, so that it does not start far behind when it reconnects.
   */
  tellSkipped(): void {
    const behind = this.#sent - this.#announced;
    if (behind === 0 || (this.#announced >= this.#head && behind < MOST_UNANNOUNCED)) return;
    this.#announced = this.#sent;
    this.send({ type: 'skipped', cursor: this.#sent });
  }

  /** Entries up to this cursor are no longer kept. */
  skipTo(cursor: number): void {
    this.#sent = Math.max(this.#sent, cursor);
  }

  /** Sends the ringing calls that have changed for this console. */
  showRinging(calls: readonly RingingCall[]): void {
    this.#ringing = calls;
    this.showMissingRings();
  }

  /** Sends changes in the part of the team that this console sees. */
  showTeam({ key, whole, changes }: TeamNews): void {
    for (const frame of this.#shownTeam === key ? changes : whole()) this.#write(frame);
    this.#shownTeam = key;
  }

  /** Sends the agent's rights if they changed. */
  showRights(rights: OwnRights): void {
    const key = JSON.stringify(rights);
    if (key === this.#shownRights) return;
    this.#shownRights = key;
    this.send({ type: 'rights', rights });
  }

  /**
   * Sends the relayed calls that concern the console; an end only if the call itself was sent
   * before.
   */
  showCalls(calls: readonly ShownCall[]): void {
    if (calls.length === 0) return;
    this.#shownCalls ??= new Map();
    for (const shown of calls) {
      const { callId, state } = shown.call;
      const previous = this.#shownCalls.get(callId);
      const isOver = state === 'ended';
      if (shown.text === previous?.text || (isOver && !previous)) continue;
      if (isOver) this.#shownCalls.delete(callId);
      else this.#shownCalls.set(callId, shown);
      this.#write(shown.frame);
    }
  }

  /** Ends what the console was sent but its agent may no longer see. */
  forget(hears: (accountId: string | undefined) => boolean): void {
    const shown = [...(this.#shownRings?.values() ?? [])];
    for (const { callId, accountId } of [...shown, ...this.#overRings]) {
      if (hears(accountId)) continue;
      this.#shownRings?.delete(callId);
      this.send({ type: 'ringing', callId, agents: [], soleCandidate: false });
    }
    this.#ringing = this.#ringing.filter(({ accountId }) => hears(accountId));
    this.#overRings = this.#overRings.filter(({ accountId }) => hears(accountId));
    for (const [callId, { call }] of this.#shownCalls ?? []) {
      if (hears(call.accountId)) continue;
      this.#shownCalls?.delete(callId);
      this.send({ type: 'call', call: endOf(call) });
    }
  }

  /** Sends the ringing calls whose offers the console has by now. */
  showMissingRings(): void {
    const before = this.#shownRings;
    if (!before && this.#ringing.length === 0) return;
    const shown = new Map<string, RingingCall>();
    for (const call of this.#ringing) {
      // A console must receive the offer before any other frame about a call.
      if (call.cursor > this.#sent) continue;
      shown.set(call.callId, call);
      if (before?.get(call.callId) === call) continue;
      const { agents, forSoleCandidate, forOthers } = call;
      const mine = agents[0]?.id === this.agent.id ? forSoleCandidate : undefined;
      this.#write(mine ?? forOthers);
    }
    for (const { callId, accountId } of before?.values() ?? []) {
      if (!shown.has(callId)) this.#overRings = [...this.#overRings, { callId, accountId }];
    }
    this.#overRings = this.#overRings.slice(-MOST_OVER);
    this.#shownRings = shown.size > 0 ? shown : undefined;
  }

  /** Sends the reason and closes. */
  refuse(...why: Parameters<ConsoleSocket['refuse']>): void {
    this.#socket.refuse(...why);
  }
}

/** The end of a call for a console, without what happened to the call since. */
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
