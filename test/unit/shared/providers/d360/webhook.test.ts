import { describe, expect, it } from 'vitest';
import {
  d360Signature,
  normaliseD360Webhook,
} from '../../../../../src/shared/providers/d360/webhook.ts';
import { DELIVERIES, envelope, RECEIVED_AT, SAMPLES } from '../meta/samples.ts';
import { fuzz } from './fuzz.ts';

const options = { receivedAt: RECEIVED_AT };

describe('a 360dialog webhook', () => {
  it('is read from Meta’s envelope', () => {
    const { events, problems } = normaliseD360Webhook(envelope(SAMPLES.userConnect), options);
    expect(problems).toEqual([]);
    expect(events).toMatchObject([{ event: { kind: 'offer', party: { waId: '16315553602' } } }]);
  });

  it('reports the form shown in its guide as a problem', () => {
    const body = { event: 'call_permission_status', status: 'GRANTED', wa_id: '16315553602' };
    const { events, problems } = normaliseD360Webhook(body, options);
    expect(events).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  fuzz((body) => normaliseD360Webhook(body, options), DELIVERIES);
});

describe('a 360dialog signature', () => {
  it('has its own header', () => {
    expect(d360Signature).toEqual({ header: 'x-360dialog-signature', aliases: [] });
  });
});
