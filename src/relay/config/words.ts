import { z } from 'zod';

/** A text that must be there. `help` says where to take it from. */
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
