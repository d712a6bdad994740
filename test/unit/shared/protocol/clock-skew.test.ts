import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import type { LogBody } from '../../../../src/shared/protocol/log-entry.ts';
import {
  frameToLocalTime,
  skewOf,
  toLocalTime,
} from '../../../../src/shared/protocol/clock-skew.ts';
import { transition } from '../../../../src/shared/call/transition.ts';

const offer = (at: number): LogBody => ({
  type: 'provider',
  accountId: 'support',
  providerCallId: 'wacid.1',
  event: { kind: 'offer', at, party: { waId: '5511987654321' }, sdp: 'v=0' },
});

test('ignores a clock difference within message latency', () => {
  expect(skewOf(10_000, 11_500)).toBe(0);
  expect(skewOf(10_000, undefined)).toBe(0);
  expect(skewOf(610_000, 10_000)).toBe(600_000);
});

test('a call that is fresh at the relay rings, however wrong the console’s clock', () => {
  const wrong = integer({ min: -86_400_000, max: 86_400_000 });
  assert(
    property(wrong, integer({ min: 0, max: 30_000 }), (error, age) => {
      const relayNow = 1_780_000_000_000;
      const localNow = relayNow + error;
      const body = toLocalTime(offer(relayNow - age), skewOf(localNow, relayNow));
      if (body.type !== 'provider' || body.event.kind !== 'offer') throw new Error('changed kind');
      const step = transition(
        undefined,
        { from: 'provider', accountId: 'support', event: body.event, providerCallId: 'wacid.1' },
        { id: 'support/wacid.1', accountId: 'support' },
        localNow,
      );
      expect(step.ok && step.call.phase.name).toBe('ringing');
    }),
  );
});

test('shifts every time in an event by the same amount', () => {
  const body: LogBody = {
    type: 'provider',
    accountId: 'support',
    event: {
      kind: 'terminated',
      at: 3000,
      party: {},
      failed: false,
      startedAt: 1000,
      endedAt: 2000,
      errors: [],
    },
  };
  expect(toLocalTime(body, 5000)).toMatchObject({
    event: { at: 8000, startedAt: 6000, endedAt: 7000 },
  });
  expect(toLocalTime(body, 0)).toBe(body);
});

test('shifts the times of messages, contacts and numbers', () => {
  const about = { type: 'provider', accountId: 'support' } as const;
  const bodies: LogBody[] = [
    { ...about, event: { kind: 'announced', at: 1000, party: {}, direction: 'inbound' } },
    { ...about, event: { kind: 'recording', at: 1000, what: 'audio' } },
    { ...about, event: { kind: 'message', at: 1000, party: {}, messageId: 'm', type: 'text' } },
    {
      ...about,
      event: { kind: 'message-status', at: 1000, messageId: 'm', status: 'read', errors: [] },
    },
    { ...about, event: { kind: 'number', at: 1000, change: { what: 'settings' } } },
  ];
  for (const body of bodies) {
    expect(toLocalTime(body, 5000)).toMatchObject({ event: { at: 6000 } });
  }
  const restrictions = [{ type: 'RESTRICTED', expiresAt: 2000 }, { type: 'OTHER' }];
  const restricted: LogBody = {
    ...about,
    event: { kind: 'number', at: 1000, change: { what: 'restricted', restrictions } },
  };
  expect(toLocalTime(restricted, 5000)).toMatchObject({
    event: { at: 6000, change: { restrictions: [{ expiresAt: 7000 }, { type: 'OTHER' }] } },
  });
  const sent: LogBody = {
    type: 'sent',
    accountId: 'support',
    by: { id: 'ana', name: 'Ana' },
    at: 1000,
    party: {},
    sent: { what: 'text', text: 'Hi' },
  };
  expect(toLocalTime(sent, 5000)).toMatchObject({ at: 6000 });
  const by = { id: 'bea', name: 'Bea' };
  const of = { accountId: 'support', providerCallId: '1', party: {} };
  const noted: LogBody = { type: 'noted', ...of, by, at: 1000, text: '' };
  expect(toLocalTime(noted, 5000)).toEqual({ ...noted, at: 6000 });
  expect(toLocalTime({ ...noted, callbackAt: 9000 }, 5000)).toMatchObject({ callbackAt: 14_000 });
});

test('shifts the relay’s own deadlines', () => {
  const callOffer = {
    callOfferId: 'h1',
    callId: 'support/wacid.1',
    accountId: 'support',
    providerCallId: 'wacid.1',
    direction: 'inbound',
    party: {},
    why: 'transfer',
    from: { id: 'ana', name: 'Ana' },
    to: [],
    deadlineAt: 30_000,
  } as const;
  const body: LogBody = { type: 'call-offer', callOffer: { ...callOffer, to: [] } };
  expect(toLocalTime(body, 5000)).toMatchObject({ callOffer: { deadlineAt: 35_000 } });
  const call = frameToLocalTime(
    {
      type: 'call',
      call: {
        callId: 'support/wacid.1',
        accountId: 'support',
        party: {},
        direction: 'inbound',
        state: 'on-hold',
        startedAt: 1000,
        callOffer: { ...callOffer, to: [] },
        supervisors: [],
        dtmf: '',
        legs: {},
      },
    },
    5000,
  );
  expect(call).toMatchObject({ call: { startedAt: 6000, callOffer: { deadlineAt: 35_000 } } });
});

test('K1 a fresh call rings, and with the console’s time, however wrong either clock', () => {
  const wrong = integer({ min: -86_400_000, max: 86_400_000 });
  assert(
    property(wrong, wrong, integer({ min: 0, max: 5_000 }), (deskError, relayError, way) => {
      const truth = 1_780_000_000_000;
      const [relayNow, deskNow] = [truth + relayError, truth + deskError];
      const reported = offer(truth - way);
      if (reported.type !== 'provider') throw new Error('changed kind');
      // As the relay measured it; within ten seconds it counts as latency.
      const ahead = Math.abs(relayError) <= 10_000 ? undefined : relayError;
      const body = toLocalTime({ ...reported, ahead }, skewOf(deskNow, relayNow));
      if (body.type !== 'provider' || body.event.kind !== 'offer') throw new Error('changed kind');
      expect(Math.abs(body.event.at - (deskNow - way))).toBeLessThanOrEqual(12_000);
      const step = transition(
        undefined,
        { from: 'provider', accountId: 'support', event: body.event, providerCallId: 'wacid.1' },
        { id: 'support/wacid.1', accountId: 'support' },
        deskNow,
      );
      expect(step.ok && step.call.phase.name).toBe('ringing');
    }),
    { seed: 1, numRuns: 300 },
  );
});
