import { z } from 'zod';
import { addressProblem } from '../../shared/protocol/encrypted-url.ts';
import { filled } from './fields.ts';

const common = {
  label: filled('It is what agents call the number, e.g. "Support"').max(200),
  number: z
    .string({ error: 'is missing. It is the number itself, e.g. "+551150201234"' })
    .regex(/^\+[1-9]\d{6,14}$/, { error: 'must be + and digits, e.g. "+551150201234"' }),
};
const digits = (help: string) => filled(help).regex(/^\d+$/, { error: `must be digits. ${help}` });
const apiKey = filled('It is the key with which consoles speak with the provider').optional();
const apiBase = z
  .string({ error: 'must be a URL' })
  .superRefine((text, check) => {
    const problem = addressProblem(text, 'http');
    if (problem !== undefined) check.addIssue({ code: 'custom', message: problem });
  })
  .optional();

/**
 * What an invited console is told of a number besides what the relay itself needs: the rest of its profile. Consoles
 * speak with the provider themselves; without a credential of their own, they get the relay's.
 */
export const consoleOf = {
  meta: z
    .strictObject({
      ...common,
      wabaId: digits('It is the WhatsApp Business Account ID at Meta'),
      accessToken: filled('It is a system user’s access token').optional(),
    })
    .optional(),
  byKey: z.strictObject({ ...common, apiKey }).optional(),
  pilotWeb: z
    .strictObject({
      ...common,
      apiKey: filled('It is the number-scoped ps_ key'),
      apiBase,
      audio: z.strictObject({ sampleRate: z.int(), frameMs: z.int() }).optional(),
    })
    .optional(),
  zernio: z
    .strictObject({
      ...common,
      apiKey: filled('It is the key of the Zernio account'),
      apiBase,
      zernioAccountId: filled('It is the id of the number’s account at Zernio'),
      /** Where calls placed here are forwarded to, if the number itself stays forwarded elsewhere. */
      relayAddress: z.string({ error: 'must be a text' }).optional(),
    })
    .optional(),
};
