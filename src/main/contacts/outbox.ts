import { assertNever } from '../../shared/lib/assert-never.ts';
import { KeyedQueue } from '../../shared/lib/keyed-queue.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import { ownError } from '../../shared/providers/own-errors.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Sent } from '../../shared/protocol/log-entry.ts';
import type { Answer } from '../../shared/providers/client.ts';
import type { Messages } from '../calls/ports.ts';
import type { ContactFact, Contacts } from '../db/contacts.ts';
import { bodyOf, type Outgoing, outgoingOf } from '../db/outgoing.ts';
import { ownIdentity, type OwnMessages, unsentIdentity } from '../db/own-messages.ts';
import { describe, type Log } from '../log.ts';
import { providerRefusal, Refusal, refusal } from '../refusal.ts';

export interface OutboxPorts {
  store: Pick<Contacts, 'add' | 'setStatus' | 'spellingOf'>;
  own: OwnMessages;
  accounts: readonly { id: string }[];
  /** @throws Refusal if the number cannot send messages */
  messages: (accountId: string) => Messages;
  self: () => Agent | undefined;
  /** Tells the other consoles. */
  report: (message: {
    accountId: string;
    party: Party;
    messageId: string;
    sent: Sent;
  }) => Promise<void>;
  now: () => number;
  newId: () => string;
  log: Log;
  changed: () => void;
}

/**
 * Messages on their way to customers. Each is stored before it is sent, so that one which the provider
 * refuses, or which a crash interrupts, is in the timeline and can be tried again. One person's
 * messages leave in the order in which they were written.
 */
export class Outbox {
  readonly #ports: OutboxPorts;
  readonly #queue: KeyedQueue;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
    this.#queue = new KeyedQueue((_, error) =>
      ports.log.warn(`contacts: a message was not sent: ${describe(error)}`),
    );
    for (const { id } of ports.accounts) ports.own.interrupt(id, ownError('interrupted'));
  }

  /**
   * Resolves once the message is stored. If it cannot be, resolves when the provider has accepted it.
   *
   * @throws Refusal if the message is stored nowhere, so that the window keeps it
   */
  async send(accountId: string, party: Party, outgoing: Outgoing): Promise<void> {
    const { store, own, changed } = this.#ports;
    this.#ports.messages(accountId);
    const fact = this.#factOf(accountId, party, outgoing);
    store.add(fact);
    changed();
    const error = this.#pass(fact, outgoing);
    if (own.get(fact.identity)) return;
    const refused = await error;
    if (refused) throw new Refusal(providerRefusal(refused));
  }

  /** Sends a failed message of this agent's again. Pressed twice, it is sent once. @throws Refusal */
  retry(identity: string): void {
    const { own, changed } = this.#ports;
    const before = own.get(identity);
    if (before?.body.kind !== 'message-out' || before.body.retried) return;
    const outgoing = outgoingOf(before.body);
    if (!outgoing) throw refusal('internal');
    this.#ports.messages(before.accountId);
    const fact = this.#factOf(before.accountId, before.party, outgoing);
    if (!own.retry(identity, fact)) throw refusal('internal');
    changed();
    void this.#pass(fact, outgoing);
  }

  /** Resolves when everything written so far was answered. */
  idle(): Promise<void> {
    return this.#queue.done();
  }

  #pass(fact: ContactFact, outgoing: Outgoing) {
    return this.#queue.run(personKey(fact.party) ?? '', () => this.#passNow(fact, outgoing));
  }

  /** @returns why the provider did not take it */
  async #passNow(fact: ContactFact, outgoing: Outgoing) {
    const { store, own, changed } = this.#ports;
    const { accountId, party, identity, messageId: ownId = '' } = fact;
    const answer = await this.#ask(accountId, store.spellingOf(party), outgoing);
    if (!answer.ok) {
      store.setStatus(accountId, ownId, 'failed', answer.error);
      changed();
      return answer.error;
    }
    const { messageId } = answer.value;
    const body = bodyOf(outgoing, this.#name());
    own.accepted(identity, {
      ...fact,
      identity: ownIdentity(accountId, messageId),
      messageId,
      body,
    });
    changed();
    await this.#ports.report({ accountId, party, messageId, sent: sentOf(outgoing) });
    return undefined;
  }

  #ask(accountId: string, to: Party, outgoing: Outgoing): Promise<Answer<{ messageId: string }>> {
    const messages = this.#ports.messages(accountId);
    switch (outgoing.what) {
      case 'text':
        return messages.sendText(to, outgoing.text, outgoing.replyTo);
      case 'contact-request':
        return messages.sendContactRequest(to, outgoing.text);
      case 'template':
        return messages.sendTemplate(to, outgoing.template);
      case 'call-button': {
        const { what: _, ...button } = outgoing;
        return messages.sendCallButton(to, button);
      }
      default:
        return assertNever(outgoing, 'message');
    }
  }

  #factOf(accountId: string, party: Party, outgoing: Outgoing): ContactFact {
    const { newId, now } = this.#ports;
    const id = `ringdesk:${newId()}`;
    const body = { ...bodyOf(outgoing, this.#name()), unsent: true };
    return {
      identity: unsentIdentity(accountId, id),
      accountId,
      party,
      at: now(),
      messageId: id,
      body,
    };
  }

  #name(): string {
    return this.#ports.self()?.name ?? '';
  }
}

function sentOf(outgoing: Outgoing): Sent {
  const { what, text } = outgoing;
  switch (what) {
    case 'text':
      return { what, text, replyTo: outgoing.replyTo };
    case 'template':
      return { what, name: outgoing.template.name, text };
    case 'call-button':
    case 'contact-request':
      return { what, text };
    default:
      return assertNever(outgoing, 'message');
  }
}
