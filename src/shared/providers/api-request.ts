import { z } from 'zod';
import type { Recipient } from './client.ts';

/** One request to a provider's API; `body` is serialised as it stands. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** After the root of the API. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** `{key}` stands for the secret, which the sender fills in. */
  headers: Readonly<Record<string, string>>;
  body?: object;
}

/** Where the body of a success is not documented: none, or any JSON object that does not say otherwise. */
export const quietAnswer = z
  .looseObject({ success: z.literal(true).optional() })
  .nullable()
  .transform((told) => told ?? {});

/** For providers that know people by their number alone; undefined for somebody who shows only a username. */
export function numberOf({ waId }: Recipient): string | undefined {
  return waId === undefined || waId === '' ? undefined : waId;
}
