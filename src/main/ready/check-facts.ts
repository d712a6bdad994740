import type {
  ConsoleFacts,
  DeviceFacts,
  EchoFacts,
  NetworkFacts,
  NumberChecksFacts,
  ProviderReadings,
  RelayFacts,
  RingerFacts,
} from '../../shared/checks/facts.ts';
import type { RateCardInfo } from '../../shared/ipc/contacts.ts';
import type { Connection } from '../../shared/protocol/connection.ts';
import { capabilitiesOf } from '../../shared/providers/capabilities.ts';
import type { MediaPath } from '../../shared/providers/media-path.ts';
import { parseRateCard } from '../../shared/rules/cost/rate-card-csv.ts';
import type { Provider } from '../calls/ports.ts';
import type { NumberStates } from '../db/number-state.ts';
import type { NumberFacts } from '../numbers/number-facts.ts';
import type { Account } from '../providers/account.ts';
import type { UnheardCalls } from './unheard-calls.ts';

/** Where the checks see what is so now. */
export interface FactPorts {
  states: Pick<NumberStates, 'get'>;
  facts: Pick<NumberFacts, 'business'>;
  provider: (accountId: string) => Provider | undefined;
  agentId: string;
  relayUrl: string;
  connection: () => Connection;
  pathOf: (accountId: string) => MediaPath | undefined;
  ringer: () => RingerFacts;
  /** The SOCKS proxy with a password that everything but the window's media passes. */
  socksSignedIn: () => string | undefined;
  /** As the window last said. */
  devices: () => DeviceFacts | undefined;
  rateCard: () => RateCardInfo | undefined;
}

/** What had to be asked for, tried, or waited for. */
export interface Gathered {
  relay: RelayFacts | 'older' | undefined;
  network: NetworkFacts | undefined;
  /** With the microphone that was spoken into. */
  echo: (EchoFacts & { microphone: string | undefined }) | undefined;
  readonly readings: Map<string, ProviderReadings>;
  /** Why a number's settings could not be read the last time. */
  readonly settingsErrors: Map<string, { code: string; message: string }>;
  readonly unheard: UnheardCalls;
}

/** What the checks look at that is the same for every number. */
export function consoleFacts(ports: FactPorts, gathered: Gathered): ConsoleFacts {
  const { agentId, connection, relayUrl, ringer, rateCard, socksSignedIn } = ports;
  const { relay, network, echo } = gathered;
  const devices = ports.devices();
  return {
    agentId,
    connection: connection(),
    relayUrl,
    relay,
    ringer: ringer(),
    devices,
    network,
    socksSignedIn: socksSignedIn(),
    echo: echo && echo.microphone === devices?.microphoneLabel ? echo : undefined,
    prices: pricesOf(rateCard()),
  };
}

/** What they look at of one number. */
export function numberFacts(
  { states, facts, provider, pathOf }: FactPorts,
  { settingsErrors, readings, unheard }: Gathered,
  account: Account,
): NumberChecksFacts {
  const { id, number } = account;
  const { settings, messagingTier, sandbox } = states.get(id);
  const capabilities = capabilitiesOf(account);
  return {
    id,
    provider: account.provider,
    number,
    path: pathOf(id) ?? capabilities.path,
    capabilities,
    hasKey: provider(id) !== undefined,
    phoneNumberId: account.provider === 'meta' ? account.phoneNumberId : undefined,
    business: { ...facts.business(account), messagingTier, sandbox },
    settings: settings?.value,
    settingsError: settingsErrors.get(id),
    readings: readings.get(id) ?? {},
    unheardAt: unheard.at(id),
  };
}

function pricesOf(card: RateCardInfo | undefined): ConsoleFacts['prices'] {
  const read = card && parseRateCard(card.csv);
  if (!card || !read?.ok) return undefined;
  return { name: card.name, from: Math.max(...read.value.rows.map((row) => row.effectiveFrom)) };
}
