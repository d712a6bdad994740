import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Normalised } from '../../../../../src/shared/providers/webhook.ts';
import { logBody } from '../../../../../src/shared/protocol/log-entry.ts';
import { nearly } from './mutations.ts';

const seed = 20_261_122;
/** Thousands of runs are slow on a busy machine. In ms. */
export const FUZZ_TIMEOUT_MS = 60_000;

/** What is wrong with a result: it must not be empty, and every event must survive the log. */
function faultsOf({ events, problems }: Normalised): string[] {
  if (events.length + problems.length === 0) return ['neither an event nor a problem'];
  return events.flatMap(({ identity, providerCallId, secondaryId, callbackData, event }) => {
    const entry = {
      type: 'provider',
      accountId: 'a',
      providerCallId,
      secondaryId,
      callbackData,
      event,
    };
    const read = logBody.safeParse(entry);
    if (!read.success) return [read.error.message];
    const text = JSON.stringify(read.data);
    const again = JSON.stringify(logBody.parse(JSON.parse(text)));
    return [
      ...(identity === '' ? ['no identity'] : []),
      ...(again === text ? [] : [`changes on the way through the database: ${text}`]),
    ];
  });
}

/** Tests a reader with bodies of every kind. A throw fails the test too. */
export function fuzz(normalise: (body: unknown) => Normalised, samples: readonly unknown[]): void {
  it.each([
    ['any JSON', fc.jsonValue(), 3000],
    ['almost valid payloads', nearly(samples), 6000],
    ['values JSON cannot hold', fc.anything(), 1000],
  ] as const)(
    'is read or reported: %s',
    (_, bodies, numRuns) => {
      fc.assert(
        fc.property<[unknown]>(bodies, (body) => {
          expect(faultsOf(normalise(body))).toEqual([]);
        }),
        { seed, numRuns },
      );
    },
    FUZZ_TIMEOUT_MS,
  );

  it('is read or reported: a body that contains itself', () => {
    const cycle: Record<string, unknown> = { event: 'calls' };
    cycle['entry'] = [cycle];
    cycle['data'] = cycle;
    cycle['call'] = cycle;
    expect(faultsOf(normalise(cycle))).toEqual([]);
    expect(faultsOf(normalise({ event: 'calls', data: { calls: [cycle, () => 1] } }))).toEqual([]);
  });
}
