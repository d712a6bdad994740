import type { Agent, LogBody } from '../../shared/protocol/frames.ts';
import type { CallRights, Role } from '../../shared/protocol/rights.ts';
import type { RelayedCallRecord } from './relayed-call-record.ts';
import type { ClaimRecord, Refusal } from './claim-record.ts';

/**
 * What the relay remembers. Asynchronous so that a store over the network (NATS JetStream) can take SQLite's place:
 * each method is atomic by itself, and nothing outside relies on more than that. Every method rejects when the
 * store fails; what it was to write is then not written.
 */
export interface Store {
  /** Whether what is written now is on the disk. If not it is in memory, and written as soon as the disk takes it. */
  durable(): boolean;
  /** Names this log; changes when the log is another one. */
  epoch(): Promise<string>;
  /** Gives the log another name, so that every console starts afresh. */
  renewEpoch(): Promise<void>;

  /**
   * Commits one delivery with the events found in it, durably: when this resolves, they survive a crash. Events
   * whose identity is known already are not added again.
   *
   * The offer of a relayed call also opens its record, so that a crash does not lose WhatsApp's SDP. A customer's
   * call opens for the consoles with its offer or its announcement, whichever comes first.
   *
   * @returns the entries that are new, in order
   */
  append(delivery: Delivery, events: readonly IdentifiedBody[]): Promise<readonly AddedEntry[]>;

  /** Commits a message that an agent sent, durably; not again if `identity` is known already. */
  appendMessage(body: LogBody, at: number, identity?: string): Promise<void>;

  /** The span of the log. */
  extent(): Promise<Extent>;

  /** Up to `limit` entries after `cursor`, in order; one that cannot be read is returned as `unreadable`. */
  entriesAfter(cursor: number, limit: number): Promise<readonly LogEntry[]>;

  /** Customers' calls offered at or after `since` (Unix ms) that have neither ended nor been claimed. */
  ringing(since: number): Promise<readonly ClaimRecord[]>;

  /** A customer's call; undefined if there never was one, or it is no longer kept. */
  call(callId: string): Promise<ClaimRecord | undefined>;

  /** Reserves a call for one agent. Others can then neither reserve nor claim it. */
  reserve(callId: string, agent: Agent): Promise<Verdict>;
  /** Agents with a reservation of a call that has neither ended nor been claimed. */
  agentsWithReservations(): Promise<readonly string[]>;
  /** Customers' calls of which the relay first heard at or after `since` (Unix ms), and that are claimed and not over. */
  claimed(since: number): Promise<readonly ClaimRecord[]>;
  /** Drops an agent's reservations. */
  dropReservations(agentId: string): Promise<void>;

  /** The first wins; repeating it is granted to the winner again. */
  claim(callId: string, agent: Agent, at: number): Promise<Verdict>;
  /** Gives back a claim and with it the reservation. */
  release(callId: string, agent: Agent, why: string, at: number): Promise<Verdict>;
  /** Remembers that an agent does not take a call, and drops their reservation of it. */
  decline(callId: string, agentId: string): Promise<ClaimRecord | undefined>;

  /** A relayed call; undefined if there never was one, or it is no longer kept. */
  relayedCall(callId: string): Promise<RelayedCallRecord | undefined>;
  /** Relayed calls that are not over, oldest first. */
  openRelayedCalls(): Promise<readonly RelayedCallRecord[]>;
  /**
   * Saves a relayed call's record together with the log entries of its change; both or neither.
   *
   * @throws TakenOver when it is another node's call by now
   */
  saveRelayedCall(
    record: RelayedCallRecord,
    bodies: readonly LogBody[],
    at: number,
  ): Promise<{ record: RelayedCallRecord; entries: readonly LogEntry[] }>;
  /**
   * Gives a relayed call of a node that is gone to another one; the first wins.
   *
   * @param from the node that has it
   * @returns undefined if the call is over, or another node's by now
   */
  adoptRelayedCall(
    callId: string,
    from: string | undefined,
    to: string,
  ): Promise<RelayedCallRecord | undefined>;
  /**
   * After a restart, under a clock that was perhaps set back meanwhile: no call rings from later than `now` on (Unix ms),
   * and nobody's wrap-up is longer than `wrapUpMs` from then.
   */
  notLaterThan(now: number, wrapUpMs: number): Promise<void>;
  /** Forgets deliveries, entries and finished calls from before `before` (Unix ms). Returns how many entries went. */
  prune(before: number): Promise<number>;

  /**
   * Calls `listener` when something was written from elsewhere: with the entries that were added, none if it added
   * none. A store that only this process writes to never calls it.
   *
   * @returns ends it
   */
  watch(listener: (entries: readonly AddedEntry[]) => void): () => void;

  /** Resolves when all that was written elsewhere before now is known here. */
  catchUp(): Promise<void>;

  agents: AgentStore;
  close(): Promise<void>;
}

/** Another node has the call by now: this one was taken for dead. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

/** Who may connect. Tokens are known by their hash only. */
export interface AgentStore {
  /**
   * Adds all of these agents, or none of them.
   *
   * @returns the ids that are taken; empty when all were added
   */
  add(agents: readonly NewAgent[], at: number): Promise<readonly string[]>;
  /** Changes what is given. False if there is no such agent. */
  update(id: string, change: Partial<Rights>): Promise<boolean>;
  /** Gives an agent another token. False if there is no such agent. */
  rotate(id: string, tokenHash: string): Promise<boolean>;
  /** False if there is no such agent. */
  remove(id: string): Promise<boolean>;
  list(): Promise<readonly AgentRecord[]>;
  /** Changes whenever an agent, their token or their rights do, by whichever process. Cheap to ask. */
  version(): Promise<string>;
  byTokenHash(tokenHash: string): Promise<Member | undefined>;
  /** An agent is busy with what follows a call until then, Unix ms; undefined: no longer. */
  wrapUp(id: string, until: number | undefined): Promise<void>;
  /** Notes how far agents' consoles have stored the log, for the relay's operator; all of it or nothing. */
  acknowledged(acks: readonly Acknowledged[], at: number): Promise<void>;
}

/** The last entry that an agent's console has stored. */
export interface Acknowledged {
  /** The agent's. */
  id: string;
  cursor: number;
}

/** What an agent may see and do; `src/relay/access` decides by it. */
export interface Rights {
  /** The id of the workspace that the agent belongs to. */
  workspace: string;
  role: Role;
  team?: string | undefined;
  calls: CallRights;
  /** The accounts whose calls and messages the agent has, of those of the workspace. */
  numbers: 'all' | readonly string[];
}

export interface Member extends Agent, Rights {}

export interface NewAgent extends Member {
  tokenHash: string;
}

export interface AgentRecord extends NewAgent {
  addedAt: number;
  /** The last entry their console has stored, and when it last said so, Unix ms. */
  acked?: { cursor: number; at: number } | undefined;
  /** What follows their last call is over then, Unix ms; may be past. */
  wrapUpUntil?: number | undefined;
}

export interface LogEntry {
  cursor: number;
  /** When it was committed, Unix ms. */
  at: number;
  /** Whose entry it is; undefined only in what an earlier relay wrote, where nothing tells it. */
  accountId?: string | undefined;
  body: LogBody;
}

/** A body and what makes it the same as another one. */
export interface IdentifiedBody {
  identity: string;
  body: LogBody;
  /** WhatsApp's SDP in a relayed call: for the relay, not for the consoles. */
  sdp?: string | undefined;
  /** The node that a relayed call begins at. */
  node?: string | undefined;
  /** Consoles take this number's calls as soon as they are announced: without an SDP, or with one that they read. */
  byAnnouncement?: boolean | undefined;
}

export interface AddedEntry extends LogEntry {
  sdp?: string | undefined;
}

/** A webhook delivery as it came, kept beside what was understood of it. */
export interface Delivery {
  accountId: string;
  /** Unix ms. */
  receivedAt: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  problems: readonly { path: string; why: string }[];
}

interface Extent {
  /** The last entry's cursor; 0 in a new log. */
  head: number;
  /** Entries up to this cursor are no longer kept; 0 if all are. */
  prunedTo: number;
}

export type Verdict =
  /** `entry`: what was added to the log by it. */
  { kind: 'granted'; entry?: LogEntry | undefined } | Refusal;

/** One call of `append`. */
export interface Append {
  delivery: Delivery;
  events: readonly IdentifiedBody[];
}

/** A store in one database, with what only the one beside it asks. */
export interface SqliteStore extends Store {
  /** Like `append`, of several deliveries in one transaction; all or nothing. */
  appendAll: (group: readonly Append[]) => Promise<readonly (readonly AddedEntry[])[]>;
  /** Whether the log has an entry of this identity. */
  knows: (identity: string) => boolean;
  extentNow: () => Extent;
}
