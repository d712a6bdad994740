import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Normalised } from '../../../../../src/shared/providers/webhook.ts';
import { logBody } from '../../../../../src/shared/protocol/frames.ts';
import { nearly } from './mutations.ts';

const seed = 20_261_122;
/** Thousands of cases take their time on a busy machine. In ms. */
export const FUZZ_TIMEOUT_MS = 60_000;

/** Says something about any body, and what it says, every console can read. A fault is described. */
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

/** Bodies of every kind; a throw fails the test too. */
export function fuzz(normalise: (body: unknown) => Normalised, samples: readonly unknown[]): void {
  it.each([
    ['that is JSON at all', fc.jsonValue(), 3000],
    ['that is nearly a documented one', nearly(samples), 6000],
    ['that is not even JSON', fc.anything(), 1000],
  ] as const)(
    'any body %s',
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

  it('any body that contains itself', () => {
    const cycle: Record<string, unknown> = { event: 'calls' };
    cycle['entry'] = [cycle];
    cycle['data'] = cycle;
    cycle['call'] = cycle;
    expect(faultsOf(normalise(cycle))).toEqual([]);
    expect(faultsOf(normalise({ event: 'calls', data: { calls: [cycle, () => 1] } }))).toEqual([]);
  });
}
