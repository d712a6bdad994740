import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { providerIds, type ProviderId } from '../../../../src/shared/rules/data/providers.ts';
import { accounts, adapterOf, SECRET } from './numbers.ts';
import { requests } from './requests.ts';

const golden = z.strictObject({
  method: z.string(),
  path: z.string(),
  query: z.record(z.string(), z.string()).optional(),
  /** `{key}` stands for the secret. */
  headers: z.record(z.string(), z.string()),
  body: z.unknown().optional(),
});

const folderOf = (id: ProviderId) => new URL(`./golden/${id}/`, import.meta.url);

/** Headers that Node's `fetch` sends with every request. */
const ALWAYS = new Set([
  'host',
  'connection',
  'accept',
  'accept-language',
  'accept-encoding',
  'sec-fetch-mode',
  'user-agent',
  'content-length',
]);

describe.each(providerIds)('%s', (id) => {
  test.each(Object.entries(requests[id]))(
    '%s sends what is documented, byte for byte',
    async (name, one) => {
      const file = readFileSync(new URL(`${name}.json`, folderOf(id)), 'utf8');
      const expected = golden.parse(JSON.parse(file));
      const { provider, received } = await adapterOf(
        { account: accounts[id], ...one },
        ...one.answers.map((body) => ({ status: 200, body })),
      );
      await one.ask(provider);
      const [last] = received.slice(-1);
      const url = new URL(last?.url ?? '', 'http://localhost');
      expect(received).toHaveLength(one.answers.length);
      expect(last?.method).toBe(expected.method);
      expect(url.pathname).toBe(expected.path);
      expect(Array.from(url.searchParams)).toEqual(Object.entries(expected.query ?? {}));
      expect(last?.body).toBe(expected.body === undefined ? '' : JSON.stringify(expected.body));
      const headers = Object.entries(last?.headers ?? {}).filter(([header]) => !ALWAYS.has(header));
      expect(Object.fromEntries(headers)).toEqual({
        ...Object.fromEntries(
          Object.entries(expected.headers).map(([header, value]) => [
            header,
            value.replace('{key}', () => SECRET),
          ]),
        ),
        ...(expected.body !== undefined && { 'content-type': 'application/json' }),
      });
    },
  );

  test('every golden file has its request', () => {
    const files = readdirSync(folderOf(id)).map((file) => file.replace('.json', ''));
    expect(files.sort()).toEqual(Object.keys(requests[id]).sort());
  });
});
