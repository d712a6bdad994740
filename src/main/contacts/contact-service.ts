import { accountOf, providerOf } from '../numbers/known-number.ts';
import { t } from '../../shared/i18n/i18n.ts';
import type { ContactFacts } from '../../shared/ipc/contacts.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { LogBody, NotedEntry, Sent } from '../../shared/protocol/log-entry.ts';
import type { PermissionRequest, Provider, Template } from '../calls/ports.ts';
import { notOffered, orProviderRefusal } from '../refusal.ts';
import { ContactLog } from './contact-log.ts';
import { factsOf, withAnswer } from './facts.ts';
import { Outbox } from './outbox.ts';
import type { Outgoing } from '../db/outgoing.ts';
import type { ContactPorts } from './ports.ts';
import { TeammateCalls } from './teammate-calls.ts';

/** Providers limit these questions (error 613), so an answer is reused for this long, in ms. */
const PERMISSION_FRESH_MS = 20_000;

/**
 * Contacts, apart from their calls: facts for the calling rules, messages and permission requests.
 * What the provider accepts, the relay forwards to the other consoles.
 */
export class ContactService {
  readonly #ports: ContactPorts;
  readonly #log: ContactLog;
  readonly #outbox: Outbox;
  readonly #teammateCalls = new TeammateCalls();

  constructor(ports: ContactPorts) {
    this.#ports = ports;
    this.#log = new ContactLog(ports);
    this.#outbox = new Outbox({
      ...ports,
      messages: (accountId) => this.#messages(accountId),
      report: (message) => this.#report(message),
      now: () => ports.clock.now(),
    });
  }

  /**
   * Stores what an entry reports. Call it before the entry's cursor is stored.
   * @throws what the database threw
   */
  handleEntry(body: LogBody): void {
    this.#teammateCalls.handleEntry(body, this.#ports.self()?.id);
    if (this.#log.handleEntry(body)) this.#ports.changed();
  }

  /**
   * Stores what agents wrote down before this console followed the log.
   *
   * @param notes newest first
   */
  addEarlierNotes(notes: readonly NotedEntry[]): void {
    if (this.#log.addEarlierNotes(notes)) this.#ports.changed();
  }

  /** The provider assigned these ids to a call of this console. */
  handleNamed(accountId: string, ids: readonly string[]): void {
    if (this.#log.handleNamed(accountId, ids)) this.#ports.changed();
  }

  /**
   * The facts that the calling rules need. `fresh`: asks the provider for the permission unless it
   * was just asked.
   */
  async facts(accountId: string, party: Party, fresh: boolean): Promise<ContactFacts> {
    const account = accountOf(this.#ports, accountId);
    const provider = this.#ports.provider(accountId);
    await this.#ports.numberService.refreshSettings(accountId);
    const known = () => factsOf(this.#ports, this.#teammateCalls, account, party);
    if (!fresh || !provider || provider.capabilities.permissions !== 'available') return known();
    if (personKey(party) === undefined) return known();
    const last = this.#ports.store.permission(accountId, party);
    if (last && this.#ports.clock.now() - last.checkedAt < PERMISSION_FRESH_MS) return known();
    const answer = await provider.permission(this.spelled(party));
    if (answer.ok) {
      this.#ports.store.savePermission(accountId, party, answer.value);
      return withAnswer(known(), answer.value);
    }
    this.#ports.numberService.noteRefusal(accountId, answer.error);
    return last ? known() : withAnswer(known(), 'unavailable');
  }

  /** This agent has read what the person wrote up to `to`, Unix ms. */
  markRead(party: Party, to: number): void {
    if (this.#ports.store.markRead(party, to)) this.#ports.changed();
  }

  /** The same person, with the number in WhatsApp's spelling. */
  spelled(party: Party): Party {
    return this.#ports.store.spellingOf(party);
  }

  /** @throws Refusal */
  async requestPermission(
    accountId: string,
    party: Party,
    request: PermissionRequest,
  ): Promise<void> {
    const { messageId } = orProviderRefusal(
      await providerOf(this.#ports, accountId).requestPermission(this.spelled(party), request),
    );
    await this.#sent(accountId, party, messageId, {
      what: 'permission-request',
      ...(request.kind === 'free-form' && request.text !== '' && { text: request.text }),
      ...(request.kind === 'template' && { template: request.template.name }),
    });
  }

  /** @throws Refusal if it is stored nowhere; see `Outbox.send` */
  send(accountId: string, party: Party, outgoing: Outgoing): Promise<void> {
    return this.#outbox.send(accountId, party, outgoing);
  }

  /** Sends a failed message of this agent's again. @throws Refusal */
  retry(identity: string): void {
    this.#outbox.retry(identity);
  }

  /** Resolves when everything written so far was answered. */
  idle(): Promise<void> {
    return this.#outbox.idle();
  }

  /** @throws Refusal */
  async templates(accountId: string): Promise<readonly Template[]> {
    return orProviderRefusal(await this.#messages(accountId).templates());
  }

  async #sent(
    accountId: string,
    party: Party,
    messageId: string | undefined,
    sent: Sent,
  ): Promise<void> {
    const { clock, newId, changed } = this.#ports;
    const by = this.#ports.self() ?? { id: 'self', name: '' };
    // Without a provider's id, one of ours identifies the message when the relay repeats it.
    const id = messageId ?? `ringdesk:${newId()}`;
    this.#log.addSent({ accountId, by, party, messageId: id, sent, at: clock.now() });
    changed();
    await this.#report({ accountId, party, messageId: id, sent });
  }

  async #report(message: Parameters<ContactPorts['reportSent']>[0]): Promise<void> {
    const { reportSent, log } = this.#ports;
    if (await reportSent(message)) return;
    log.warn(`contacts: the relay did not take a sent ${message.sent.what}`);
  }

  #messages(accountId: string): NonNullable<Provider['messages']> {
    const { messages } = providerOf(this.#ports, accountId);
    if (messages) return messages;
    throw notOffered(t('notOffered.messages'));
  }
}
