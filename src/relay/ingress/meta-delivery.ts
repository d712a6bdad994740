import { normaliseMetaWebhook, type MetaEvent } from '../../shared/providers/meta/webhook.ts';
import { logBody } from '../../shared/relay/protocol.ts';
import type { MetaAccount } from '../config.ts';
import { reasonOf } from '../log.ts';
import type { AddedEntry, IdentifiedBody } from '../store/store.ts';
import type { IngressPorts } from './webhooks.ts';

interface Found {
  path: string;
  why: string;
  kind: 'malformed' | 'unsupported';
}

/**
 * Commits one signed delivery: the raw bytes, what was not understood, and the events. A body that is not even JSON
 * is kept too; sending it again would not make it better.
 *
 * @returns the entries that are new
 * @throws when the store fails
 */
export async function fileMetaDelivery(
  ports: IngressPorts,
  account: MetaAccount,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<readonly AddedEntry[]> {
  const receivedAt = ports.clock.now();
  const problems: Found[] = [];
  const bodies: IdentifiedBody[] = [];
  const parsed = parseJson(body);
  if ('why' in parsed) {
    problems.push({ path: '', why: `is not JSON: ${parsed.why}`, kind: 'malformed' });
  } else {
    const { actpassAnswer } = account;
    const found = normaliseMetaWebhook(parsed.value, { receivedAt, actpassAnswer });
    problems.push(...found.problems);
    for (const event of found.events) {
      const owner = ownerOf(event, account, ports.accounts);
      if (!owner) problems.push(notOurs(event));
      else bodies.push(identified(event, owner));
    }
  }
  const delivery = { accountId: account.id, receivedAt, headers, body, problems };
  const added = await ports.store.append(delivery, bodies);
  report(ports, account, problems, bodies.length, added.length);
  return added;
}

function parseJson(body: Buffer): { value: unknown } | { why: string } {
  try {
    return { value: JSON.parse(body.toString('utf8')) };
  } catch (error) {
    return { why: reasonOf(error) };
  }
}

/**
 * The account an event belongs to. One callback URL may serve several numbers of an app, so the number decides, not
 * the URL. Another account's events are taken only if it has the same secret: whoever knows one app's secret must
 * not be able to speak for the numbers of another.
 */
function ownerOf(
  { phoneNumberId }: MetaEvent,
  signed: MetaAccount,
  accounts: IngressPorts['accounts'],
): MetaAccount | undefined {
  if (phoneNumberId === undefined || phoneNumberId === signed.phoneNumberId) return signed;
  return accounts.find(
    (one) =>
      one.provider === 'meta' &&
      one.phoneNumberId === phoneNumberId &&
      one.appSecret === signed.appSecret,
  );
}

function identified(told: MetaEvent, account: MetaAccount): IdentifiedBody {
  const { identity, providerCallId, opaque, event } = told;
  const anchored = account.route === 'anchored';
  const sdp = 'sdp' in event ? event.sdp : undefined;
  const body = logBody.parse({
    type: 'provider',
    accountId: account.id,
    providerCallId,
    opaque,
    // In an anchored call the media is the relay's own; no console has a use for it.
    event: anchored && sdp !== undefined ? { ...event, sdp: '' } : event,
    ...(anchored && { route: 'anchored' }),
  });
  return { identity: `${account.id}/${identity}`, body, ...(anchored && { sdp }) };
}

const notOurs = ({ phoneNumberId, event, identity }: MetaEvent): Found => ({
  path: '',
  why: `${event.kind} (${identity}) is about number id ${phoneNumberId}, which no account with this app secret has`,
  kind: 'malformed',
});

function report(
  { log }: IngressPorts,
  account: MetaAccount,
  problems: readonly Found[],
  events: number,
  added: number,
): void {
  log.info('webhook.stored', {
    account: account.id,
    added,
    repeated: events - added || undefined,
  });
  for (const { path, why, kind } of problems) {
    const fields = { account: account.id, path, why };
    if (kind === 'malformed') log.warn('webhook.malformed', fields);
    else log.info('webhook.unsupported', fields);
  }
}
