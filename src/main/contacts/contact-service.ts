import { t } from '../../shared/i18n/i18n.ts';
import type { Answer } from '../../shared/providers/client.ts';
import type { Result } from '../../shared/lib/result.ts';
import type { Call } from '../../shared/call/model.ts';
import type {
  ContactFacts,
  NumberState,
  NumberView,
  RateCardInfo,
} from '../../shared/ipc/contacts.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import type { Party, ProviderError } from '../../shared/providers/events.ts';
import type { SettingsChange } from '../../shared/providers/number-settings.ts';
import type { LogBody, Sent } from '../../shared/protocol/frames.ts';
import { convertMetaRateCard, isMetaRateCard } from '../../shared/rules/cost/meta-rate-card.ts';
import { parseRateCard, type RateCardProblem } from '../../shared/rules/cost/rate-card-csv.ts';
import { factOfError } from '../../shared/providers/number-facts.ts';
import { refusalMeanings } from '../../shared/rules/data/refusals.ts';
import type { PermissionRequest, Provider, Template, TemplateUse } from '../calls/ports.ts';
import { orProviderRefusal } from '../refusal.ts';
import type { Account } from '../providers/account.ts';
import { TeammateCalls } from './teammate-calls.ts';
import { ContactLog } from './contact-log.ts';
import { factsOf, withAnswer } from './facts.ts';
import type { ContactPorts } from './ports.ts';
import { recordingOf } from '../numbers/recording-use.ts';

/** Providers count these questions (613), so an answer is good for a moment, in ms. */
const ANSWER_GOOD_MS = 20_000;
/** Settings change rarely, and changes are told by webhook, in ms. */
const SETTINGS_GOOD_MS = 600_000;
const REFUSALS_KEPT = 10;

/** Missing: stays as it is. `null`: not known, or none. */
export interface NumberNote extends Pick<NumberState, 'sandbox' | 'recording'> {
  messagingTier?: string | null | undefined;
  balance?: { amount: string; minimum: string; currency: string } | null | undefined;
}

/** Why something cannot be done here, in words for the agent. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered';
}

/**
 * Everything about people and numbers that is not a call: what the rules need to know, messages and
 * requests, settings. What an agent sends is stored when the provider has taken it, and told to the
 * other consoles by the relay.
 */
export class ContactService {
  readonly #ports: ContactPorts;
  readonly #log: ContactLog;
  readonly #colleagues = new TeammateCalls();

  constructor(ports: ContactPorts) {
    this.#ports = ports;
    this.#log = new ContactLog(ports);
  }

  /**
   * Stores what an entry tells. Call before the entry's cursor is stored.
   * @throws what the database threw
   */
  handleEntry(body: LogBody): void {
    this.#colleagues.handleEntry(body, this.#ports.self()?.id);
    if (this.#log.handleEntry(body)) this.#ports.changed();
  }

  /** The provider has given a call of this console these ids. */
  handleNamed(accountId: string, ids: readonly string[]): void {
    if (this.#log.handleNamed(accountId, ids)) this.#ports.changed();
  }

  /**
   * A call of this console is over: what the provider refused is remembered, and a success puts it
   * right.
   */
  handleEnded({ accountId, direction, phase, connectedAt, path }: Call): void {
    if (phase.name !== 'ended') return;
    const { facts } = this.#ports;
    if (phase.reason.kind === 'failed') {
      const { error } = phase.reason;
      // What our own requests met is known already (`NumberFacts.handleAnswer`).
      if (!this.#isOwn(accountId, error)) facts.handleRelayError(accountId, error);
      if (direction === 'outbound') this.#noteRefusal(accountId, error);
      return;
    }
    if (connectedAt === undefined) return;
    facts.handleTalk(accountId, path);
    if (direction === 'outbound') this.#clearRefusals(accountId);
  }

  /** Whether the number's own token met this error, too. */
  #isOwn(accountId: string, error: ProviderError): boolean {
    const kind = factOfError(error)?.kind;
    return this.#ports.numbers.get(accountId).facts.some((fact) => fact.kind === kind);
  }

  /**
   * What the rules need; `fresh`: the provider is asked about the permission unless it just was.
   */
  async facts(accountId: string, party: Party, fresh: boolean): Promise<ContactFacts> {
    const account = this.#account(accountId);
    const provider = this.#ports.provider(accountId);
    await this.#readSettings(accountId, provider);
    const known = () => factsOf(this.#ports, this.#colleagues, account, party);
    if (!fresh || !provider || provider.capabilities.permissions !== 'available') return known();
    if (personKey(party) === undefined) return known();
    const last = this.#ports.store.permission(accountId, party);
    if (last && this.#ports.clock.now() - last.checkedAt < ANSWER_GOOD_MS) return known();
    const answer = await provider.permission(this.spelled(party));
    if (answer.ok) {
      this.#ports.store.savePermission(accountId, party, answer.value);
      return withAnswer(known(), answer.value);
    }
    this.#noteRefusal(accountId, answer.error);
    return last ? known() : withAnswer(known(), 'unavailable');
  }

  /** The same person with the number as WhatsApp spells it, which its providers know best. */
  spelled(party: Party): Party {
    return this.#ports.store.spellingOf(party);
  }

  /** @throws Refusal, NotOffered */
  async requestPermission(
    accountId: string,
    party: Party,
    request: PermissionRequest,
  ): Promise<void> {
    const { messageId } = orProviderRefusal(
      await this.#provider(accountId).requestPermission(this.spelled(party), request),
    );
    await this.#sent(accountId, party, messageId, {
      what: 'permission-request',
      ...(request.kind === 'free-form' && request.text !== '' && { text: request.text }),
      ...(request.kind === 'template' && { template: request.template.name }),
    });
  }

  /** @throws Refusal, NotOffered */
  async sendText(accountId: string, party: Party, text: string): Promise<void> {
    const { messageId } = orProviderRefusal(
      await this.#messages(accountId).sendText(this.spelled(party), text),
    );
    await this.#sent(accountId, party, messageId, { what: 'text', text });
  }

  /** `text`: how the message reads, for the timeline. @throws Refusal, NotOffered */
  async sendTemplate(
    accountId: string,
    party: Party,
    template: TemplateUse,
    text: string,
  ): Promise<void> {
    const { messageId } = orProviderRefusal(
      await this.#messages(accountId).sendTemplate(this.spelled(party), template),
    );
    await this.#sent(accountId, party, messageId, { what: 'template', name: template.name, text });
  }

  /** @throws Refusal, NotOffered */
  async sendCallButton(
    accountId: string,
    party: Party,
    button: {
      text: string;
      label: string;
      minutes?: number | undefined;
      payload?: string | undefined;
    },
  ): Promise<void> {
    const { messageId } = orProviderRefusal(
      await this.#messages(accountId).sendCallButton(this.spelled(party), button),
    );
    await this.#sent(accountId, party, messageId, { what: 'call-button', text: button.text });
  }

  /** @throws Refusal, NotOffered */
  async templates(accountId: string): Promise<readonly Template[]> {
    return orProviderRefusal(await this.#messages(accountId).templates());
  }

  /**
   * A number's state with its settings as the provider tells them now.
   * @throws Refusal, NotOffered
   */
  async number(accountId: string): Promise<NumberView> {
    return orProviderRefusal(await this.#readNumber(accountId));
  }

  async #readNumber(accountId: string): Promise<Answer<NumberView>> {
    const { settings } = this.#provider(accountId);
    const answer = settings && (await settings.get());
    if (answer?.ok === false) return answer;
    const value = answer?.value;
    if (value) this.#ports.facts.handleSettings(accountId, value);
    const state = value
      ? this.#ports.numbers.change(accountId, (known) => ({
          ...known,
          settings: { value, at: this.#ports.clock.now() },
          // What is read now is newer than what was told before.
          ...(value.restrictions && { restrictions: undefined }),
        }))
      : this.#ports.numbers.get(accountId);
    const recording = recordingOf(this.#account(accountId), state);
    return { ok: true, value: { state, settings: value, recording } };
  }

  /** @returns what the provider says after the change @throws Refusal, NotOffered */
  async changeSettings(accountId: string, change: SettingsChange): Promise<NumberView> {
    const { settings } = this.#provider(accountId);
    if (!settings) throw new NotOffered(t('notOffered.settings'));
    const answer = await settings.set(change);
    if (!answer.ok) {
      this.#noteRefusal(accountId, answer.error);
      if (change.calling === true) this.#ports.facts.handleSetUpFailed(accountId, answer.error);
    }
    orProviderRefusal(answer);
    this.#clearRefusals(accountId);
    const view = await this.number(accountId);
    this.#ports.numberChanged(accountId);
    return view;
  }

  /**
   * What only people can tell: the balance, the messaging limit, a test number; and what is
   * recorded.
   */
  noteNumber(accountId: string, told: NumberNote): NumberState {
    const { balance, messagingTier, sandbox, recording } = told;
    const at = this.#ports.clock.now();
    const next = this.#ports.numbers.change(this.#account(accountId).id, (state) => ({
      ...state,
      ...(messagingTier !== undefined && { messagingTier: messagingTier ?? undefined }),
      ...(sandbox !== undefined && { sandbox }),
      ...(balance !== undefined && { balance: balance ? { ...balance, at } : undefined }),
      ...(recording !== undefined && { recording }),
    }));
    this.#ports.numberChanged(accountId);
    return next;
  }

  rateCard(): RateCardInfo | undefined {
    return this.#ports.rateCard.get();
  }

  /** Takes a card whole or not at all: in our own columns, or as Meta publishes it. */
  importRateCard(
    name: string,
    file: string,
    currency: string | undefined,
  ): Result<RateCardInfo, readonly RateCardProblem[]> {
    const today = this.#ports.clock.now();
    const own = isMetaRateCard(file)
      ? convertMetaRateCard(file, { name, currency, today })
      : { ok: true as const, value: file };
    if (!own.ok) return own;
    const csv = own.value;
    const read = parseRateCard(csv);
    if (!read.ok) return read;
    const card: RateCardInfo = {
      name,
      csv,
      currency: currency ?? read.value.rows[0]?.currency ?? 'USD',
      importedAt: today,
    };
    this.#ports.rateCard.put(card);
    this.#ports.changed();
    return { ok: true, value: card };
  }

  async #sent(
    accountId: string,
    party: Party,
    messageId: string | undefined,
    sent: Sent,
  ): Promise<void> {
    const { clock, newId, log, changed } = this.#ports;
    const by = this.#ports.self() ?? { id: 'self', name: '' };
    // Without an id of the provider's, one of ours makes the relay's echo the same message.
    const id = messageId ?? `ringdesk:${newId()}`;
    this.#log.addSent({ accountId, by, party, messageId: id, sent, at: clock.now() });
    changed();
    const told = await this.#ports.tellSent({ accountId, party, messageId: id, sent });
    if (!told) log.warn(`contacts: the relay was not told of a ${sent.what}`);
  }

  async #readSettings(accountId: string, provider: Provider | undefined): Promise<void> {
    const { numbers, clock } = this.#ports;
    const known = numbers.get(accountId).settings;
    if (!provider?.settings) return;
    if (known && clock.now() - known.at < SETTINGS_GOOD_MS) return;
    const answer = await this.#readNumber(accountId);
    if (answer.ok) return;
    const { code, message } = answer.error;
    this.#ports.log.warn(`contacts: settings could not be read: ${code}: ${message}`);
  }

  #noteRefusal(accountId: string, { code }: ProviderError): void {
    const meaning = refusalMeanings.value[code];
    // That one person cannot be called says nothing of the number; the call log has it (see
    // `facts.ts`).
    if (meaning === undefined || meaning === 'customer-not-callable') return;
    this.#ports.numbers.change(accountId, (state) => ({
      ...state,
      refusals: [
        ...state.refusals.filter((one) => one.code !== code),
        { code, at: this.#ports.clock.now() },
      ].slice(-REFUSALS_KEPT),
    }));
    this.#ports.numberChanged(accountId);
  }

  #clearRefusals(accountId: string): void {
    if (this.#ports.numbers.get(accountId).refusals.length === 0) return;
    this.#ports.numbers.change(accountId, (state) => ({ ...state, refusals: [] }));
    this.#ports.numberChanged(accountId);
  }

  #messages(accountId: string): NonNullable<Provider['messages']> {
    const { messages } = this.#provider(accountId);
    if (messages) return messages;
    throw new NotOffered(t('notOffered.messages'));
  }

  #provider(accountId: string): Provider {
    const found = this.#ports.provider(accountId);
    if (found) return found;
    throw new NotOffered(t('notOffered.now'));
  }

  #account(accountId: string): Account {
    const found = this.#ports.accounts.find(({ id }) => id === accountId);
    if (found) return found;
    throw new NotOffered(t('notOffered.number'));
  }
}
