import { describe, expect, it } from 'vitest';
import { pilotListAnswer } from '../../../../../src/shared/providers/pilot-status/api.ts';
import {
  endEvents,
  pilotCall,
  pilotCallEvents,
} from '../../../../../src/shared/providers/pilot-status/call-events.ts';
import { fuzz } from '../d360/fuzz.ts';
import { CALL, RECEIVED_AT } from './samples.ts';

const created = Date.parse(CALL.createdAt);
const events = (call: object, actpassAnswer?: 'passive') =>
  pilotCallEvents(pilotCall.parse({ ...CALL, ...call }), {
    receivedAt: RECEIVED_AT,
    actpassAnswer,
  });
const reported = (call: object) => events(call).map(({ event }) => event);

describe('a polled call', () => {
  it('from a customer is announced, then offered once it has an SDP', () => {
    expect(reported({})).toMatchObject([{ kind: 'announced', at: created, direction: 'inbound' }]);
    expect(reported({ sdpOffer: 'v=0\r\n' })).toMatchObject([
      { kind: 'offer', sdp: 'v=0\r\n', party: { waId: '5511999990000' } },
    ]);
  });

  it('of ours rings with its answer, with a=setup resolved', () => {
    const call = { direction: 'OUTBOUND', sdpAnswer: 'v=0\r\na=setup:actpass\r\n' };
    expect(reported(call)).toMatchObject([
      { kind: 'answer', sdp: 'v=0\r\na=setup:active\r\n' },
      { kind: 'status', status: 'ringing' },
    ]);
    expect(events(call, 'passive')[0]?.event).toMatchObject({
      sdp: 'v=0\r\na=setup:passive\r\n',
    });
  });

  it('of ours that was just placed yields no event', () => {
    expect(reported({ direction: 'OUTBOUND', status: 'INITIATED' })).toEqual([]);
  });

  it('is accepted at the time it connected', () => {
    const connectedAt = '2026-11-22T10:00:09.000Z';
    expect(reported({ direction: 'OUTBOUND', status: 'ACCEPTED', connectedAt })).toMatchObject([
      { kind: 'status', status: 'accepted', at: Date.parse(connectedAt) },
    ]);
  });

  it('ends with the same identity as by webhook', () => {
    const ended = events({
      status: 'completed',
      connectedAt: '2026-11-22T10:00:09.000Z',
      endedAt: '2026-11-22T10:00:19.000Z',
      durationSeconds: 10,
    });
    expect(ended).toMatchObject([
      {
        identity: 'call.ended:wacid.A',
        event: { kind: 'terminated', startedAt: created + 9000, durationSeconds: 10 },
      },
    ]);
  });

  it.each(['MISSED', 'COMPLETED'])('with status %s and duration 0 was not answered', (status) => {
    const [end] = reported({ status, endedAt: '2026-11-22T10:00:19Z', durationSeconds: 0 });
    expect(end).not.toHaveProperty('startedAt');
    expect(end).not.toHaveProperty('durationSeconds');
  });

  it('with a connect time was answered, however short', () => {
    const at = '2026-11-22T10:00:19.000Z';
    const [end] = reported({
      status: 'COMPLETED',
      connectedAt: at,
      endedAt: at,
      durationSeconds: 0,
    });
    expect(end).toMatchObject({ startedAt: Date.parse(at), durationSeconds: 0 });
  });

  it('in an unknown state has ended only if it has an end time', () => {
    expect(reported({ status: 'CONNECTING' })).toMatchObject([{ kind: 'announced' }]);
    const endedAt = '2026-11-22T10:00:19.000Z';
    expect(reported({ status: 'EXPIRED', endedAt })).toMatchObject([{ kind: 'terminated' }]);
  });
});

describe('an end reported by webhook', () => {
  const end = {
    providerCallId: 'wacid.A',
    secondaryId: undefined,
    direction: 'outbound',
    party: {},
    endedAt: RECEIVED_AT,
    connectedAt: undefined,
  } as const;

  it.each([
    ['COMPLETED', 0, true],
    ['COMPLETED', undefined, false],
    ['REJECTED', 0, false],
    ['FAILED', 0, false],
    ['FAILED', 3, true],
  ])('is read: %s after %s s, answered %s', (status, durationSeconds, answered) => {
    const [last] = endEvents({ ...end, status, durationSeconds }).slice(-1);
    expect('startedAt' in (last?.event ?? {})).toBe(answered);
  });
});

describe('a call list', () => {
  it('keeps readable rows and drops unreadable fields', () => {
    const rows = [{ ...CALL, createdAt: 'yesterday', more: 1 }, { id: 'x' }, 7];
    const { calls, unreadable } = pilotListAnswer.parse({ calls: rows });
    expect(calls).toMatchObject([{ id: 'call_01', direction: 'inbound' }]);
    expect(calls[0]).not.toHaveProperty('createdAt');
    expect(unreadable).toBe(2);
  });
});

describe('a row of the polled list', () => {
  const silent = { path: '', why: 'tells nothing', kind: 'unsupported' } as const;
  const read = (row: unknown) => {
    const { calls } = pilotListAnswer.parse({ calls: [row] });
    const events = calls.flatMap((call) => pilotCallEvents(call, { receivedAt: RECEIVED_AT }));
    return { events, problems: [silent] };
  };
  const ended = { status: 'COMPLETED', endedAt: CALL.updatedAt, connectedAt: CALL.createdAt };
  fuzz(read, [CALL, { ...CALL, sdpOffer: 'v=0' }, { ...CALL, ...ended, durationSeconds: 1 }]);
});
