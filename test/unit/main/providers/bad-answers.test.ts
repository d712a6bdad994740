import { expect, test } from 'vitest';
import { ProviderFailure } from '../../../../src/main/calls/ports.ts';
import { createProvider } from '../../../../src/main/providers/index.ts';
import { providerIds } from '../../../../src/shared/rules/data/providers.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { accounts, SECRET } from './numbers.ts';
import { requests } from './requests.ts';

const page = '<!doctype html><title>502 Bad Gateway</title>';

/** What may stand where an answer should be. `refused`: nobody may take it for a success. */
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

test.each(cases)('$id: $status $text', async ({ id, status, text, refused }) => {
  const asked = Object.entries(requests[id]).map(async ([name, { ask, account }]) => {
    const provider = createProvider(account ?? accounts[id], SECRET, {
      fetch: () => Promise.resolve(new Response(text, { status })),
      clock: new FakeClock(),
      log: new FakeLog(),
    });
    try {
      await ask(provider);
    } catch (error) {
      if (!(error instanceof ProviderFailure)) throw error;
      expect(error.error.code, name).not.toBe('');
      expect(error.error.message, name).not.toBe('');
      expect(JSON.stringify(error.error), name).not.toContain(SECRET);
      return;
    }
    expect(refused, `${name} was taken for a success`).toBe(false);
  });
  await Promise.all(asked);
});
