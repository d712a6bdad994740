import { isEngaging } from '../../shared/call/model.ts';
import { callBlockOf, callBlockText } from '../../shared/dial/call-block.ts';
import { formats, t } from '../../shared/i18n/i18n.ts';
import type { ContactFacts } from '../../shared/ipc/contacts.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { dialCountry, type ParsedPhone, parsePhone } from '../../shared/lib/phone.ts';
import { isDialLink, parseDialLink } from '../../shared/links/dial-link.ts';
import { parseRateCard } from '../../shared/rules/cost/rate-card-csv.ts';
import { senderNamed } from '../../shared/links/sender.ts';
import { findingMessage, type ShowValue } from '../../shared/rules/finding-message.ts';
import type { Facts } from '../../shared/rules/facts.ts';
import { mayCall } from '../../shared/rules/verdicts.ts';
import { describe, type Log } from '../log.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Answer } from './answer.ts';

export interface DialPorts {
  workspace: {
    calls: Pick<Workspace['calls'], 'dial'>;
    contacts: Pick<Workspace['contacts'], 'facts' | 'spelled'>;
  };
  snapshot: () => Pick<Snapshot, 'accounts' | 'calls' | 'connection' | 'settings'>;
  /** Whether the workspace is still the one that is open, and the API on. */
  isOpen: () => boolean;
  /** Fills New call, for the agent to decide. */
  prepare: (number: string, accountId: string) => void;
  /** Brings the window to the front. */
  show: () => void;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

interface Wish {
  number: string;
  from?: string | undefined;
  /** The agent has seen the warnings, and wants to call. */
  evenIfWarned?: boolean | undefined;
}

/**
 * Calls a number by the same rules as the button. What stops the button stops this; what the button
 * leaves to the agent, who sees it beside the button, is answered and shown in New call.
 */
export async function dialFor(wish: Wish, ports: DialPorts): Promise<Answer> {
  const { accounts, settings } = ports.snapshot();
  const account = wish.from === undefined ? accounts[0] : senderNamed(wish.from, accounts);
  if (!account && wish.from !== undefined)
    return refused(400, 'unknown-from', 'None of the numbers has this id or number.');
  const parsed = readNumber(wish.number, dialCountry(account, settings));
  if (!parsed.ok) return refused(400, 'bad-number', t(`dialpad.problems.${parsed.error}`));
  const { number, hint } = parsed.value;
  const waId = number.e164.slice(1);
  const { facts, isFailed } = account
    ? await factsOf(account.id, waId, ports)
    : { facts: undefined, isFailed: true };
  // Asking took a moment, in which anything may have changed.
  if (!ports.isOpen()) return refused(503, 'closed', 'The workspace was changed or locked.');
  const { calls, connection, accounts: latest } = ports.snapshot();
  const now = ports.clock.now();
  const block = callBlockOf({
    account: latest.find(({ id }) => id === account?.id),
    connection,
    busy: calls.some(({ phase }) => isEngaging(phase.name)),
    facts,
    failed: isFailed,
    now,
  });
  const ask = (error: string, more: object) => {
    if (account) ports.prepare(number.e164, account.id);
    return { status: 409, body: { error, ...more } };
  };
  if (block) {
    const code = block.why === 'rule' ? block.finding.code : block.why;
    return ask('stopped', { code, message: callBlockText(block, show) });
  }
  const warnings = [
    ...(hint === undefined ? [] : [{ code: hint, message: t(`dialpad.hints.${hint}`) }]),
    ...(isFailed ? [{ code: 'not-checked', message: t('localApi.notChecked') }] : []),
    ...(facts ? warningsOf(facts, now) : []),
  ];
  if (warnings.length > 0 && wish.evenIfWarned !== true) return ask('warned', { warnings });
  if (!account) return refused(400, 'unknown-from', t('dialpad.blockNoAccount'));
  const { waId: to } = ports.workspace.contacts.spelled({ waId });
  const dialled = ports.workspace.calls.dial({ accountId: account.id, to });
  if (!dialled.ok) return ask(dialled.error.code, { message: dialled.error.message });
  ports.show();
  return { status: 200, body: dialled.value };
}

async function factsOf(
  accountId: string,
  waId: string,
  { workspace, log }: DialPorts,
): Promise<{ facts: Facts | undefined; isFailed: boolean }> {
  try {
    const known = await workspace.contacts.facts(accountId, { waId }, true);
    return { facts: withCard(known), isFailed: false };
  } catch (error) {
    log.warn(`local api: the facts could not be read: ${describe(error)}`);
    return { facts: undefined, isFailed: true };
  }
}

function withCard({ cost, ...facts }: ContactFacts): Facts {
  const card = cost && parseRateCard(cost.card);
  return cost && card?.ok === true ? { ...facts, cost: { ...cost, card: card.value } } : facts;
}

function refused(status: number, error: string, message: string): Answer {
  return { status, body: { error, message } };
}

/** One number, and nothing else: no sentence, and no code for the telephone network. */
function readNumber(text: string, country: string): ParsedPhone {
  if (isDialLink(text)) {
    const link = parseDialLink(text);
    return link.ok ? parsePhone(link.value.number, country) : { ok: false, error: 'not-a-number' };
  }
  return /^[+\d\s().-]+$/.test(text)
    ? parsePhone(text, country)
    : { ok: false, error: 'not-a-number' };
}

function warningsOf(facts: Facts, now: number) {
  return mayCall(facts, now)
    .findings.filter(({ severity }) => severity === 'warn')
    .map((finding) => ({ code: finding.code, message: findingMessage(finding, show).what }));
}

/** Times are for programs, too. */
const show: ShowValue = (name, value) => {
  if (typeof value === 'number')
    return name.endsWith('At') ? new Date(value).toISOString() : formats.number(value);
  return name === 'country' || name === 'region' ? formats.country(value) : value;
};
