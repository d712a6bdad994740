import { assertNever } from '../../shared/lib/assert-never.ts';
import { callbackDataOf } from '../../shared/call/ids.ts';
import { type CallTerminated, isAboutCall, type Party } from '../../shared/providers/events.ts';
import type { Agent, LogBody, Sent } from '../../shared/protocol/frames.ts';
import type { ContactBody } from '../db/contact-body.ts';
import type { ContactPorts } from './ports.ts';

type ProviderEntry = Extract<LogBody, { type: 'provider' }>;

/** Keeps what the relay's log tells about people and numbers. Repeated entries change nothing. */
export class ContactLog {
  readonly #ports: ContactPorts;

  constructor(ports: ContactPorts) {
    this.#ports = ports;
  }

  /**
   * Stores an entry. To be called before the entry's cursor is stored: after a crash in between it
   * comes again.
   *
   * @returns whether anything is new
   * @throws what the database threw
   */
  handleEntry(body: LogBody): boolean {
    if (body.type === 'sent') {
      return this.#known(body.accountId) && this.addSent(body);
    }
    return body.type === 'provider' && this.#known(body.accountId) && this.#fromProvider(body);
  }

  /** What an agent wrote, here or elsewhere; the same message is one row, whoever tells it. */
  addSent(told: {
    accountId: string;
    by: Agent;
    party: Party;
    messageId?: string | undefined;
    sent: Sent;
    at?: number | undefined;
  }): boolean {
    const { accountId, party, messageId, by, sent } = told;
    const at = told.at ?? this.#ports.clock.now();
    return this.#ports.store.add({
      identity: `${accountId}/sent/${messageId ?? `${by.id}:${at}`}`,
      accountId,
      party,
      at,
      messageId,
      body: sentBody(sent, by.name),
    });
  }

  /**
   * A call of this console has got these ids of the provider's: what was told of it before, and
   * looked like a teammate's call, is taken back.
   *
   * @returns whether anything was
   */
  handleNamed(accountId: string, ids: readonly string[]): boolean {
    const removed = ids.map((id) => this.#ports.store.remove(colleagueCallIdentity(accountId, id)));
    return removed.includes(true);
  }

  #fromProvider({ accountId, providerCallId, callbackData, event }: ProviderEntry): boolean {
    const { store } = this.#ports;
    if (event.kind === 'offer') this.#ports.facts.handleRing(accountId, event.at, event.sdp);
    if (event.kind === 'announced' && event.direction === 'inbound') {
      this.#ports.facts.handleRing(accountId, event.at, '');
    }
    if (isAboutCall(event)) {
      return (
        event.kind === 'terminated' &&
        this.#colleagueCall(accountId, providerCallId, callbackData, event)
      );
    }
    switch (event.kind) {
      case 'message': {
        const { at, party, messageId, type, text } = event;
        const identity = `${accountId}/message/${messageId}`;
        const body = { kind: 'message-in', type, text } as const;
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
        store.move(event.before, event.now);
        return true;
      case 'number':
        this.#ports.facts.handleTold(accountId, event);
        return true;
      default:
        return assertNever(event, 'provider event');
    }
  }

  /** Calls of teammates are no calls of this console, but the customer's patience is one. */
  #colleagueCall(
    accountId: string,
    providerCallId: string | undefined,
    callbackData: string | undefined,
    event: CallTerminated,
  ): boolean {
    if (event.direction !== 'outbound' || providerCallId === undefined) return false;
    if (this.#ports.isOurs(accountId, providerCallId)) return false;
    // Our own, before the provider's answer to placing it came.
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

function colleagueCallIdentity(accountId: string, providerCallId: string): string {
  return `${accountId}/call/${providerCallId}`;
}

function sentBody(sent: Sent, by: string): ContactBody {
  switch (sent.what) {
    case 'text':
    case 'call-button':
      return { kind: 'message-out', what: sent.what, by, text: sent.text };
    case 'template':
      return { kind: 'message-out', what: 'template', by, text: sent.text, template: sent.name };
    case 'permission-request':
      return { kind: 'permission-request', by, text: sent.text, template: sent.template };
    default:
      return assertNever(sent, 'sent message');
  }
}
