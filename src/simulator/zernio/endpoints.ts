import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Call } from '../calls/call.ts';
import { durationSeconds } from '../calls/call.ts';
import { type HttpReply, json } from '../http/server.ts';
import { describeIssues } from '../lib/parse.ts';
import { recordingFile } from '../media/ogg.ts';
import type { MediaKind } from '../calls/call-media.ts';
import { permissionState } from '../meta/permission-state.ts';
import { hmac } from '../webhooks/signature.ts';
import { bill } from './billing.ts';
import { dial } from './dial.ts';
import { plainError } from './errors.ts';
import { callsOf, type ZernioNumber } from './number.ts';
import { RECORDING_URL_MS } from './payloads.ts';
import { isRecorded, listCalls, recordingPath, recordOf } from './records.ts';
import { disable, enable, getCalling, update } from './settings.ts';

/**
 * One request that names this account. `what`: method and path, with `:` for the id of `call`,
 * `:number` for ours.
 */
export interface Ask {
  what: string;
  call: Call | undefined;
  query: URLSearchParams;
  /** Undefined if there is none, or if it is not JSON. */
  body: unknown;
  media: MediaKind;
}

const time = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .optional();
const listSchema = z.object({
  status: z.enum(['ringing', 'answered', 'ended', 'failed']).optional(),
  direction: z.enum(['inbound', 'outbound']).optional(),
  since: time,
  until: time,
  before: time,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Answers an authorised request (docs/providers/zernio.md#endpoints). */
export async function respond(number: ZernioNumber, ask: Ask): Promise<HttpReply> {
  const { query, body } = ask;
  switch (ask.what) {
    case 'GET /whatsapp/calling':
      return getCalling(number, 'account');
    case 'GET /:number':
      return getCalling(number, 'number');
    case 'POST /:number':
      return enable(number, body);
    case 'PATCH /:number':
      return update(number, body);
    case 'DELETE /:number':
      return disable(number);
    case 'GET /whatsapp/call-permissions':
      return permissions(number, query.get('to'));
    case 'POST /whatsapp/calls':
      return dial(number, ask.media, body);
    case 'GET /whatsapp/calls': {
      const asked = Object.fromEntries(query);
      const read = listSchema.safeParse(asked);
      if (!read.success) return plainError(400, describeIssues(read.error, asked));
      const { status, direction, since, until, before, limit } = read.data;
      return json(200, listCalls(number, { status, direction, since, until, before, limit }));
    }
    case 'GET /whatsapp/calls/estimate':
      return estimate(number, query);
    case 'GET /whatsapp/calls/:':
      return detail(number, ask.call);
    case 'GET /whatsapp/calls/:/recording':
      return recording(number, ask.call, query.get('as'));
    default:
      return plainError(404, 'Not found');
  }
}

function permissions({ account, world }: ZernioNumber, to: string | null): HttpReply {
  if (to === null) return plainError(400, 'to: required');
  const customer = world.directory.findOrAdd({ waId: to });
  const record = world.permissions.record(account.id, customer);
  const { callable } = customer.behaviour;
  const { messaging_product: _, ...body } = permissionState(record, world.clock.now(), callable);
  return json(200, body);
}

function detail(number: ZernioNumber, call: Call | undefined): HttpReply {
  const notes = call && number.notes.get(call.id);
  return call && notes
    ? json(200, { call: recordOf(number, call, notes, true) })
    : plainError(404, 'Call not found');
}

/** The address is signed and valid for ten minutes. */
function recording(number: ZernioNumber, call: Call | undefined, as: string | null): HttpReply {
  const notes = call && number.notes.get(call.id);
  if (!call || !notes || !isRecorded(call, notes)) return plainError(404, 'No recording');
  const expires = String(number.world.clock.now() + RECORDING_URL_MS);
  const signature = sign(number, call.id, expires);
  const url = `${recordingPath(number, call)}?expires=${expires}&signature=${signature}`;
  if (as === 'json') return json(200, { url });
  const moved = json(302, {});
  return moved.kind === 'json' ? { ...moved, headers: { location: url } } : moved;
}

/** The recording itself, by its signed address; undefined for calls of other numbers. */
export function recordingFileOf(
  number: ZernioNumber,
  name: string,
  query: URLSearchParams,
): HttpReply | undefined {
  const call = callsOf(number).find((one) => recordingPath(number, one).endsWith(`/${name}`));
  if (!call) return undefined;
  const expires = query.get('expires') ?? '';
  const good =
    Number(expires) > number.world.clock.now() &&
    query.get('signature') === sign(number, call.id, expires);
  if (!good) return plainError(403, 'The address has expired');
  const made = number.world.recordingFile;
  if (made !== undefined) return { kind: 'file', type: 'audio/mpeg', content: readFileSync(made) };
  const seconds = durationSeconds(call) ?? 0;
  const content = recordingFile(call.customer.behaviour.sends, number.world.speechFile, seconds);
  return { kind: 'file', type: 'audio/ogg', content };
}

const sign = ({ account }: ZernioNumber, callId: string, expires: string): string =>
  hmac(account.apiKey, `${callId} ${expires}`);

/** Dialling codes of the countries that tests call. */
const COUNTRIES: readonly (readonly [code: string, country: string])[] = [
  ['55', 'BR'],
  ['49', 'DE'],
  ['44', 'GB'],
  ['1', 'US'],
];

function estimate(number: ZernioNumber, query: URLSearchParams): HttpReply {
  const to = query.get('to')?.replace('+', '');
  if (to === undefined) return plainError(400, 'to: required');
  const minutes = Number(query.get('minutes') ?? 1);
  const how = {
    outbound: true,
    telephone: number.calling.forwardTo?.startsWith('tel:') ?? false,
    recording: query.get('recording') === 'true',
  };
  const { metaCostUSD, telnyxCostUSD, recordingCostUSD, billableCostUSD, totalCostUSD } = bill(
    minutes * 60,
    how,
  );
  return json(200, {
    destinationCountry: COUNTRIES.find(([code]) => to.startsWith(code))?.[1] ?? null,
    perMinuteUsd: bill(60, how).totalCostUSD,
    breakdown: {
      metaMinutes: minutes,
      metaCostUSD,
      telnyxCostUSD,
      recordingCostUSD,
      billableCostUSD,
      totalCostUSD,
    },
  });
}
