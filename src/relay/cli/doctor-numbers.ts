import { randomBytes } from 'node:crypto';
import type { Check, CheckText, Repair } from '../../shared/checks/check.ts';
import { checksOf } from '../../shared/checks/checks.ts';
import type {
  ConsoleFacts,
  NumberChecksFacts,
  Reading,
  RelayFacts,
} from '../../shared/checks/facts.ts';
import type { CheckId } from '../../shared/checks/ids.ts';
import { i18n } from '../../shared/i18n/i18n.ts';
import { systemClock } from '../../shared/lib/clock.ts';
import { probeAddress } from '../../shared/protocol/webhook-probe.ts';
import { capabilities } from '../../shared/providers/capabilities.ts';
import type { Answer } from '../../shared/providers/client.ts';
import { DEFAULT_API_VERSION } from '../../shared/providers/meta/api.ts';
import { MetaClient } from '../../shared/providers/meta/client.ts';
import { factOfError } from '../../shared/providers/number-facts.ts';
import { findingMessage, showValues } from '../../shared/rules/finding-message.ts';
import { isRelayed, pathOf, type Account, type SdpAccount } from '../config/account.ts';
import type { RelayConfig } from '../config/schema.ts';
import { createProviders, type SdpClient } from '../relayed-calls/providers.ts';
import { sha256 } from '../webhooks/probe.ts';
import type { Finding } from './doctor-finding.ts';

/** What a relay with the number's token can find out by itself. */
const ASKED: readonly CheckId[] = [
  'webhook-address',
  'subscription',
  'calling',
  'sip',
  'key-exchange',
  'hours',
  'icon',
  'restriction',
  'graph-version',
  'key',
  'country',
  'tier',
];

/**
 * The checks of the numbers whose calls the relay carries: of the others it has no token.
 *
 * @param epoch of its log, by which it is recognised at the webhooks' address
 */
export async function numberFindings(
  { accounts, publicUrl }: RelayConfig,
  epoch: string | undefined,
): Promise<Finding[]> {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const client = createProviders(accounts, { log: silent, clock: systemClock });
  const found = accounts.filter(isRelayed).map(async (account): Promise<Finding[]> => {
    const own = client(account.id);
    if (!own) return [];
    const facts = await factsOf(account, own, epoch);
    const checks = checksOf(noConsole(publicUrl), facts, systemClock.now());
    return checks
      .filter(({ id }) => ASKED.includes(id))
      .flatMap((one) => asFinding(account.id, one));
  });
  return (await Promise.all(found)).flat();
}

/**
 * Whether a number's webhooks pass, and came to its address, as the running relay tells; empty while
 * it knows of none.
 */
export function webhookChecks(
  account: Account,
  relay: RelayFacts,
  publicUrl: string | undefined,
): Finding[] {
  const { id, provider } = account;
  const facts: NumberChecksFacts = {
    id,
    provider,
    number: '',
    path: pathOf(account),
    capabilities: capabilities[provider],
    hasKey: false,
    phoneNumberId: undefined,
    business: { number: '', label: id, facts: [] },
    settings: undefined,
    readings: {},
  };
  return checksOf({ ...noConsole(publicUrl), relay }, facts, systemClock.now())
    .filter((check) => check.id === 'webhook-signature' || check.id === 'webhook-address')
    .filter(({ state }) => state !== 'unknown')
    .flatMap((check) => asFinding(id, check));
}

async function factsOf(
  account: SdpAccount,
  client: SdpClient,
  epoch: string | undefined,
): Promise<NumberChecksFacts> {
  const { provider, id } = account;
  // Known where consoles are invited.
  const number = account.console?.number ?? '';
  const settings = await client.settings();
  const fact = settings.ok ? undefined : factOfError(settings.error);
  const able = capabilities[provider];
  const at = systemClock.now();
  return {
    id,
    provider,
    number,
    path: 'relayed',
    capabilities: able,
    hasKey: true,
    phoneNumberId: provider === 'meta' ? account.phoneNumberId : undefined,
    business: {
      number,
      label: id,
      facts: fact ? [{ ...fact, since: at }] : [],
      restrictions: settings.ok ? settings.value.restrictions : undefined,
      callingEnabled: settings.ok ? settings.value.calling : undefined,
      ...(provider === 'meta' && { graphVersion: account.apiVersion ?? DEFAULT_API_VERSION }),
    },
    settings: settings.ok ? settings.value : undefined,
    settingsError: settings.ok ? undefined : settings.error,
    readings:
      account.provider === 'meta' && client instanceof MetaClient
        ? await metaReadings(client, account.console?.wabaId !== undefined, epoch)
        : {},
  };
}

async function metaReadings(
  client: MetaClient,
  hasOwner: boolean,
  epoch: string | undefined,
): Promise<NumberChecksFacts['readings']> {
  const at = systemClock.now();
  const [token, number, subscribed] = await Promise.all([
    client.token(),
    client.number(),
    hasOwner ? client.isSubscribed() : undefined,
  ]);
  const { webhook: address, tier } = number.ok ? number.value : {};
  const question = randomBytes(16).toString('hex');
  const reaches =
    address && epoch
      ? await probeAddress(address, { epoch, question, hash: sha256, fetch })
      : undefined;
  return {
    token: readingOf(at, token),
    tier: readingOf(at, number.ok ? { ok: true, value: tier } : number),
    webhook: readingOf(
      at,
      number.ok ? { ok: true, value: { address, ...(reaches && { reaches }) } } : number,
    ),
    ...(subscribed && { subscribed: readingOf(at, subscribed) }),
  };
}

const readingOf = <T>(at: number, answer: Answer<T>): Reading<T> =>
  answer.ok ? { at, value: answer.value } : { at, error: answer.error };

/** Of a check the relay can say no more than whether it is right. */
function asFinding(account: string, check: Check): Finding[] {
  const finding = { about: check.id, account, says: sentence(check.says) };
  switch (check.state) {
    case 'ok':
      return [{ ...finding, how: 'good' }];
    case 'warning':
      return [{ ...finding, how: 'doubtful', repair: repairOf(check.repair) }];
    case 'fault':
      return [{ ...finding, how: 'bad', repair: repairOf(check.repair) }];
    case 'unknown':
      return [{ ...finding, how: 'doubtful' }];
    case 'not-applicable':
      return [];
    default:
      return check satisfies never;
  }
}

const shown = (name: string, value: string | number): string =>
  typeof value === 'number' && name.endsWith('At') ? new Date(value).toISOString() : String(value);

function sentence(says: CheckText): string {
  if ('code' in says) return findingMessage(says, shown).what;
  return i18n.fill(`checks.says.${says.key}`, showValues(says.values ?? {}, shown));
}

function repairOf(repair: Repair): string | undefined {
  if (repair.kind === 'command') return repair.command;
  return repair.kind === 'line'
    ? i18n.fill(`checks.lines.${repair.line}`, repair.values ?? {})
    : i18n.fill(`checks.actions.${repair.action}`, {});
}

/** The checks that are looked at here concern no console. */
const noConsole = (publicUrl: string | undefined): ConsoleFacts => ({
  agentId: '',
  connection: { state: 'unconfigured' },
  relayUrl: publicUrl ?? '',
  relay: undefined,
  ringer: { state: 'untried' },
  devices: undefined,
  network: undefined,
  echo: undefined,
  prices: undefined,
});
