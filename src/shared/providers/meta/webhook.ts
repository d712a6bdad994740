import { readCalls } from './webhook-calls.ts';
import { readMessages } from './webhook-permission.ts';
import { changeSchema, entrySchema, envelopeSchema, valueSchema } from './webhook-schema.ts';
import { type MetaEvent, type NormaliseOptions, type Problem, Reader } from './webhook-reader.ts';

export type { MetaEvent, NormaliseOptions, Problem } from './webhook-reader.ts';

/**
 * Turns one webhook delivery of Meta's into our events (facts, section 2). Pure, and never throws: whatever is not
 * understood is listed as a problem with its path, and the rest of the delivery is still used. A body always
 * yields at least one event or problem.
 *
 * Also right for providers that pass Meta's envelope on unchanged (360dialog, facts section 7).
 */
export function normaliseMetaWebhook(
  body: unknown,
  options: NormaliseOptions,
): { events: readonly MetaEvent[]; problems: readonly Problem[] } {
  const reader = new Reader(options);
  const envelope = reader.read(envelopeSchema, body, '');
  if (envelope) {
    if (envelope.object !== undefined && envelope.object !== 'whatsapp_business_account') {
      reader.unsupported('object', `events of a ${envelope.object} are not ours`);
    }
    reader.each(envelope.entry, 'entry', readEntry);
  }
  return reader.result();
}

function readEntry(reader: Reader, value: unknown, path: string): void {
  const entry = reader.read(entrySchema, value, path);
  if (entry) reader.each(entry.changes, `${path}.changes`, readChange);
}

function readChange(reader: Reader, input: unknown, path: string): void {
  const change = reader.read(changeSchema, input, path);
  if (!change) return;
  const { field } = change;
  if (field !== 'calls' && field !== 'messages') {
    // account_update, account_settings_update and the like are about the number, not about a call (facts 2.7).
    return reader.unsupported(`${path}.field`, `field ${field} carries nothing about calls`);
  }
  const value = reader.read(valueSchema, change.value, `${path}.value`);
  if (!value) return;
  if (field === 'calls') readCalls(reader, value, `${path}.value`);
  else readMessages(reader, value, `${path}.value`);
}
