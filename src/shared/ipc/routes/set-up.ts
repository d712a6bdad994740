import { z } from 'zod';
import { providerIds } from '../../rules/data/providers.ts';
import { MOST_NUMBERS, type SetUp } from '../../set-up/set-up.ts';
import { empty } from './fields.ts';

const line = z.string().max(4_000);

const setUpNumber = z
  .object({
    relayed: z.boolean(),
    provider: z.enum(providerIds),
    label: line,
    number: line,
    phoneNumberId: line,
    wabaId: line,
    appSecret: line,
    accessToken: line,
    apiKey: line,
    zernioAccountId: line,
    apiBase: line,
  })
  .strict();

const setUp = z
  .object({
    relay: line,
    mediaAddress: line,
    numbers: z.array(setUpNumber).min(1).max(MOST_NUMBERS).readonly(),
    admin: line,
    agents: z.string().max(20_000),
  })
  .strict() satisfies z.ZodType<SetUp>;

export const setUpRoutes = {
  /** Opens a dialog for a profile file and provisions the console with it. */
  'profile.import': empty,
  /** A profile's file that was dropped on the window. */
  'profile.import-dropped': z
    .object({ name: z.string().max(300), text: z.string().max(500_000) })
    .strict(),
  /** `text`: an invitation's link, or its code beside the address of its relay. */
  'invitation.redeem': z.object({ text: line, relay: line }).strict(),
  /** The invitation that was opened is not used. */
  'invitation.dismiss': empty,
  /** Writes the files of a relay into a folder that the admin chooses. */
  'set-up.write': z.object({ setUp }).strict(),
  'profile.use-demo': empty,
  /** Changes from the demo back to the imported profile's numbers. */
  'profile.use-own': empty,
} as const;
