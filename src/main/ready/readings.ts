import { createHash, randomBytes } from 'node:crypto';
import type { ProviderReadings, Reading } from '../../shared/checks/facts.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Answer, Fetch } from '../../shared/providers/client.ts';
import { probeAddress } from '../../shared/protocol/webhook-probe.ts';
import type { Provider } from '../calls/ports.ts';
import type { Account } from '../providers/account.ts';

export interface ReadingPorts {
  fetch: Fetch;
  now: () => number;
  /** The relay's log, by which it is recognised; undefined while it was never reached. */
  epoch: () => string | undefined;
}

/** Asks a number's provider for what only it knows. Never rejects. */
export async function readStanding(
  account: Account,
  provider: Provider,
  ports: ReadingPorts,
): Promise<ProviderReadings> {
  switch (account.provider) {
    case 'meta':
      return readMeta(provider, ports);
    case 'pilot-web':
      return { phone: await readPhone(provider, ports) };
    // Their settings tell all that they tell.
    case 'd360':
    case 'pilot-meta':
    case 'zernio':
      return {};
    default:
      return assertNever(account, 'account');
  }
}

async function readMeta({ standing }: Provider, ports: ReadingPorts): Promise<ProviderReadings> {
  if (!standing) return {};
  const at = ports.now();
  const [token, subscribed, number] = await Promise.all([
    standing.token(),
    standing.isSubscribed(),
    standing.number(),
  ]);
  return {
    token: readingOf(at, token),
    subscribed: readingOf(at, subscribed),
    tier: mapReading(readingOf(at, number), ({ tier }) => tier),
    webhook: number.ok
      ? { at, value: await probed(number.value.webhook, ports) }
      : readingOf(at, number),
  };
}

/** Whether a web number's telephone is connected: every request is refused otherwise. */
async function readPhone(
  { reads }: Provider,
  { now }: ReadingPorts,
): Promise<Reading<true> | undefined> {
  const at = now();
  const answer = await reads?.callsSince(at);
  return answer && mapReading(readingOf(at, answer), () => true as const);
}

function readingOf<T>(at: number, answer: Answer<T>): Reading<T> {
  if (answer.ok) return { at, value: answer.value };
  const { code, message } = answer.error;
  return { at, error: { code, message } };
}

function mapReading<T, U>(reading: Reading<T>, map: (value: T) => U): Reading<U> {
  return 'error' in reading ? reading : { at: reading.at, value: map(reading.value) };
}

/** Where the provider's webhooks go, and who answers there. */
async function probed(
  address: string | undefined,
  { fetch, epoch }: ReadingPorts,
): Promise<{ address?: string; reaches?: 'relay' | 'other' }> {
  if (address === undefined) return {};
  const log = epoch();
  if (log === undefined) return { address };
  const question = randomBytes(16).toString('hex');
  const reaches = await probeAddress(address, { epoch: log, question, hash: sha256, fetch });
  return { address, ...(reaches && { reaches }) };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
