import { describe, expect, test } from 'vitest';
import {
  afterConnected,
  afterRequest,
  afterUnanswered,
  callUsage,
  canCall,
  canRequest,
  DAY_MS,
  grantNow,
  newRecord,
  requestUsage,
  TEMPORARY_MS,
  temporaryFrom,
  WEEK_MS,
} from '../../../../src/simulator/customers/permission-rules.ts';

const NOW = Date.UTC(2026, 10, 22);

describe('permission requests', () => {
  test('are limited to one a day and two a week', () => {
    const once = afterRequest(newRecord({ kind: 'none' }), NOW);
    expect(canRequest(once, NOW + DAY_MS - 1)).toBe(false);
    expect(requestUsage(once, NOW).day).toEqual({ used: 1, max: 1, freeAt: NOW + DAY_MS });
    expect(canRequest(once, NOW + DAY_MS)).toBe(true);
    const twice = afterRequest(once, NOW + DAY_MS);
    expect(canRequest(twice, NOW + 2 * DAY_MS)).toBe(false);
    expect(requestUsage(twice, NOW + 2 * DAY_MS).week.freeAt).toBe(NOW + WEEK_MS);
    expect(canRequest(twice, NOW + WEEK_MS)).toBe(true);
  });

  test('start over after a connected call', () => {
    const once = afterRequest(newRecord({ kind: 'none' }), NOW);
    expect(canRequest(afterConnected(once, NOW, 'user-initiated'), NOW)).toBe(true);
    expect(canRequest(afterConnected(once, NOW, 'business-initiated'), NOW)).toBe(true);
  });

  test('are refused once the permission is permanent', () => {
    expect(canRequest(newRecord({ kind: 'permanent' }), NOW)).toBe(false);
  });
});

describe('call permissions', () => {
  test('end after 168 hours if temporary', () => {
    const record = newRecord(temporaryFrom(NOW));
    expect(canCall(record, NOW + TEMPORARY_MS - 1)).toBe(true);
    expect(canCall(record, NOW + TEMPORARY_MS)).toBe(false);
    expect(grantNow(record, NOW + TEMPORARY_MS)).toEqual({ kind: 'none' });
  });

  test('allow a hundred connected calls a day, not counting the customer’s', () => {
    let record = newRecord({ kind: 'permanent' });
    for (let i = 0; i < 100; i++) record = afterConnected(record, NOW + i, 'business-initiated');
    expect(callUsage(record, NOW + 100)).toEqual({ used: 100, max: 100, freeAt: NOW + DAY_MS });
    expect(canCall(record, NOW + 100)).toBe(false);
    expect(canCall(record, NOW + DAY_MS)).toBe(true);
    const other = afterConnected(newRecord({ kind: 'permanent' }), NOW, 'user-initiated');
    expect(callUsage(other, NOW).used).toBe(0);
  });

  test('are revoked by the fourth unanswered call in a row; an answered one starts over', () => {
    let record = newRecord({ kind: 'permanent' });
    const outcomes = [1, 2, 3, 4].map(() => {
      const next = afterUnanswered(record, NOW);
      record = next.record;
      return next.revoked;
    });
    expect(outcomes).toEqual([false, false, false, true]);
    expect(record.grant).toEqual({ kind: 'none' });

    let other = newRecord({ kind: 'permanent' });
    for (let i = 0; i < 3; i++) other = afterUnanswered(other, NOW).record;
    other = afterConnected(other, NOW, 'business-initiated');
    expect(afterUnanswered(other, NOW).revoked).toBe(false);
  });
});
