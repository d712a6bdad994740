import { z } from 'zod';
import type { Recipient } from './client.ts';

/** One request to a provider's API. `body` is serialised as it is. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the API's root. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** `{key}` is replaced by the secret when the request is sent. */
  headers: Readonly<Record<string, string>>;
  body?: object;
}

/** A success whose body is undocumented: none, or any JSON object that does not deny it. */
export const quietAnswer = z
  .looseObject({ success: z.literal(true).optional() })
  .nullable()
  .transform((told) => told ?? {});

/**
 * For providers that identify people by number only; undefined for a person who shows a user name.
 */
export function numberOf({ waId }: Recipient): string | undefined {
  return waId === undefined || waId === '' ? undefined : waId;
}
