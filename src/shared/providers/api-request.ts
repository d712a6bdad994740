import { z } from 'zod';
import { flag } from './fields.ts';
import type { Recipient } from './client.ts';
import type { Form } from './form.ts';

/** One request to a provider's API. `body` is serialised as it is. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the API's root. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** `{key}` is replaced by the secret when the request is sent. */
  headers: Readonly<Record<string, string>>;
  body?: object;
  /** Instead of a body: fields and one file, sent as `multipart/form-data`. */
  form?: Form;
}

/** A success whose body is undocumented: none, or any JSON object that does not deny it. */
export const quietAnswer = z
  .looseObject({ success: flag.pipe(z.literal(true)).optional() })
  .nullable()
  .transform((answer) => answer ?? {});

/**
 * For providers that identify people by number only; undefined for a person who shows a user name.
 */
export function numberOf({ waId }: Recipient): string | undefined {
  return waId === undefined || waId === '' ? undefined : waId;
}

/** The time limit of a request with all attempts, in ms, and whether it may be sent twice. */
export interface Policy {
  withinMs: number;
  repeatable: boolean;
}

export const policies = {
  /** Could start a second call, so only what never arrived is sent again. */
  place: { withinMs: 15_000, repeatable: false },
  /** Carries a key that keeps the provider from dialling twice. */
  placeOnce: { withinMs: 15_000, repeatable: true },
  preAccept: { withinMs: 5_000, repeatable: false },
  /** The customer waits, and ringing lasts only 30–60 s (docs/providers/meta.md#timing). */
  accept: { withinMs: 5_000, repeatable: false },
  end: { withinMs: 10_000, repeatable: true },
  read: { withinMs: 8_000, repeatable: true },
  /** A message sent twice is billed twice. */
  message: { withinMs: 10_000, repeatable: false },
  /** Settings: sending the same value again changes nothing. */
  change: { withinMs: 10_000, repeatable: true },
  /** Uploading twice leaves a file that nobody uses. */
  upload: { withinMs: 30_000, repeatable: true },
  /** Would start something twice: an audio file, a session. */
  begin: { withinMs: 8_000, repeatable: false },
} as const satisfies Record<string, Policy>;
