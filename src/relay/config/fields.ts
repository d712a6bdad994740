import { z } from 'zod';

const ADMIN_TOKEN =
  'must be 32 to 128 letters, digits, dashes or underscores, e.g. what "openssl rand -hex 32" prints';

/** A required text. `help` says where to find it. */
export const filled = (help: string) =>
  z
    .string({
      error: (issue) =>
        issue.input === undefined ? `is missing. ${help}` : `must be a text. ${help}`,
    })
    .min(1, { error: `is empty. ${help}` });

/** A time of `least` to `most` seconds. */
export const seconds = (least: number, most: number) => {
  const error = `must be a whole number of seconds from ${least} to ${most}`;
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error });
};

/** The token an admin uses at `/admin`. */
export const adminToken = z.string({ error: ADMIN_TOKEN }).regex(/^[A-Za-z0-9_-]{32,128}$/, {
  error: ADMIN_TOKEN,
});

/** A secret that can be part of a URL. `help` says what to do with it. */
export const secretText = (help: string) =>
  filled(help).regex(/^[A-Za-z0-9_-]{16,128}$/, {
    error: `must be 16 to 128 letters, digits, dashes or underscores, e.g. what "openssl rand -hex 16" prints. ${help}`,
  });
