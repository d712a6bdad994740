import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { ZernioAccount } from '../config.ts';
import { type HttpReply, json } from '../http/server.ts';
import { describeIssues } from '../lib/parse.ts';
import type { Calling } from './calling.ts';
import { plainError, zernioError } from './errors.ts';
import { e164, type ZernioNumber } from './number.ts';

export const initialCalling = (account: ZernioAccount): Calling => ({
  enabled: account.forwardTo !== undefined,
  forwardTo: account.forwardTo ?? null,
  recordingEnabled: account.recordingEnabled,
  sipAuthUsername: null,
  sipAuthPassword: null,
  callIconCountries: null,
  maxCallDurationSeconds: null,
  forwardCallerId: 'business',
});

/** Countries whose numbers may not call customers (docs/providers/zernio.md#countries). */
const NO_CALLS_OUT: readonly string[] = ['US', 'CA', 'EG', 'VN', 'NG'];

export const outboundDisabled = ({ account }: ZernioNumber): boolean =>
  NO_CALLS_OUT.includes(account.country);

/** A bare number gets the prefix `tel:`. Plain `ws:` is accepted for tests on one machine. */
export const forwardToSchema = z
  .string()
  .regex(/^(?:tel:\+\d{6,}|sip:\S+|wss?:\/\/\S+|\+\d{6,15})$/, 'must be tel:+…, sip:… or wss://…')
  .transform((to) => (to.startsWith('+') ? `tel:${to}` : to));

const changeSchema = z.object({
  accountId: z.string(),
  forwardTo: forwardToSchema.optional(),
  recordingEnabled: z.boolean().optional(),
  sipAuthUsername: z.string().nullable().optional(),
  sipAuthPassword: z.string().nullable().optional(),
  callIconCountries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .nullable()
    .optional(),
  maxCallDurationSeconds: z.number().int().positive().nullable().optional(),
  forwardCallerId: z.enum(['business', 'caller']).optional(),
});
const enableSchema = changeSchema.extend({ forwardTo: forwardToSchema });

/** GET `/v1/whatsapp/calling`, or by number, which has other extra fields. */
export function getCalling(number: ZernioNumber, keyed: 'account' | 'number'): HttpReply {
  const { account, calling } = number;
  const { enabled, sipAuthPassword, ...rest } = calling;
  const digits = e164(account.displayPhoneNumber).slice(1);
  return json(200, {
    ...(keyed === 'account'
      ? { phoneNumberDocId: account.phoneNumberDocId }
      : { outboundDisabled: outboundDisabled(number) }),
    phoneNumber: e164(account.displayPhoneNumber),
    callingEnabled: enabled,
    callDeepLink: enabled ? `https://wa.me/call/${digits}` : null,
    ...rest,
    sipAuthPasswordConfigured: sipAuthPassword !== null,
    callerIdMode: 'business',
    callerIdVerified: true,
  });
}

export function enable(number: ZernioNumber, body: unknown): HttpReply {
  const refused = whyImpossible(number);
  if (refused) return refused;
  const read = enableSchema.safeParse(body);
  if (!read.success) return plainError(400, describeIssues(read.error, body));
  const { accountId: _, ...change } = read.data;
  const wrong = ownNumber(number, change.forwardTo);
  if (wrong) return wrong;
  number.calling = { ...number.calling, ...change, enabled: true };
  const { forwardTo } = number.calling;
  return json(200, {
    success: true,
    callingEnabled: true,
    ...(change.forwardTo.startsWith('sip:') ? { sipHostname: 'sip.simulator.example' } : {}),
    forwardTo,
    callerIdMode: 'business',
  });
}

/** Only the named fields change; null clears. Its answer has no documented body. */
export function update(number: ZernioNumber, body: unknown): HttpReply {
  const read = changeSchema.safeParse(body);
  if (!read.success) return plainError(400, describeIssues(read.error, body));
  const { accountId: _, ...change } = read.data;
  const wrong = ownNumber(number, change.forwardTo);
  if (wrong) return wrong;
  number.calling = { ...number.calling, ...change };
  return json(200, {});
}

/** The destination and the SIP credentials are kept. */
export function disable(number: ZernioNumber): HttpReply {
  number.calling = { ...number.calling, enabled: false };
  return json(200, {});
}

function whyImpossible({ account }: ZernioNumber): HttpReply | undefined {
  switch (account.enabling) {
    case 'sip-trunk':
      return zernioError(409, 'The number is attached to a SIP trunk', {
        code: 'invalid_resource_state',
      });
    case 'wrong-plan':
      return plainError(422, 'Calling requires usage-based billing');
    case 'possible':
      return undefined;
    default:
      return assertNever(account.enabling, 'enabling');
  }
}

const ownNumber = ({ account }: ZernioNumber, to: string | undefined): HttpReply | undefined =>
  to === `tel:${e164(account.displayPhoneNumber)}`
    ? plainError(400, 'forwardTo must not be the WhatsApp number itself')
    : undefined;
