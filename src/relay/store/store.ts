import type { ErasedRows, Erasure } from '../../shared/protocol/erasure.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { AnsweredEntry, LogBody } from '../../shared/protocol/log-entry.ts';
import type { LegalHold } from '../../shared/protocol/legal-hold.ts';
import type { Todo, TodoAction } from '../../shared/protocol/todo.ts';
import type { Actor, Decision } from '../../shared/todo/actions.ts';
import type { AgentStore } from './agent-store.ts';
import type { ClaimRecord, Refusal } from './claim-record.ts';
import type { DispatchStore } from './dispatch-store.ts';
import type { InvitationStore } from './invitation-store.ts';
import type { PeopleStore } from './people-store.ts';
import type { RelayedCallRecord } from './relayed-call-record.ts';

/**
 * The relay's persistent state. Asynchronous so that a store over the network (NATS JetStream) can
 * replace SQLite: each method is atomic, and nothing outside relies on more than that. Every method
 * rejects if the store fails; its write is then not done.
 */
export interface Store {
  /**
   * Whether writes are on disk now. If not, they are in memory and written as soon as the disk can
   * be written.
   */
  durable(): boolean;
  /**
   * Tries whether the store takes something now, without waiting for somebody to have something to
   * store. `durable` knows afterwards.
   */
  probe(): Promise<void>;
  /** Identifies this log; changes if it is replaced by another one. */
  epoch(): Promise<string>;
  /** Gives the log a new epoch, so that every console starts over. */
  renewEpoch(): Promise<void>;

  /**
   * Commits one delivery with the events found in it, durably: when this resolves, they survive a
   * crash. Events with a known identity are not added again. The offer of a relayed call also opens
   * its record, so that a crash does not lose WhatsApp's SDP. A customer's call opens for the
   * consoles with its offer or its announcement, whichever comes first.
   *
   * @returns the new entries, in order
   */
  append(delivery: Delivery, events: readonly IdentifiedBody[]): Promise<readonly AddedEntry[]>;

  /** Commits an agent's message durably; not again if `identity` is known. */
  appendMessage(body: LogBody, at: number, identity?: string): Promise<void>;

  /** The span of the log. */
  extent(): Promise<Extent>;

  /** Up to `limit` entries after `cursor`, in order; one that cannot be read is returned as `unreadable`. */
  entriesAfter(cursor: number, limit: number): Promise<readonly LogEntry[]>;

  /** Up to `limit` of agents' notes before `cursor`, newest first. */
  notesBefore(cursor: number, limit: number): Promise<readonly LogEntry[]>;

  /**
   * Up to `limit` of the customers who wait, in the order of their keys; `after` the given one.
   */
  todos(limit: number, after?: { accountId: string; customer: string }): Promise<readonly Todo[]>;
  /** A customer at one of our numbers; undefined if they never waited, or are forgotten. */
  todo(accountId: string, customer: string): Promise<Todo | undefined>;
  /** Where else the customer of an entry waits, or a person merged with them, if it tells that they were answered. */
  answeredElsewhere(
    entry: Pick<LogEntry, 'body' | 'at'>,
    isOurs: (accountId: string, other: string) => boolean,
  ): Promise<readonly AnsweredEntry[]>;
  /** Decides what an agent does with a customer who waits, and logs it if it is granted. */
  changeTodo(request: TodoRequest): Promise<TodoVerdict>;

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
   * Moves a relayed call from a node that is gone to another one; the first to ask wins.
   *
   * @param from the node that has the call
   * @returns undefined if the call is over or already at another node
   */
  adoptRelayedCall(
    callId: string,
    from: string | undefined,
    to: string,
  ): Promise<RelayedCallRecord | undefined>;
  /**
   * After a restart, when the clock may have been set back: no call rings from later than `now`
   * (Unix ms), and no wrap-up is longer than `wrapUpMs` from then.
   */
  notLaterThan(now: number, wrapUpMs: number): Promise<void>;
  /**
   * Removes deliveries, entries and finished calls before `before` (Unix ms). Returns the number of
   * removed entries.
   */
  prune(before: number): Promise<number>;

  /**
   * Erases a person, and logs that they were. Rejects while the store is in memory.
   *
   * @returns undefined while one of their calls goes on: nothing was erased
   */
  erase(
    asked: Erase,
  ): Promise<
    { rows: Omit<ErasedRows, 'recordings' | 'held' | 'silent'>; traces: ErasedTraces } | undefined
  >;
  /** Remembers an erasure that was carried out elsewhere. */
  noteErasure(workspace: string, erasure: Erasure): Promise<void>;
  /** Who was erased after a time, Unix ms, in order; kept longer than the log. */
  erasures(workspace: string, after: number): Promise<readonly Erasure[]>;

  /** Puts a call's recordings on legal hold, or lifts it, and logs that. Rejects while the store is in memory. */
  hold(hold: LegalHold): Promise<void>;
  /** Remembers a legal hold that was logged elsewhere. */
  noteHold(hold: LegalHold): Promise<void>;
  /** The last word about each call; kept longer than the log. */
  holds(): Promise<readonly LegalHold[]>;

  /**
   * Calls `listener` when something else wrote to the store, with the added entries, or none. Never
   * called by a store that only this process writes to.
   *
   * @returns unsubscribes
   */
  watch(listener: (entries: readonly AddedEntry[]) => void): () => void;

  /** When each account's latest webhooks came, by account id; none for one that has been silent for long. */
  lastWebhooks(): Promise<ReadonlyMap<string, LastWebhooks>>;

  /** Resolves when all that was written elsewhere before now is known here. */
  catchUp(): Promise<void>;

  people: PeopleStore;
  agents: AgentStore;
  invitations: InvitationStore;
  dispatches: DispatchStore;
  close(): Promise<void>;
}

/** Whom to erase, and at which numbers of ours. */
export interface Erase {
  workspace: string;
  accounts: readonly string[];
  erasure: Erasure;
}

/** By what an erased person is found where a store keeps what its rows were made from. */
export interface ErasedTraces {
  /** Their numbers and user ids. */
  words: readonly string[];
  /** Of their calls and messages. */
  ids: readonly string[];
}

/** The call is at another node now: that node took this one for dead. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

export interface LogEntry {
  cursor: number;
  /** When it was committed, Unix ms. */
  at: number;
  /** The entry's account; undefined only for an earlier relay's entry that does not contain it. */
  accountId?: string | undefined;
  body: LogBody;
}

/** A body and its identity, by which repetitions are recognised. */
export interface IdentifiedBody {
  identity: string;
  body: LogBody;
  /** WhatsApp's SDP in a relayed call; for the relay only. */
  sdp?: string | undefined;
  /** The node where a relayed call begins. */
  node?: string | undefined;
  /**
   * Consoles take this number's calls as soon as they are announced: without an SDP, or with one
   * that they read themselves.
   */
  byAnnouncement?: boolean | undefined;
}

export interface AddedEntry extends LogEntry {
  sdp?: string | undefined;
}

/** A webhook delivery as received, stored beside the events read from it. */
export interface Delivery {
  accountId: string;
  /** Unix ms. */
  receivedAt: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  problems: readonly { path: string; why: string }[];
  /** Why it is not one that its number has received: it could not be read, or is about other numbers. */
  unused?: Unused | undefined;
}

export const UNUSED = ['unreadable', 'foreign'] as const;
type Unused = (typeof UNUSED)[number];

/** When a number's latest webhooks came, Unix ms. */
export interface LastWebhooks {
  /** Of those about it; undefined if none has come for long. */
  takenAt?: number | undefined;
  /** Of those that proved genuine and could not be read. */
  unreadableAt?: number | undefined;
}

interface Extent {
  /** The last entry's cursor; 0 in a new log. */
  head: number;
  /** Entries up to this cursor are no longer kept; 0 if all are. */
  prunedTo: number;
}

/** An agent's action about a customer who waits. */
export interface TodoRequest {
  accountId: string;
  customer: string;
  action: TodoAction;
  actor: Actor;
  /** To whom the customer is assigned. */
  to?: Agent | undefined;
  /**
   * The id of an owner who has nothing to do with the number any more; anybody may take theirs. Part
   * of the request, because every node must decide alike, whatever agents it knows.
   */
  gone?: string | undefined;
  /** Unix ms. */
  at: number;
}

export type TodoVerdict =
  | { kind: 'granted'; entry: LogEntry }
  | Extract<Decision, { kind: 'refused' }>;

export type Verdict =
  /** `entry`: the entry that was added to the log. */
  { kind: 'granted'; entry?: LogEntry | undefined } | Refusal;

/** One call of `append`. */
export interface Append {
  delivery: Delivery;
  events: readonly IdentifiedBody[];
}

/** A SQLite store, with methods that only the store in front of it uses. */
export interface SqliteStore extends Store {
  /** Like `append` for several deliveries in one transaction; all or nothing. */
  appendAll: (group: readonly Append[]) => Promise<readonly (readonly AddedEntry[])[]>;
  /** Whether the log contains an entry with this identity. */
  knows: (identity: string) => boolean;
  extentNow: () => Extent;
}
