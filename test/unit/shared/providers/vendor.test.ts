// Every mutation is checked in the same way, inside one property.
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { normaliseD360Webhook } from '../../../../src/shared/providers/d360/webhook.ts';
import { normaliseMetaWebhook } from '../../../../src/shared/providers/meta/webhook.ts';
import { normalisePilotWebhook } from '../../../../src/shared/providers/pilot-status/webhook.ts';
import type { Normalised } from '../../../../src/shared/providers/webhook.ts';
import { normaliseZernioWebhook } from '../../../../src/shared/providers/zernio/webhook.ts';
import { logBody } from '../../../../src/shared/protocol/log-entry.ts';
import { pathsInside } from '../../../helpers/mutate.ts';
import { vendorSample, vendorSamples } from '../../../helpers/vendor.ts';

vi.setConfig({ testTimeout: 60_000 });

const receivedAt = Date.UTC(2026, 10, 28, 12);
const readers = {
  meta: (body: unknown) => normaliseMetaWebhook(body, { receivedAt }),
  d360: (body: unknown) => normaliseD360Webhook(body, { receivedAt }),
  'pilot-status': (body: unknown) => normalisePilotWebhook(body, { receivedAt }),
  zernio: (body: unknown) => normaliseZernioWebhook(body, { receivedAt }),
} as const;
const all = (['meta', 'd360', 'pilot-status', 'zernio'] as const).flatMap((vendor) =>
  vendorSamples(vendor).map(({ name, body }) => ({ vendor, name, body })),
);

/** The relay can log every result and every console can read it. */
function readable({ events }: Normalised): boolean {
  return events.every(({ providerCallId, secondaryId, callbackData, event }) => {
    const entry = {
      type: 'provider',
      accountId: 'a',
      providerCallId,
      secondaryId,
      callbackData,
      event,
    };
    return logBody.safeParse(entry).success;
  });
}

describe('the vendors’ own payloads', () => {
  it.each(all)('$vendor/$name is read without a problem', ({ vendor, body }) => {
    const found = readers[vendor](body);
    expect(found.events.length).toBeGreaterThan(0);
    expect(found.problems).toEqual([]);
    expect(readable(found)).toBe(true);
  });
});

type Path = readonly (string | number)[];

/** A copy with another value at `path`. */
function changed(value: unknown, path: Path, by: (old: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by(value);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === key ? changed(item, rest, by) : item));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, child]) => {
      const next = name === key ? changed(child, rest, by) : child;
      return next === undefined ? [] : [[name, next]];
    }),
  );
}

/** Harmless changes to any part of a delivery. */
const harmless: readonly ((old: unknown) => unknown)[] = [
  (old) => (Array.isArray(old) ? old.flatMap((one) => [one, one]) : old),
  (old) => (Array.isArray(old) ? old.toReversed() : old),
  (old) => (Array.isArray(old) ? [null, 7, 'text', {}, ...old] : old),
  (old) => (Array.isArray(old) ? [old] : old),
  (old) => (Array.isArray(old) && old.length === 1 ? old[0] : old),
  (old) => (isObject(old) ? Object.fromEntries(Object.entries(old).toReversed()) : old),
  (old) => (isObject(old) ? { ...old, brand_new: { nested: [1, null] }, another: 'x' } : old),
  (old) => (isObject(old) ? { wrapped: old } : old),
];
/** Changes that break any part except the call's id and its SDP. */
const spoiling: readonly ((old: unknown) => unknown)[] = [
  () => undefined,
  () => null,
  () => 42,
  () => '',
  () => [],
  () => ({}),
  () => true,
  () => '\u{0}\u{202E}',
];

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isVital = (path: Path): boolean => {
  const last = path.at(-1);
  const inCall = path.includes('calls');
  // Damage to what encloses the call affects the call, too; another number's id is another number.
  return (
    last === 'phone_number_id' ||
    (inCall && (last === 'id' || last === 'sdp' || last === 'event' || last === 'direction')) ||
    (!inCall && ['entry', 'changes', 'value'].includes(String(last))) ||
    typeof last === 'number' ||
    last === 'calls' ||
    last === 'session' ||
    last === 'connection' ||
    last === 'webrtc'
  );
};

const odd = (body: unknown): fc.Arbitrary<unknown> => {
  const paths = pathsInside(body);
  const step = fc.oneof(
    fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...harmless)),
    fc.tuple(
      fc.constantFrom(...paths.filter((one) => !isVital(one))),
      fc.constantFrom(...spoiling),
    ),
  );
  return fc
    .array(step, { minLength: 1, maxLength: 4 })
    .map((steps) => steps.reduce((now, [path, by]) => changed(now, path, by), body));
};

const connects = vendorSamples('meta').filter(({ name }) => name.startsWith('connect-'));

describe('odd webhooks', () => {
  it('W* 300 variations of every connect still ring or answer with their SDP', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...connects)
          .chain(({ name, body }) => odd(body).map((made) => ({ name, made }))),
        ({ name, made }) => {
          const found = readers.meta(made);
          const begun = found.events.find(
            ({ event }) => event.kind === 'offer' || event.kind === 'answer',
          );
          expect(begun?.event.kind).toBe(name === 'connect-business' ? 'answer' : 'offer');
          expect(begun?.event).toMatchObject({ sdp: expect.stringMatching(/^v=0\r\n[^]*\r\n$/) });
          expect(readable(found)).toBe(true);
        },
      ),
      { seed: 20_261_128, numRuns: 300 },
    );
  });

  it('W* 300 variations of all vendor payloads throw nothing and report what is unread', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...all)
          .chain(({ vendor, body }) => odd(body).map((made) => ({ vendor, made }))),
        ({ vendor, made }) => {
          const found = readers[vendor](made);
          expect(found.events.length + found.problems.length).toBeGreaterThan(0);
          expect(readable(found)).toBe(true);
        },
      ),
      { seed: 20_261_129, numRuns: 300 },
    );
  });

  it('W* a connect rings without its envelope, as text or nested; one for another app does not', () => {
    const body = vendorSample('meta', 'connect-user');
    for (const made of [{ a: [{ b: { c: [body] } }] }, [body, body], { data: { entry: body } }]) {
      expect(readers.meta(made).events.map(({ event }) => event.kind)).toContain('offer');
    }
    const other = JSON.parse(JSON.stringify(body).replace('"field":"calls"', '"field":"standby"'));
    expect(readers.meta(other).events.map(({ event }) => event.kind)).toEqual(['number']);
  });
});
