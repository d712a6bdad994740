import { describe, expect, it } from 'vitest';
import {
  normalisePilotWebhook,
  pilotSignature,
} from '../../../../../src/shared/providers/pilot-status/webhook.ts';
import { fuzz } from '../d360/fuzz.ts';
import { envelope, SAMPLES } from '../meta/samples.ts';
import { FLAT, RECEIVED_AT } from './samples.ts';

const options = { receivedAt: RECEIVED_AT };
const run = (body: unknown) => normalisePilotWebhook(body, options);
const at = Date.parse('2026-11-22T10:00:00.000Z');

/** The events of a body that has no problems. */
function clean(body: unknown) {
  const { events, problems } = run(body);
  expect(problems).toEqual([]);
  return events;
}

describe('flat events', () => {
  it('a customer’s call is announced under WhatsApp’s id', () => {
    expect(clean(FLAT.ringing)).toEqual([
      {
        phoneNumberId: undefined,
        identity: 'call.announced:wacid.A',
        providerCallId: 'wacid.A',
        pilotCallId: 'call_01',
        event: { kind: 'announced', at, party: { waId: '5511999990000' }, direction: 'inbound' },
      },
    ]);
  });

  it('a call of ours rings', () => {
    expect(clean(FLAT.ringingOut)).toMatchObject([
      { providerCallId: 'call_02', event: { kind: 'status', at, status: 'ringing' } },
    ]);
  });

  it('is answered', () => {
    expect(clean(FLAT.connected)).toMatchObject([
      { event: { kind: 'status', at: at + 5000, status: 'accepted' } },
    ]);
  });

  it('ends, with the start told from its duration', () => {
    expect(clean(FLAT.ended)).toMatchObject([
      {
        identity: 'call.ended:call_02',
        event: {
          kind: 'terminated',
          direction: 'outbound',
          party: { waId: '5511999990000' },
          failed: false,
          startedAt: at + 5000,
          endedAt: at + 70_000,
          durationSeconds: 65,
        },
      },
    ]);
  });

  it('a refusal is told before the end', () => {
    const { duration: _, ...ended } = FLAT.ended;
    const events = clean({ ...ended, status: 'REJECTED' });
    expect(events.map(({ event }) => event)).toMatchObject([
      { kind: 'status', status: 'rejected' },
      { kind: 'terminated', failed: false },
    ]);
    expect(events[1]?.event).not.toHaveProperty('startedAt');
    expect(clean({ ...ended, status: 'failed' })).toMatchObject([{ event: { failed: true } }]);
  });

  it('a missed call is an inbound end without a start', () => {
    const [missed] = clean(FLAT.missed);
    expect(missed?.event).toMatchObject({
      kind: 'terminated',
      direction: 'inbound',
      failed: false,
    });
    expect(missed?.event).not.toHaveProperty('startedAt');
  });

  it.each([
    ['TEMPORARY', true, false],
    ['permanent', true, true],
    ['NO_PERMISSION', false, false],
  ])('permission %s', (status, granted, permanent) => {
    const [permission] = clean({ ...FLAT.permission, status });
    expect(permission).toMatchObject({ event: { kind: 'permission', granted, permanent, at } });
    expect(permission).not.toHaveProperty('providerCallId');
  });

  it('a wrapper around the fields is forgiven', () => {
    const { event, ...data } = FLAT.ringing;
    expect(clean({ event, data })).toEqual(clean(FLAT.ringing));
  });

  it('a repetition has the same identity', () => {
    const twice = [FLAT.permission, { ...FLAT.permission }].map((body) => clean(body)[0]?.identity);
    expect(twice[0]).toBe(twice[1]);
  });

  it('what is missing or unknown is listed', () => {
    const { direction: _, ...ringing } = FLAT.ringing;
    expect(run(ringing).problems).toMatchObject([{ path: 'direction' }]);
    expect(run({ event: 'call.ended' })).toMatchObject({ events: [], problems: [{ path: '' }] });
    expect(run({ ...FLAT.missed, from: 'Ana' }).problems[0]).toMatchObject({ path: 'from' });
    expect(run({ ...FLAT.ended, status: 'VANISHED' }).problems).toMatchObject([{ path: 'status' }]);
    expect(run({ event: 'message.received', data: {} }).problems).toMatchObject([
      { kind: 'unsupported' },
    ]);
    expect(run({}).problems).toMatchObject([{ path: 'event', kind: 'malformed' }]);
  });
});

describe('the native envelope', () => {
  const value = SAMPLES.userConnect;

  it.each([
    ['whole', envelope(value)],
    ['wrapped', { event: 'calls', data: value }],
    ['flat', { event: 'calls', ...value }],
    ['bare', value],
  ])('%s', (_, body) => {
    expect(clean(body)).toMatchObject([
      {
        event: { kind: 'offer', sdp: 'v=0\r\na=setup:actpass\r\n', party: { waId: '16315553602' } },
      },
    ]);
  });

  it('names its problems by where they are in the body', () => {
    const { session: _, ...call } = value.calls[0];
    expect(run({ event: 'calls', data: { calls: [call] } }).problems).toMatchObject([
      { path: 'data.calls[0].session' },
    ]);
    expect(run({ calls: [call] }).problems).toMatchObject([{ path: 'calls[0].session' }]);
  });
});

it('no signature is documented', () => {
  expect(pilotSignature).toEqual({ scheme: 'none' });
});

describe('any body', () => {
  fuzz(run, [
    ...Object.values(FLAT),
    { event: 'calls', data: SAMPLES.businessConnect },
    { event: 'calls', ...SAMPLES.terminate },
    envelope(SAMPLES.status),
  ]);
});
