import type { WebhookSignature } from '../signature.ts';
import { type Normalised, type NormaliseOptions, Reader } from '../webhook.ts';
import { readAccountUpdate, readSettingsUpdate } from './webhook-account.ts';
import { readCalls } from './webhook-calls.ts';
import { readRouting } from './webhook-facts.ts';
import { readLostCalls } from './webhook-lost.ts';
import { readMessages } from './webhook-messages.ts';
import { changeSchema, entrySchema, envelopeSchema, valueSchema } from './webhook-schema.ts';

/**
 * Signed with the app's secret (docs/providers/meta.md#signature-and-delivery). Meta signs its own
 * spelling of the JSON, so the raw body is hashed before parsing.
 */
export const metaSignature: WebhookSignature = { header: 'x-hub-signature-256', aliases: [] };

/**
 * Converts one of Meta's webhook deliveries to our events (docs/providers/meta.md#webhooks). Pure,
 * and never throws: anything unreadable is listed as a problem with its path, and the rest of the
 * delivery is still used. Every body yields at least one event or problem.
 *
 * Also used for providers that forward Meta's envelope unchanged (360dialog,
 * docs/providers/d360.md).
 */
export function normaliseMetaWebhook(body: unknown, options: NormaliseOptions): Normalised {
  const reader = new Reader(options);
  if (isBareValue(body)) {
    reader.malformed('entry', 'is missing; the body is read as a value');
    readValue(reader, 'calls', body, '', undefined);
    readLostCalls(reader, body);
    return reader.result();
  }
  const envelope = reader.read(envelopeSchema, body, '');
  if (envelope) {
    if (envelope.object !== undefined && envelope.object !== 'whatsapp_business_account') {
      reader.unsupported('object', `events of a ${envelope.object} are not ours`);
    }
    reader.each(envelope.entry, 'entry', readEntry);
  }
  readLostCalls(reader, body);
  return reader.result();
}

/** Resellers have forwarded what is in the envelope alone. */
function isBareValue(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || 'entry' in body) return false;
  return ['calls', 'statuses', 'messages'].some((name) => Object.hasOwn(body, name));
}

function readEntry(reader: Reader, value: unknown, path: string): void {
  const entry = reader.read(entrySchema, value, path);
  if (!entry) return;
  reader.each(entry.changes, `${path}.changes`, (_, change, at) =>
    readChange(reader, change, at, { reportedAt: entry.time, owner: entry.id }),
  );
}

function readChange(
  reader: Reader,
  input: unknown,
  path: string,
  entry: { reportedAt: number | undefined; owner: string | undefined },
): void {
  const { reportedAt } = entry;
  const change = reader.read(changeSchema, input, path);
  if (!change) return;
  const at = `${path}.value`;
  switch (change.field) {
    case undefined:
      reader.malformed(`${path}.field`, 'is missing; what its value holds decides');
      return readValue(reader, 'calls', change.value, at, reportedAt);
    case 'calls':
    case 'messages':
      return readValue(reader, change.field, change.value, at, reportedAt);
    case 'standby':
    case 'messaging_handovers':
      return readRouting(reader, change.field, change.value, reportedAt);
    case 'account_settings_update':
      return readSettingsUpdate(reader, change.value, at);
    case 'account_update':
      return readAccountUpdate(reader, change.value, at, entry);
    default:
      return reader.unsupported(`${path}.field`, `nothing is done with field ${change.field}`);
  }
}

/** Calls are calls and messages are messages, whichever of the two fields they come in. */
function readValue(
  reader: Reader,
  field: 'calls' | 'messages',
  input: unknown,
  path: string,
  reportedAt: number | undefined,
): void {
  const value = reader.read(valueSchema, input, path);
  if (!value) return;
  const { calls, messages } = value;
  const misplaced = field === 'calls' ? messages : calls;
  if (misplaced) reader.malformed(path, `not only ${field} in field ${field}`);
  const isAboutCalls = calls !== undefined || (field === 'calls' && messages === undefined);
  if (isAboutCalls) readCalls(reader, value, path, reportedAt);
  if (!isAboutCalls) readMessages(reader, value, path, reportedAt);
  else if (messages) {
    const rest = { ...value, calls: undefined, statuses: undefined, errors: undefined };
    readMessages(reader, rest, path, reportedAt);
  }
}
