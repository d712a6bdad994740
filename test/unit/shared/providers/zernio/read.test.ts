import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  zernioCallAnswer,
  zernioListAnswer,
} from '../../../../../src/shared/providers/zernio/api.ts';
import { zernioBill, zernioEstimate } from '../../../../../src/shared/providers/zernio/billing.ts';
import {
  zernioCall,
  zernioCallEvents,
} from '../../../../../src/shared/providers/zernio/call-events.ts';
import { fuzz } from '../d360/fuzz.ts';
import { RECEIVED_AT, ROW } from './samples.ts';

const begun = Date.parse(ROW.startedAt);
const outbound = { ...ROW, direction: 'outbound', from: ROW.to, to: ROW.from, endReason: null };
const reported = (call: object) =>
  zernioCallEvents(zernioCall.parse(call), RECEIVED_AT).map(({ event }) => event);

describe('a call read from the list', () => {
  it('may be missed, with its bill', () => {
    expect(zernioCallEvents(zernioCall.parse(ROW), RECEIVED_AT)).toMatchObject([
      { identity: 'call.announced:call_1', event: { kind: 'announced', at: begun } },
      {
        identity: 'call.terminated:call_1',
        event: {
          kind: 'terminated',
          direction: 'inbound',
          failed: false,
          bill: { billable: '0.0000001', meta: '0' },
          recorded: false,
        },
      },
    ]);
    expect(reported(ROW)[1]).not.toHaveProperty('startedAt');
  });

  it('may ring, be answered or fail', () => {
    expect(reported({ ...outbound, status: 'ringing' })).toMatchObject([
      { kind: 'announced', direction: 'outbound', party: { waId: '5511999990000' } },
      { kind: 'status', status: 'ringing' },
    ]);
    const answeredAt = '2026-11-22T10:00:07.000Z';
    expect(reported({ ...outbound, status: 'answered', answeredAt })).toMatchObject([
      { kind: 'announced' },
      { kind: 'status', status: 'accepted', at: begun + 7000 },
    ]);
    expect(reported({ ...outbound, status: 'failed' })).toMatchObject([
      { kind: 'announced' },
      { kind: 'terminated', failed: true },
    ]);
    expect(
      reported({ ...outbound, status: 'ended', answeredAt, endReason: 'hangup' }),
    ).toMatchObject([{ kind: 'announced' }, { kind: 'terminated', startedAt: begun + 7000 }]);
  });

  it('in an unknown state is only announced', () => {
    expect(reported({ ...ROW, status: 'queued' })).toMatchObject([{ kind: 'announced' }]);
    expect(reported({ _id: 'x' })).toEqual([]);
  });
});

describe('a page of calls', () => {
  it('keeps readable rows and the cursor', () => {
    const calls = [{ ...ROW, startedAt: 'then', billing: 'none' }, { status: 'ended' }, null];
    const page = zernioListAnswer.parse({ calls, nextCursor: '2026-11-22T10:00:00.000Z' });
    expect(page).toMatchObject({ unreadable: 2, next: '2026-11-22T10:00:00.000Z' });
    expect(page.calls).toMatchObject([{ id: 'call_1', status: 'ended' }]);
    expect(zernioListAnswer.parse({ calls: [], nextCursor: null }).next).toBeUndefined();
    expect(zernioCallAnswer.parse({ call: ROW }).call.id).toBe('call_1');
  });
});

describe('an amount', () => {
  it.each([
    [0.1, '0.1'],
    ['0.10', '0.10'],
    [9.98, '9.98'],
    [1e-7, '0.0000001'],
    ['2.5e-3', '0.0025'],
    [-0.5, '-0.5'],
    ['12e1', '120'],
  ])('reads %j as %s', (billableCostUSD, billable) => {
    expect(zernioBill.parse({ billableCostUSD }).billable).toBe(billable);
  });

  it.each([['ten'], [1e300], ['1e999999999'], ['0x10'], ['1e1.5'], [null], [{}]])(
    'rejects %j',
    (billableCostUSD) => {
      expect(zernioBill.parse({ billableCostUSD, metaCostUSD: 1 })).toMatchObject({ meta: '1' });
      expect(zernioBill.parse({ billableCostUSD }).billable).toBeUndefined();
    },
  );

  it('keeps every digit of cents and fractions', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.integer({ min: 0, max: 6 }),
        (n, places) => {
          const number = Number((n / 10 ** places).toFixed(places));
          const { billable } = zernioBill.parse({ billableCostUSD: number });
          expect(billable).toMatch(/^\d+(\.\d+)?$/);
          expect(Number(billable)).toBe(number);
        },
      ),
      { seed: 20_261_122, numRuns: 1000 },
    );
  });

  it('is read from an estimate', () => {
    const breakdown = {
      metaMinutes: 5,
      metaCostUSD: 0.05,
      billableCostUSD: 0.07,
      totalCostUSD: 0.12,
    };
    expect(
      zernioEstimate.parse({ destinationCountry: 'BR', perMinuteUsd: 0.024, breakdown }),
    ).toMatchObject({
      country: 'BR',
      perMinute: '0.024',
      bill: { billable: '0.07', meta: '0.05', total: '0.12' },
    });
    expect(zernioEstimate.parse({ destinationCountry: null })).toEqual({});
  });
});

describe('a row of the call list', () => {
  const silent = { path: '', why: 'tells nothing', kind: 'unsupported' } as const;
  const read = (row: unknown) => {
    const { calls } = zernioListAnswer.parse({ calls: [row] });
    const events = calls.flatMap((call) => zernioCallEvents(call, RECEIVED_AT));
    return { events, problems: [silent] };
  };
  fuzz(read, [ROW, { ...outbound, status: 'answered', answeredAt: ROW.endedAt, callErrors: [{}] }]);
});
