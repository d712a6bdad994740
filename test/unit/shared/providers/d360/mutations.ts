import * as fc from 'fast-check';
import { mutated, pathsInside } from '../../../../helpers/mutate.ts';

const oddity = fc.oneof(
  fc.constant(undefined),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('', '0', '-1', '1e9', '99999999999999999999', 1e308, -0, 0.5, '__proto__', null),
  fc.constantFrom('INBOUND', 'outbound', 'FAILED', 'COMPLETED', 'rejected', 'PERMANENT', 'accept'),
  fc.constantFrom(
    'call.ended',
    'call.ringing',
    'calls',
    '2026-13-45T99:99:99Z',
    '0000-01-01T00:00Z',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** Bodies that almost match one of the samples. */
export function nearly(samples: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.constantFrom(...samples).chain((sample) =>
    fc
      .array(fc.tuple(fc.constantFrom(...pathsInside(sample)), oddity), { maxLength: 4 })
      .map((changes) => {
        let body = sample;
        for (const [path, by] of changes) body = mutated(body, path, by);
        return body;
      }),
  );
}
