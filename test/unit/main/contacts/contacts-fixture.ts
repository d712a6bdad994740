import { onTestFinished } from 'vitest';
import { ContactService } from '../../../../src/main/contacts/contact-service.ts';
import { NumberFacts, type NumberFactsPorts } from '../../../../src/main/numbers/number-facts.ts';
import { NumberService } from '../../../../src/main/numbers/number-service.ts';
import { RateCards } from '../../../../src/main/numbers/rate-cards.ts';
import type { Account } from '../../../../src/main/providers/account.ts';
import type { ContactPorts } from '../../../../src/main/contacts/ports.ts';
import type { Messages, Provider, SettingsDesk } from '../../../../src/main/calls/ports.ts';
import { SqliteCallLog } from '../../../../src/main/db/call-log.ts';
import { ContactPages } from '../../../../src/main/db/contact-pages.ts';
import { ContactStore } from '../../../../src/main/db/contacts.ts';
import { OwnMessageStore } from '../../../../src/main/db/own-messages.ts';
import { NumberStates } from '../../../../src/main/db/number-state.ts';
import { RateCardStore } from '../../../../src/main/db/rate-card.ts';
import type { Call } from '../../../../src/shared/call/model.ts';
import type { ProviderError, ProviderEvent } from '../../../../src/shared/providers/events.ts';
import { logBody, type LogBody } from '../../../../src/shared/protocol/log-entry.ts';
import { FakeProvider } from '../../../fakes/provider.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

export const joao = { waId: '5511987654321', name: 'João Silva' };
export const T0 = Date.UTC(2026, 10, 22, 12);

/** A number whose provider has messages and settings. */
class FakeNumber extends FakeProvider implements Provider {
  sentTexts: string[] = [];
  /** The error with which messages are refused. */
  refusal: ProviderError | undefined;
  /** Messages wait for it. */
  gate: Promise<void> = Promise.resolve();
  calling = true;
  readonly settings: SettingsDesk = {
    get: async () => ({ ok: true, value: { calling: this.calling } }),
    set: async ({ calling }) => {
      if (calling !== undefined) this.calling = calling;
      return { ok: true, value: true };
    },
  };
  readonly messages: Messages = {
    sendText: async (_, text) => {
      await this.gate;
      if (this.refusal) return { ok: false, error: this.refusal };
      this.sentTexts.push(text);
      return { ok: true, value: { messageId: `wamid.${this.sentTexts.length}` } };
    },
    sendTemplate: async () => ({ ok: true, value: { messageId: 'wamid.template' } }),
    sendContactRequest: async () => ({ ok: true, value: { messageId: 'wamid.contact' } }),
    sendCallButton: async () => ({ ok: true, value: { messageId: 'wamid.button' } }),
    templates: async () => ({ ok: true, value: [] }),
  };
}

export const support: Account = {
  id: 'support',
  provider: 'meta',
  label: 'Support',
  number: '+551150201234',
  phoneNumberId: '1',
  wabaId: '2',
};

/** A contact service over a real database. */
export function openContacts({
  atRisk = () => undefined,
  accounts = [support],
  ...change
}: Partial<ContactPorts> & { atRisk?: NumberFactsPorts['atRisk'] } = {}) {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const number = new FakeNumber();
  const reported: unknown[] = [];
  let now = T0;
  let ids = 0;
  const live: Call[] = [];
  const log = new SqliteCallLog(db);
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const numbers = new NumberStates(db);
  const facts = new NumberFacts({
    numbers,
    accounts,
    now: () => now,
    log: quiet,
    changed: () => undefined,
    atRisk,
  });
  const rateCard = new RateCardStore(db);
  const clock = { now: () => now, at: () => () => undefined };
  const numberService = new NumberService({
    recordingRules: () => ({ path: 'direct', mayRecord: true, mayDecide: true }),
    states: numbers,
    facts,
    accounts,
    provider: change.provider ?? (() => number),
    clock,
    log: quiet,
    changed: () => undefined,
  });
  const store = new ContactStore(db);
  const ports: ContactPorts = {
    store,
    own: new OwnMessageStore(db, store),
    numbers,
    facts,
    numberService,
    pickUp: () => undefined,
    rateCard,
    accounts,
    provider: () => number,
    live: () => live,
    isOurs: (accountId, id) => log.byProviderId(accountId, id) !== undefined,
    self: () => ({ id: 'ana', name: 'Ana Souza' }),
    reportSent: async (what) => {
      reported.push(what);
      return true;
    },
    clock,
    newId: () => `id-${++ids}`,
    log: quiet,
    described: () => undefined,
    changed: () => undefined,
    ...change,
  };
  const pages = new ContactPages(db);
  return {
    service: new ContactService(ports),
    /** The same files after a restart. */
    reopen: () => new ContactService(ports),
    numberService,
    rateCards: new RateCards({ store: rateCard, clock, changed: () => undefined }),
    log,
    pages,
    number,
    reported,
    live,
    numbers,
    facts,
    /** The kinds of a number's facts. */
    wrong: (accountId = 'support') => numbers.get(accountId).facts.map(({ kind }) => kind),
    timeline: () => pages.get(joao, undefined, 100).items,
    at: (time: number): void => {
      now = time;
    },
  };
}

/** An entry of the relay's log about the number under test. */
export function reported(
  event: ProviderEvent,
  more: { providerCallId?: string; callbackData?: string } = {},
): LogBody {
  return logBody.parse({ type: 'provider', accountId: 'support', event, ...more });
}
