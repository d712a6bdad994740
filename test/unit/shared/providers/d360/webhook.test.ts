import { describe, expect, it } from 'vitest';
import { claimedDigest } from '../../../../../src/shared/providers/signature.ts';
import {
  d360Signature,
  normaliseD360Webhook,
} from '../../../../../src/shared/providers/d360/webhook.ts';
import { DELIVERIES, envelope, RECEIVED_AT, SAMPLES } from '../meta/samples.ts';
import { fuzz } from './fuzz.ts';

const options = { receivedAt: RECEIVED_AT };

describe('a webhook of 360dialog', () => {
  it('is Meta’s envelope', () => {
    const { events, problems } = normaliseD360Webhook(envelope(SAMPLES.userConnect), options);
    expect(problems).toEqual([]);
    expect(events).toMatchObject([{ event: { kind: 'offer', party: { waId: '16315553602' } } }]);
  });

  it('in the form of its guide is a problem, not an event', () => {
    const body = { event: 'call_permission_status', status: 'GRANTED', wa_id: '16315553602' };
    const { events, problems } = normaliseD360Webhook(body, options);
    expect(events).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  fuzz((body) => normaliseD360Webhook(body, options), DELIVERIES);
});

describe('its signature', () => {
  const digest = '0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914';

  it('has a header of its own', () => {
    expect(d360Signature).toEqual({ header: 'x-360dialog-signature', aliases: [] });
  });

  it.each([
    [digest, digest],
    [`sha256=${digest}`, digest],
    [` ${digest.toUpperCase()} `, digest],
    [digest.slice(1), undefined],
    [`sha1=${digest}`, undefined],
    ['', undefined],
  ])('%s', (header, expected) => {
    expect(claimedDigest(header)).toBe(expected);
  });
});
