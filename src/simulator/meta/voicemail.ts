import { randomInt } from 'node:crypto';
import type { Call } from '../calls/call.ts';
import { madeFile } from '../customers/sample-files.ts';
import { type HttpReply, json } from '../http/server.ts';
import { graphError } from './errors.ts';
import type { BusinessNumber } from './number.ts';
import { message as messageBody } from './message-payloads.ts';
import type { MetaChange } from './webhooks.ts';

/** docs/providers/meta.md#voicemail. */

const LONGEST_SECONDS = 60;
const SAMPLES_PER_SECOND = 48_000n;

/** `POST /{id}/media`, as far as a voicemail's announcement needs it. */
export function postMedia(number: BusinessNumber, type: string, body: Buffer): HttpReply {
  const parts = partsOf(type, body);
  if (parts.get('messaging_product')?.toString() !== 'whatsapp') {
    return graphError(100, 'messaging_product: required');
  }
  const file = parts.get('file');
  if (!file) return graphError(100, 'file: required');
  if (parts.get('use_case')?.toString() !== 'call_voicemail_announcement') {
    return graphError(100, 'use_case: only call_voicemail_announcement here');
  }
  const fault = faultOf(file);
  if (fault !== undefined) return graphError(100, `file: ${fault}`);
  const id = String(randomInt(1e14, 2 ** 48 - 1));
  number.announcements.set(id, { type: 'audio/ogg', content: file });
  return json(200, { id });
}

/** The parts of a `multipart/form-data` body by name (RFC 7578). */
function partsOf(type: string, body: Buffer): ReadonlyMap<string, Buffer> {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1] ?? '';
  const text = body.toString('latin1');
  const parts = text.split(`--${boundary}`).slice(1, -1);
  return new Map(
    parts.flatMap((part) => {
      const end = part.indexOf('\r\n\r\n');
      const name = /name="([^"]+)"/.exec(part.slice(0, end))?.[1];
      const content = Buffer.from(part.slice(end + 4, -2), 'latin1');
      return name === undefined ? [] : [[name, content] as const];
    }),
  );
}

function faultOf(file: Buffer): string | undefined {
  const first = file.toString('latin1', 0, 36);
  if (!first.startsWith('OggS') || !first.endsWith('OpusHead')) return 'no Ogg file with Opus';
  const last = file.lastIndexOf('OggS');
  const samples = file.readBigUInt64LE(last + 6);
  return samples >= BigInt(LONGEST_SECONDS) * SAMPLES_PER_SECOND ? 'too long' : undefined;
}

/** Why a number cannot have these settings, if so. */
export function voicemailFault({ settings, announcements }: BusinessNumber): string | undefined {
  const { voicemail, call_hours: hours } = settings;
  if (voicemail?.status !== 'ENABLED') return undefined;
  if (hours?.status === 'ENABLED') return 'voicemail: call_hours must be off';
  if (voicemail.triggers === undefined || voicemail.triggers.length === 0) {
    return 'voicemail.triggers: required';
  }
  const id = voicemail.audio?.default.announcement_media_id;
  return id !== undefined && announcements.has(String(id))
    ? undefined
    : 'voicemail.audio.default.announcement_media_id: no such announcement';
}

/**
 * The webhooks of a call that ends, in their order. Where the number has a voicemail and the customer
 * speaks on it, there is a message with the call's id (docs/providers/meta.md#voicemail).
 */
export function endingOf(
  number: BusinessNumber,
  call: Call,
  terminate: (call: Call) => MetaChange | undefined,
): readonly MetaChange[] {
  const end = (ended: Call) => [terminate(ended)].filter((change) => change !== undefined);
  if (!call.voicemail || !reachesVoicemail(number, call)) return end(call);
  const { account, world } = number;
  const { first, startTime } = call.voicemail;
  const file = madeFile({ type: 'audio' }, world.speechFile);
  const message = world.chats.leave(account.id, call.customer, call.id, file);
  const value = messageBody(account, message);
  const said: MetaChange = { label: 'message', call, field: 'messages', value };
  const ended = end(startTime ? { ...call, startedAt: call.createdAt } : call);
  return first === 'message' ? [said, ...ended] : [...ended, said];
}

function reachesVoicemail({ settings }: BusinessNumber, call: Call): boolean {
  if (settings.voicemail?.status !== 'ENABLED' || call.direction !== 'user-initiated') return false;
  const { triggers = [] } = settings.voicemail;
  if (call.end?.reason === 'rejected') return triggers.includes('REJECT');
  return call.end?.reason === 'not-answered' && triggers.includes('TIMEOUT');
}
