import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { permissionOf } from '../../../../../src/shared/providers/meta/permission.ts';
import {
  PILOT_API_BASE,
  pilotDoneAnswer,
  pilotErrorOf,
  pilotPermissionAnswer,
  pilotPlacedAnswer,
  realtimeAnswer,
} from '../../../../../src/shared/providers/pilot-status/api.ts';
import { isKnownCode } from '../../../../../src/shared/providers/error-words.ts';
import { nearly } from '../d360/mutations.ts';

test('Pilot Status requests go to the documented URL', () => {
  expect(PILOT_API_BASE).toBe('https://pilotstatus.com.br');
});

describe('a Pilot Status answer', () => {
  test('to placing or acting on a call is read', () => {
    const placed = { id: 'call_1', externalCallId: 'wacid.A', status: 'INITIATED', more: [] };
    expect(pilotPlacedAnswer.parse(placed)).toEqual({ id: 'call_1', externalCallId: 'wacid.A' });
    expect(pilotDoneAnswer.safeParse({}).success).toBe(true);
    expect(pilotDoneAnswer.safeParse({ success: false }).success).toBe(false);
  });

  test('to a realtime session is read', () => {
    const wsUrl = 'wss://media.example.com/ws/1/call_1?token=t';
    const session = { wsUrl, expiresInSeconds: 120 };
    expect(realtimeAnswer.parse({ ...session, token: 't' })).toEqual(session);
    expect(realtimeAnswer.parse({ wsUrl })).toEqual(session);
    expect(realtimeAnswer.safeParse({ wsUrl: 'https://example.com' }).success).toBe(false);
  });

  test.each(['temporary', 'TEMPORARY'])('reads permission %s', (status) => {
    const limits = [{ time_period: 'PT24H', max_allowed: 1, current_usage: 1 }];
    const answer = pilotPermissionAnswer.parse({
      permission: { status, expiration_time: 1_780_000_000 },
      actions: [
        { action_name: 'start_call', can_perform_action: true, limits },
        { action_name: 'send_call_permission_request', can_perform_action: false },
      ],
    });
    expect(permissionOf(answer, 7)).toMatchObject({
      status: 'temporary',
      expiresAt: 1_780_000_000_000,
      call: { allowed: true, limits: [{ period: 'PT24H', max: 1, used: 1 }] },
      request: { allowed: false },
    });
    expect(pilotPermissionAnswer.safeParse({ permission: 1 }).success).toBe(false);
  });
});

describe('a Pilot Status error', () => {
  test.each([
    [
      409,
      { error: 'offline', code: 'WHATSAPP_INSTANCE_NOT_CONNECTED' },
      'WHATSAPP_INSTANCE_NOT_CONNECTED',
      false,
    ],
    [400, { error: 'no', code: 'FEATURE_NOT_SUPPORTED' }, 'FEATURE_NOT_SUPPORTED', false],
    [
      502,
      { error: '131044', code: 'META_CALLING_PAYMENT_REQUIRED' },
      'META_CALLING_PAYMENT_REQUIRED',
      true,
    ],
    [400, { error: 'Meta error 138015', code: 'META_ERROR' }, '138015', false],
    [400, { error: 'no', code: 'META_ERROR', details: '(#138002) busy' }, '138002', true],
    [400, { error: 'no', code: 'SOMETHING_NEW' }, 'SOMETHING_NEW', false],
    [400, { error: 'no', code: 'constructor' }, 'constructor', false],
    [429, { error: 'slow down' }, 'http-429', true],
    [500, { error: 'x', code: '' }, 'http-500', true],
    [503, undefined, 'http-503', true],
    [400, { error: { odd: 1 }, code: [] }, 'http-400', false],
  ])('is read from HTTP %i with %j', (status, body, code, transient) => {
    expect(pilotErrorOf(status, body)).toMatchObject({ code, transient });
  });

  test('keeps the provider’s words', () => {
    const body = { error: 'offline', code: 'X', details: 'scan the code' };
    expect(pilotErrorOf(409, body)).toMatchObject({ message: 'offline', details: 'scan the code' });
    expect(pilotErrorOf(409, {}).message).toBe('HTTP status 409');
  });

  test('has a message for any body', () => {
    const bodies = fc.oneof(fc.anything(), nearly([{ error: 'x', code: 'X', details: 'x' }]));
    fc.assert(
      fc.property(bodies, (body) => {
        const { code, message } = pilotErrorOf(400, body);
        expect([typeof code, typeof message]).toEqual(['string', 'string']);
        expect(code).not.toBe('');
      }),
      { seed: 20_261_122, numRuns: 3000 },
    );
  });

  test('has our words for every documented code', () => {
    const codes = [
      'FEATURE_NOT_SUPPORTED',
      'WHATSAPP_INSTANCE_NOT_CONNECTED',
      'META_CALL_PERMISSION_REQUIRED',
      'META_CALL_PERMISSION_REQUEST_LIMIT',
      'META_CALLING_PAYMENT_REQUIRED',
      '138006',
      '138009',
      '138015',
      '131044',
      '613',
      'TENANT_SCOPE_NOT_ALLOWED',
      'NUMBER_SCOPE_NOT_ALLOWED',
      'NUMBER_MISMATCH',
      'NUMBER_REQUIRED',
      'NUMBER_NOT_FOUND',
      'WEBHOOK_NOT_FOUND',
      'SUBSCRIPTION_REQUIRED_FOR_MEDIA',
      ...[401, 402, 403, 404, 429].map((status) => `http-${status}`),
      'network',
      'timeout',
      'unreadable',
    ];
    expect(codes.filter((code) => !isKnownCode('pilot-status', code))).toEqual([]);
  });
});
