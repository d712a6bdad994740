import type { Result } from '../../shared/lib/result.ts';
import { decodeText } from '../../shared/lib/decode-text.ts';
import { parseJson, wholeNumbers } from '../../shared/lib/parse-json.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { normaliseD360Webhook } from '../../shared/providers/d360/webhook.ts';
import { normaliseMetaWebhook } from '../../shared/providers/meta/webhook.ts';
import { normalisePilotWebhook } from '../../shared/providers/pilot-status/webhook.ts';
import type { Normalised, Problem, UnassignedReport } from '../../shared/providers/webhook.ts';
import { normaliseZernioWebhook } from '../../shared/providers/zernio/webhook.ts';
import { LARGEST_ENTRY } from '../../shared/protocol/frames.ts';
import { logBody } from '../../shared/protocol/log-entry.ts';
import type { Account } from '../config/account.ts';
import { pathOf } from '../config/account.ts';
import type { AddedEntry, Delivery, IdentifiedBody } from '../store/store.ts';
import { sharesCredentials } from './webhook-auth.ts';
import type { WebhookPorts } from './ports.ts';

/**
 * No provider repeats a delivery for longer than 7 days (docs/providers), and the log recognises a
 * repetition for at least 8. An older event could be added twice.
 */
const TOO_OLD_MS = 8 * 86_400_000;
/** Of a customer, in UTF-16 units. WhatsApp allows 25 characters; others may allow more. */
const LONGEST_NAME = 600;

/**
 * Commits one authenticated delivery: the raw bytes, the problems, and the reports. A body that is
 * not JSON is stored as well, because a repetition would be no better.
 *
 * @param isReplayed an operator sends it once more: how late it is says nothing about others
 * @returns the new entries; `too-old` if none of its reports is recent enough to store
 * @throws if the store fails
 */
export async function ingestDelivery(
  ports: WebhookPorts,
  account: Account,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
  isReplayed = false,
): Promise<readonly AddedEntry[] | 'too-old'> {
  const receivedAt = ports.clock.now();
  const problems: Problem[] = [];
  const bodies: IdentifiedBody[] = [];
  const owners = new Set<string>();
  const foreign: UnassignedReport[] = [];
  let isTooOld = false;
  const parsed = readJson(body);
  if (!parsed.ok) {
    problems.push({ path: '', why: `is not JSON: ${parsed.error}`, kind: 'malformed' });
  } else {
    const found = normalise(account, parsed.value, receivedAt);
    problems.push(...found.problems);
    for (const report of found.events) {
      if (receivedAt - report.event.at > TOO_OLD_MS) {
        isTooOld = true;
        problems.push(tooOld(report));
        continue;
      }
      const owner = ownerOf(report, account, ports.accounts);
      const node = ports.nodes.forNewCall();
      const ahead = owner && !isReplayed ? aheadOf(ports, report, owner, receivedAt) : 0;
      const known = owner && identified(report, owner, ahead, node);
      if (!owner) {
        foreign.push(report);
        problems.push(notOurs(report));
      } else if (!known || sizeOf(known) > LARGEST_ENTRY) problems.push(tooLarge(report));
      else {
        owners.add(owner.id);
        bodies.push(known);
      }
    }
  }
  if (isTooOld && bodies.length === 0) {
    // As an error: if the clock is wrong, this concerns every call.
    ports.log.error('webhook.too-old', { account: account.id, why: problems[0]?.why });
    return 'too-old';
  }
  // Under the number that it is about: one address may serve several.
  const accountId = owners.size === 1 ? [...owners].join('') : account.id;
  const isMalformed = problems.some(({ kind }) => kind === 'malformed');
  const isUsed = owners.size > 0 || !isMalformed;
  const unused = isUsed ? undefined : foreign.length > 0 ? 'foreign' : 'unreadable';
  const delivery: Delivery = { accountId, receivedAt, headers, body, problems, unused };
  const added = await ports.store.append(delivery, bodies);
  for (const owner of owners) ports.health.taken(owner);
  if (foreign.length > 0) await noteForeign(ports, account, foreign);
  else if (unused) ports.health.refused(account.id, unused);
  else if (owners.size === 0) ports.health.taken(account.id);
  report(ports, accountId, { problems, unused }, bodies.length, added.length);
  return added;
}

/** A delivery with an account's secrets is about numbers that these secrets are not for. */
async function noteForeign(
  { accounts, health, areTogether, store }: WebhookPorts,
  account: Account,
  foreign: readonly UnassignedReport[],
): Promise<void> {
  const known = accounts.filter(
    (one) =>
      one.provider === account.provider &&
      foreign.some(({ numberId }) => numberId === numberIdOf(one)),
  );
  // Nobody may raise an alarm in another workspace.
  for (const { id } of known.filter((one) => areTogether(one.id, account.id))) {
    health.refused(id, 'wrong-address', account.id);
  }
  // The provider's app may have numbers that are not ours; then those that are ours come, too.
  if (known.length > 0 || health.takenAt(account.id) !== undefined) return;
  // Also those before this process was started.
  const stored = await store.lastWebhooks().catch(() => undefined);
  if (stored?.get(account.id)?.takenAt === undefined) {
    health.refused(account.id, 'number-unknown');
  }
}

/** Looking at each value of a text takes far longer than parsing it, in UTF-16 units. */
const LONGEST_EXACT = 65_536;

/** The body holds customers' messages, so errors must not quote it. */
function readJson(body: Buffer): Result<unknown, string> {
  const decoded = decodeText(body);
  // A name that was cut within a character must not cost the call.
  const text = decoded.ok ? decoded.value : body.toString('utf8');
  const isExact = text.length <= LONGEST_EXACT && /[:,[]\s*\d{16}/.test(text);
  const parsed = parseJson(text, isExact ? wholeNumbers : undefined);
  return parsed.ok || decoded.ok ? parsed : decoded;
}

function normalise(account: Account, body: unknown, receivedAt: number): Normalised {
  switch (account.provider) {
    case 'meta':
      return normaliseMetaWebhook(body, { receivedAt, actpassAnswer: account.actpassAnswer });
    case 'd360':
      return normaliseD360Webhook(body, { receivedAt, actpassAnswer: account.actpassAnswer });
    case 'pilot-meta':
      return normalisePilotWebhook(body, { receivedAt, actpassAnswer: account.actpassAnswer });
    case 'pilot-web':
      return normalisePilotWebhook(body, { receivedAt });
    case 'zernio':
      return normaliseZernioWebhook(body, { receivedAt });
    default:
      return assertNever(account, 'account');
  }
}

/**
 * The account of an event. One address may serve several numbers, so the number decides. Another
 * account's events are accepted only if it has the same secrets: those of one number must not
 * suffice to report for another. An event without a number, or one delivered to an account without
 * a number id, belongs to the account of the address.
 */
function ownerOf(
  { numberId }: UnassignedReport,
  addressed: Account,
  accounts: WebhookPorts['accounts'],
): Account | undefined {
  if (numberId === undefined || numberId === numberIdOf(addressed)) return addressed;
  const owner = accounts.find(
    (one) => numberIdOf(one) === numberId && sharesCredentials(one, addressed),
  );
  return owner ?? (numberIdOf(addressed) === undefined ? addressed : undefined);
}

/** Whether a body, whoever sent it, reads as the provider's and names the account's number. */
export function isAboutNumber(
  account: Account,
  body: Buffer,
  accounts: WebhookPorts['accounts'],
): boolean {
  const parsed = readJson(body);
  if (!parsed.ok) return false;
  const { events } = normalise(account, parsed.value, 0);
  // Where only the address identifies a number, there is nothing to name.
  const isNameless = numberIdOf(account) === undefined;
  return events.some((event) =>
    event.numberId === undefined ? isNameless : ownerOf(event, account, accounts) !== undefined,
  );
}

/** The number's id in the provider's events; undefined where only the address identifies it. */
function numberIdOf(account: Account): string | undefined {
  switch (account.provider) {
    case 'meta':
    case 'd360':
      return account.phoneNumberId;
    case 'zernio':
      return account.zernioAccountId;
    case 'pilot-meta':
    case 'pilot-web':
      return undefined;
    default:
      return assertNever(account, 'account');
  }
}

function aheadOf(
  { lateness }: WebhookPorts,
  { event }: UnassignedReport,
  { id }: Account,
  receivedAt: number,
): number {
  const rings = event.kind === 'offer' || event.kind === 'announced';
  return lateness.note(id, event, receivedAt, rings);
}

/** Undefined for an event whose id or name is too long to be real. */
function identified(
  { identity, numberId: _numberId, ...report }: UnassignedReport,
  account: Account,
  ahead: number,
  node: string | undefined,
): IdentifiedBody | undefined {
  const event = withShortName(report.event);
  const path = pathOf(account);
  const relayed = path === 'relayed';
  const sdp = 'sdp' in event ? event.sdp : undefined;
  // The only check that a provider's values fit the log; later readers rely on it.
  const { data: body } = logBody.safeParse({
    ...report,
    type: 'provider',
    accountId: account.id,
    // A relayed call's media ends at the relay; consoles have no use for its SDP.
    event: relayed && sdp !== undefined ? { ...event, sdp: undefined } : event,
    ...(relayed && { path }),
    ...(ahead !== 0 && { ahead }),
  });
  if (!body) return undefined;
  return {
    identity: `${account.id}/${identity}`,
    body,
    ...(relayed && { sdp, node }),
    // External calls are answered elsewhere; a relayed one needs the SDP first.
    byAnnouncement: path === 'direct' || path === 'streamed',
  };
}

/** A call must not be lost because of an overlong name. */
function withShortName(event: UnassignedReport['event']): UnassignedReport['event'] {
  if (!('party' in event) || (event.party.name?.length ?? 0) <= LONGEST_NAME) return event;
  // Never half of a character.
  const name = event.party.name?.slice(0, LONGEST_NAME).replace(/[\uD800-\uDBFF]$/, '');
  return { ...event, party: { ...event.party, name } };
}

const sizeOf = ({ body }: IdentifiedBody) => Buffer.byteLength(JSON.stringify(body));

const tooLarge = ({ event, identity }: UnassignedReport): Problem => ({
  path: '',
  why: `${event.kind} (${identity.slice(0, 200)}) is too large to be sent to consoles`,
  kind: 'malformed',
});

const tooOld = ({ event, identity }: UnassignedReport): Problem => ({
  path: '',
  why: `${event.kind} (${identity.slice(0, 200)}) is of ${new Date(event.at).toISOString().slice(0, 10)}: a repetition from long ago, or this machine’s clock is wrong`,
  kind: 'malformed',
});

const notOurs = ({ numberId, event, identity }: UnassignedReport): Problem => ({
  path: '',
  why: `${event.kind} (${identity.slice(0, 200)}) is about number id ${numberId?.slice(0, 50)}, which no account with this secret has`,
  kind: 'malformed',
});

function report(
  { log }: WebhookPorts,
  account: string,
  { problems, unused }: { problems: readonly Problem[]; unused: string | undefined },
  events: number,
  added: number,
): void {
  log.info('webhook.stored', {
    account,
    added,
    repeated: events - added || undefined,
    unused,
  });
  for (const { path, why, kind } of problems) {
    const fields = { account, path, why };
    if (kind === 'malformed') log.warn('webhook.malformed', fields);
    else log.info('webhook.unsupported', fields);
  }
}
