import { expect, test } from 'vitest';
import { createProvider } from '../../../../src/main/providers/index.ts';
import type { ProviderError } from '../../../../src/shared/providers/events.ts';
import { providerIds } from '../../../../src/shared/rules/data/providers.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { accounts, SECRET } from './numbers.ts';
import { requests } from './requests.ts';

const page = '<!doctype html><title>502 Bad Gateway</title>';

/** What may arrive in place of an answer. `refused`: must not count as a success. */
const answers: readonly { status: number; text: string; refused: boolean }[] = [
  { status: 200, text: page, refused: true },
  { status: 200, text: '{"error', refused: true },
  { status: 200, text: '[]', refused: true },
  { status: 200, text: '"ok"', refused: true },
  { status: 200, text: '42', refused: true },
  // Some successes are documented without a body.
  { status: 200, text: '', refused: false },
  { status: 200, text: 'null', refused: false },
  { status: 200, text: '{}', refused: false },
  {
    status: 200,
    text: '{"calls":{},"data":1,"call":[],"url":5,"id":null,"permission":{},"calling":[]}',
    refused: false,
  },
  { status: 400, text: '{"error":null}', refused: true },
  { status: 400, text: '{"error":[{"code":{}}]}', refused: true },
  { status: 404, text: page, refused: true },
  { status: 418, text: '', refused: true },
  { status: 502, text: page, refused: true },
];

const cases = providerIds.flatMap((id) => answers.map((answer) => ({ id, ...answer })));

type Outcome = { name: string; error: ProviderError | undefined };

test.each(cases)('$id: $status $text', async ({ id, status, text, refused }) => {
  const outcomes = await Promise.all(
    Object.entries(requests[id]).map(async ([name, { ask, account }]): Promise<Outcome> => {
      const provider = createProvider(account ?? accounts[id], SECRET, {
        fetch: () => Promise.resolve(new Response(text, { status })),
        clock: new FakeClock(),
        log: new FakeLog(),
      });
      const answer = await ask(provider);
      return { name, error: answer?.ok === false ? answer.error : undefined };
    }),
  );
  const taken = outcomes.filter(({ error }) => error === undefined).map(({ name }) => name);
  expect(refused ? taken : []).toEqual([]);
  const speechless = outcomes.filter(({ error }) => error?.code === '' || error?.message === '');
  expect(speechless).toEqual([]);
  expect(JSON.stringify(outcomes)).not.toContain(SECRET);
});
