import * as fc from 'fast-check';

/** What may come in a frame: bytes, JSON of any form, JSON deeper than a call stack, and nearly right frames. */
export function foreignFrames(samples: readonly object[]): fc.Arbitrary<Buffer> {
  const json = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '');
  const key = fc.constantFrom(...new Set(samples.flatMap((sample) => Object.keys(sample))));
  const changed = fc
    .tuple(fc.constantFrom(...samples), fc.dictionary(key, fc.jsonValue()))
    .map(([sample, changes]) => json({ ...sample, ...changes }));
  const cut = fc
    .tuple(fc.constantFrom(...samples), fc.nat(200))
    .map(([sample, length]) => json(sample).subarray(0, length));
  const deep = fc
    .tuple(fc.constantFrom('[', '{"a":'), fc.nat(5_000))
    .map(([open, depth]) => Buffer.from(open.repeat(depth)));
  return fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    fc.jsonValue().map(json),
    changed,
    cut,
    deep,
  );
}
