import { assertNever } from '../../shared/lib/assert-never.ts';
import { callbackDataOf } from '../../shared/call/ids.ts';
import { type CallTerminated, isAboutCall, type Party } from '../../shared/providers/events.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { LogBody, NotedEntry, Sent } from '../../shared/protocol/log-entry.ts';
import type { PeopleEntry } from '../../shared/protocol/people.ts';
import { isEmptyNote, noteIdentity } from '../db/call-notes.ts';
import type { ContactBody } from '../db/contact-body.ts';
import { messageIdentity, ownIdentity } from '../db/own-messages.ts';
import { toldBy } from './people-sharing.ts';
import type { ContactPorts } from './ports.ts';

type ProviderEntry = Extract<LogBody, { type: 'provider' }>;

/**
 * Stores what the relay's log reports about people and numbers. Repeated entries change nothing.
 */
export class ContactLog {
  readonly #ports: ContactPorts;

  constructor(ports: ContactPorts) {
    this.#ports = ports;
  }

  /**
   * Stores an entry. Call it before the entry's cursor is stored: after a crash in between, the
   * entry is delivered again.
   *
   * @returns whether anything is new
   * @throws what the database threw
   */
  handleEntry(body: LogBody): boolean {
    if (body.type === 'sent') {
      if (!this.#known(body.accountId)) return false;
      // Whoever answers has read, on whichever of their computers.
      const isOwn = body.by.id === this.#ports.self()?.id;
      const hasRead = isOwn && this.#ports.store.markRead(body.party, body.at);
      return this.addSent(body) || hasRead;
    }
    if (body.type === 'described' || body.type === 'merged') {
      return this.#known(body.accountId) && this.#describe(body);
    }
    if (body.type === 'noted') return this.#known(body.accountId) && this.#addNote(body);
    return body.type === 'provider' && this.#known(body.accountId) && this.#fromProvider(body);
  }

  /**
   * Stores a message that an agent sent, here or elsewhere. Reported twice, it is still one row.
   */
  addSent(message: {
    accountId: string;
    by: Agent;
    party: Party;
    messageId?: string | undefined;
    sent: Sent;
    at?: number | undefined;
  }): boolean {
    const { accountId, party, messageId, by, sent } = message;
    const at = message.at ?? this.#ports.clock.now();
    return this.#ports.store.add({
      identity: this.#identityOfSent(message, at),
      accountId,
      party,
      at,
      messageId,
      body: sentBody(sent, by.name),
    });
  }

  /** What an agent wrote down about a person, this one among them: all consoles keep the same. */
  #describe(entry: PeopleEntry): boolean {
    const isNew = this.#ports.store.hear([toldBy(entry, this.#ports.self()?.id)]);
    if (isNew) this.#ports.described();
    return isNew;
  }

  /** A teammate's note about a call, which replaces their earlier one. Our own is stored here. */
  #addNote(note: NotedEntry): boolean {
    const { store, self } = this.#ports;
    if (note.by.id === self()?.id) return false;
    const fact = factOf(note);
    const removed = store.remove(fact.identity);
    return isEmptyNote(fact.body) ? removed : store.add(fact);
  }

  /**
   * Stores what agents wrote down before this console followed the log, this agent elsewhere among
   * them. What it has heard of since stays.
   *
   * @param notes newest first: later ones replace what the same agent wrote before
   * @returns whether anything is new
   */
  addEarlierNotes(notes: readonly NotedEntry[]): boolean {
    const newest = new Map<string, ReturnType<typeof factOf>>();
    for (const note of notes) {
      const fact = factOf(note);
      if (this.#known(note.accountId) && !newest.has(fact.identity)) {
        newest.set(fact.identity, fact);
      }
    }
    const written = [...newest.values()].filter(({ body }) => !isEmptyNote(body));
    return written.map((fact) => this.#ports.store.add(fact)).includes(true);
  }

  /** A teammate's report never stands in the place of another's, or of our own. */
  #identityOfSent(
    { accountId, messageId, by }: { accountId: string; messageId?: string | undefined; by: Agent },
    at: number,
  ): string {
    if (messageId === undefined) return `${accountId}/sent/${by.id}:${at}`;
    const own = this.#ports.self()?.id ?? 'self';
    const identity = ownIdentity(accountId, messageId);
    return by.id === own || by.id === 'self' ? identity : `${identity}/${by.id}`;
  }

  /**
   * The provider assigned these ids to a call of this console. Reports that arrived earlier looked
   * like a teammate's call and are removed.
   *
   * @returns whether anything was removed
   */
  handleNamed(accountId: string, ids: readonly string[]): boolean {
    const removed = ids.map((id) => this.#ports.store.remove(colleagueCallIdentity(accountId, id)));
    return removed.includes(true);
  }

  #fromProvider({ accountId, providerCallId, callbackData, event }: ProviderEntry): boolean {
    const { store } = this.#ports;
    if (event.kind === 'offer') this.#ports.facts.handleRing(accountId, event.at, event.sdp);
    if (event.kind === 'announced' && event.direction === 'inbound') {
      this.#ports.facts.handleRing(accountId, event.at, undefined);
    }
    if (isAboutCall(event)) {
      return (
        event.kind === 'terminated' &&
        this.#colleagueCall(accountId, providerCallId, callbackData, event)
      );
    }
    switch (event.kind) {
      case 'message': {
        const { at, party, messageId, type, text, file, replyTo } = event;
        const identity = messageIdentity(accountId, messageId);
        const body = { kind: 'message-in', type, text, file, replyTo } as const;
        return store.add({ identity, accountId, party, at, messageId, body });
      }
      case 'message-status': {
        store.setStatus(accountId, event.messageId, event.status, event.errors[0]);
        return true;
      }
      case 'permission': {
        const { at, party, granted, permanent, expiresAt, source } = event;
        const who = party.waId ?? party.userId ?? '';
        return store.add({
          identity: `${accountId}/permission/${who}/${at}/${granted ? 'yes' : 'no'}`,
          accountId,
          party,
          at,
          body: { kind: 'permission', granted, permanent, expiresAt, source },
        });
      }
      case 'moved':
        store.move(event.before, event.now, event.at);
        return true;
      case 'number':
        this.#ports.facts.handleReport(accountId, event);
        return true;
      default:
        return assertNever(event, 'provider event');
    }
  }

  /**
   * A teammate's call does not belong to this console, but it counts against the customer's call
   * limits.
   */
  #colleagueCall(
    accountId: string,
    providerCallId: string | undefined,
    callbackData: string | undefined,
    event: CallTerminated,
  ): boolean {
    if (event.direction !== 'outbound' || providerCallId === undefined) return false;
    if (this.#ports.isOurs(accountId, providerCallId)) return false;
    // Our own call, reported before the provider answered the request to place it.
    if (this.#ports.live().some(({ id }) => callbackData === callbackDataOf(id))) return false;
    const { startedAt, durationSeconds } = event;
    return this.#ports.store.add({
      identity: colleagueCallIdentity(accountId, providerCallId),
      accountId,
      party: event.party,
      at: startedAt ?? event.at,
      body: {
        kind: 'colleague-call',
        outcome: startedAt !== undefined ? 'connected' : event.failed ? 'failed' : 'unanswered',
        connectedAt: startedAt,
        talkSeconds: durationSeconds,
      },
    });
  }

  #known(accountId: string): boolean {
    return this.#ports.accounts.some(({ id }) => id === accountId);
  }
}

/** A note as it is stored. */
function factOf({ accountId, by, at, party, providerCallId, ...noted }: NotedEntry) {
  const { text, disposition, tags = [], callbackAt } = noted;
  const identity = `${noteIdentity(accountId, providerCallId)}${by.id}`;
  const content = { text, disposition, tags, callbackAt };
  const body = { kind: 'note' as const, by: by.name, providerCallId, ...content };
  return { identity, accountId, party, at, body };
}

function colleagueCallIdentity(accountId: string, providerCallId: string): string {
  return `${accountId}/call/${providerCallId}`;
}

function sentBody(sent: Sent, by: string): ContactBody {
  switch (sent.what) {
    case 'text':
      return { kind: 'message-out', what: 'text', by, text: sent.text, replyTo: sent.replyTo };
    case 'call-button':
      return { kind: 'message-out', what: 'call-button', by, text: sent.text };
    case 'contact-request':
      return { kind: 'message-out', what: 'contact-request', by, text: sent.text };
    case 'template':
      return { kind: 'message-out', what: 'template', by, text: sent.text, template: sent.name };
    case 'permission-request':
      return { kind: 'permission-request', by, text: sent.text, template: sent.template };
    default:
      return assertNever(sent, 'sent message');
  }
}
