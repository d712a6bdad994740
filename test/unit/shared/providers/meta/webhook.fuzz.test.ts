import { mutated, pathsInside } from '../../../../helpers/mutate.ts';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { normaliseMetaWebhook } from '../../../../../src/shared/providers/meta/webhook.ts';
import { logBody } from '../../../../../src/shared/protocol/log-entry.ts';
import { FUZZ_TIMEOUT_MS } from '../d360/fuzz.ts';
import { DELIVERIES, envelope, RECEIVED_AT, SAMPLES } from './samples.ts';

const seed = 20_261_122;

/** Never throws and always yields something, which every console can read. */
function check(body: unknown): void {
  const { events, problems } = normaliseMetaWebhook(body, { receivedAt: RECEIVED_AT });
  expect(events.length + problems.length).toBeGreaterThan(0);
  for (const { identity, providerCallId, callbackData, event } of events) {
    expect(identity).not.toBe('');
    const entry = { type: 'provider', accountId: 'a', providerCallId, callbackData, event };
    expect(logBody.safeParse(entry).error).toBeUndefined();
    // It passes through the database unchanged.
    const text = JSON.stringify(logBody.parse(entry));
    expect(JSON.stringify(logBody.parse(JSON.parse(text)))).toBe(text);
  }
}

const oddity = fc.oneof(
  fc.constant(undefined),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('', '0', '-1', '1e9', '99999999999999999999', 1e308, -0, 0.5, '__proto__'),
  fc.constantFrom('connect', 'terminate', 'FAILED', 'BUSINESS_INITIATED', 'answer', 'automatic'),
  fc.constantFrom('messages', 'account_update', 'ACCOUNT_RESTRICTION', 'image', 'read', 'CALLING'),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const mutatedSample = fc.constantFrom(...DELIVERIES).chain((sample) =>
  fc
    .array(fc.tuple(fc.constantFrom(...pathsInside(sample)), oddity), { maxLength: 4 })
    .map((changes) => {
      let body: unknown = sample;
      for (const [path, by] of changes) body = mutated(body, path, by);
      return body;
    }),
);

/** The identities of the events read. */
const identities = (body: unknown) =>
  normaliseMetaWebhook(body, { receivedAt: RECEIVED_AT }).events.map(({ identity }) => identity);

/** A list that may have several items, with a valid and an invalid one side by side. */
const besides = fc
  .record({
    good: fc.constantFrom(...DELIVERIES),
    bad: mutatedSample,
    order: fc.boolean(),
    at: fc.constantFrom('entry', 'changes'),
  })
  .map(({ good, bad, order, at }) => {
    const both = (one: readonly unknown[], other: unknown) => {
      const others = Array.isArray(other) ? other : [other];
      return order ? [...one, ...others] : [...others, ...one];
    };
    const inside = (body: unknown) =>
      z.object({ entry: z.array(z.unknown()) }).safeParse(body).data?.entry ?? [body];
    const [entry] = good.entry;
    return at === 'entry'
      ? { good, body: { ...good, entry: both(good.entry, inside(bad)) } }
      : {
          good,
          body: { ...good, entry: [{ ...entry, changes: both(entry?.changes ?? [], bad) }] },
        };
  });

/** Customers' and Meta's reports on calls and messages, side by side in one list. */
const listed = [
  ['calls', 'calls', SAMPLES.userConnect.calls[0]],
  ['calls', 'calls', SAMPLES.terminate.calls[0]],
  ['calls', 'calls', SAMPLES.recording.calls[0]],
  ['calls', 'statuses', SAMPLES.status.statuses[0]],
  ['messages', 'messages', SAMPLES.permission.messages[0]],
  ['messages', 'messages', SAMPLES.message.messages[0]],
  ['messages', 'statuses', SAMPLES.failedMessage.statuses[0]],
] as const;

describe('a valid event', { timeout: FUZZ_TIMEOUT_MS }, () => {
  it('survives beside an invalid entry or change', () => {
    fc.assert(
      fc.property(besides, ({ good, body }) => {
        expect(identities(body)).toEqual(expect.arrayContaining(identities(good)));
      }),
      { seed, numRuns: 6000 },
    );
  });

  it('survives beside an invalid item of the same list', () => {
    const neighbours = fc.constantFrom(...listed).chain(([field, list, item]) =>
      fc.record({
        field: fc.constant(field),
        list: fc.constant(list),
        item: fc.constant(item),
        bad: fc.oneof(
          oddity,
          fc
            .tuple(fc.constantFrom(...pathsInside(item)), oddity)
            .map(([path, by]) => mutated(item, path, by)),
        ),
        order: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(neighbours, ({ field, list, item, bad, order }) => {
        const body = envelope({ [list]: order ? [item, bad] : [bad, item] }, field);
        expect(identities(body)).toEqual(
          expect.arrayContaining(identities(envelope({ [list]: [item] }, field))),
        );
      }),
      { seed, numRuns: 4000 },
    );
  });
});

describe('reading a webhook never throws', { timeout: FUZZ_TIMEOUT_MS }, () => {
  it('H13 on any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), check), { seed, numRuns: 4000 });
  });

  it('H13 on almost valid payloads', () => {
    fc.assert(fc.property(mutatedSample, check), { seed, numRuns: 8000 });
  });

  it('H13 on values JSON cannot hold: undefined, functions and cycles', () => {
    fc.assert(fc.property(fc.anything(), check), { seed, numRuns: 2000 });
    const cycle: Record<string, unknown> = {};
    cycle['entry'] = [cycle];
    check(cycle);
    check({ entry: [{ changes: [() => 1] }] });
  });
});

const many = (count: number, item: unknown) => Array.from({ length: count }, () => item);

test.each([
  ['calls', { calls: many(100_000, 0) }],
  ['statuses', { statuses: many(100_000, {}) }],
  [
    'contacts',
    {
      contacts: many(20_000, { wa_id: '16315553602', profile: { name: 'Ana' } }),
      calls: many(20_000, { id: 'a', event: 'terminate', from: '16315553602' }),
    },
  ],
  [
    'wrong fields',
    {
      messages: [{ id: 'a', from: '1', type: 'contacts', contacts: [{ phones: many(20_000, 5) }] }],
    },
  ],
])('what is read of endless %s is bounded', (_, value) => {
  const field = 'messages' in value ? 'messages' : 'calls';
  const { events, problems } = normaliseMetaWebhook(
    { entry: [{ changes: [{ field, value }] }] },
    { receivedAt: 1_793_000_000_000 },
  );
  expect(events.length).toBeLessThan(5_000);
  expect(problems.length).toBeLessThan(15_000);
});
