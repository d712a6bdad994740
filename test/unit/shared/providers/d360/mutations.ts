import * as fc from 'fast-check';

/** Paths of everything inside a JSON value except the value itself. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return [at, ...pathsOf(child, at)];
  });
}

/** A copy with the value at `path` replaced, or removed if `by` is undefined. */
function mutated(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === key ? mutated(item, rest, by) : item));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, child]) => {
      const next = name === key ? mutated(child, rest, by) : child;
      return next === undefined ? [] : [[name, next]];
    }),
  );
}

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
      .array(fc.tuple(fc.constantFrom(...pathsOf(sample)), oddity), { maxLength: 4 })
      .map((changes) => {
        let body = sample;
        for (const [path, by] of changes) body = mutated(body, path, by);
        return body;
      }),
  );
}
