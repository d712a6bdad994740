import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ZERNIO_API_BASE,
  zernioConfigAnswer,
  zernioEnabledAnswer,
  zernioPlacedAnswer,
  zernioRecordingAnswer,
} from '../../../../../src/shared/providers/zernio/api.ts';
import { isKnownCode } from '../../../../../src/shared/providers/error-words.ts';
import {
  zernioErrorOf,
  type ZernioOperation,
} from '../../../../../src/shared/providers/zernio/read-error.ts';
import { nearly } from '../d360/mutations.ts';

test('Zernio requests go to the documented URL', () => {
  expect(ZERNIO_API_BASE).toBe('https://zernio.com/api');
});

describe('a Zernio answer', () => {
  test('to the configuration is read with missing or new fields', () => {
    const config = zernioConfigAnswer.parse({
      phoneNumberDocId: 'doc_1',
      callingEnabled: true,
      forwardTo: null,
      callDeepLink: 'https://wa.me/call/551130000000',
      callerIdMode: 'something new',
      currentSpend: 1,
    });
    expect(config).toMatchObject({
      phoneNumberDocId: 'doc_1',
      callingEnabled: true,
      recordingEnabled: false,
      callDeepLink: 'https://wa.me/call/551130000000',
    });
    expect(config.forwardTo).toBeUndefined();
    expect(zernioConfigAnswer.safeParse({}).success).toBe(true);
  });

  test('to enabling, dialling and a recording is read', () => {
    const enabled = { success: true, callingEnabled: true, sipHostname: 'x.sip.example.com' };
    expect(zernioEnabledAnswer.parse(enabled)).toMatchObject({ sipHostname: 'x.sip.example.com' });
    expect(zernioPlacedAnswer.parse({ callId: 'call_1', status: 'dialing' }).callId).toBe('call_1');
    expect(zernioRecordingAnswer.safeParse({ url: 'https://a.example/r.mp3' }).success).toBe(true);
    expect(zernioRecordingAnswer.safeParse({ url: 'javascript:alert(1)' }).success).toBe(false);
  });
});

describe('a Zernio error', () => {
  const noPermission = { error: 'No active call permission. Send a permission request first.' };

  test.each<[ZernioOperation, number, unknown, string, boolean]>([
    ['dial', 409, noPermission, 'dial-409', false],
    ['dial', 422, { error: 'calling is off' }, 'dial-422', false],
    ['dial', 422, { error: 'failed (138013)' }, '138013', false],
    ['dial', 400, { error: '131047: re-engagement' }, '131047', false],
    ['dial', 502, undefined, 'dial-502', true],
    ['permission', 429, { error: 'x', type: 'rate_limit_error' }, 'rate_limit_error', true],
    ['permission', 400, { error: 'x', platformError: { code: 131047 } }, '131047', false],
    ['dial', 400, { error: 'x', platformError: { code: '138006', message: 'm' } }, '138006', false],
    [
      'enable',
      409,
      { error: 'x', code: 'invalid_resource_state' },
      'invalid_resource_state',
      false,
    ],
    ['enable', 400, { error: { message: 'own number' } }, 'enable-400', false],
    ['read', 404, { error: [] }, 'read-404', false],
    ['read', 400, { error: 'x', code: 'new_code' }, 'new_code', false],
    ['config', 500, '<html>', 'http-500', true],
    ['config', 403, [], 'http-403', false],
  ])('is read: %s %i %j', (operation, status, body, code, transient) => {
    expect(zernioErrorOf(status, body, operation)).toMatchObject({ code, transient });
  });

  test('keeps the provider’s words', () => {
    const body = { error: { message: 'no' }, platformError: { code: 1, message: 'more' } };
    expect(zernioErrorOf(400, body, 'dial')).toMatchObject({ message: 'no', details: 'more' });
  });

  test('has a message for any body', () => {
    const bodies = fc.oneof(
      fc.anything(),
      nearly([
        { error: { message: 'x' }, code: 'x', type: 'x', platformError: { code: 1, message: 'x' } },
      ]),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        const { code, message } = zernioErrorOf(400, body, 'dial');
        expect([typeof code, typeof message]).toEqual(['string', 'string']);
        expect(code).not.toBe('');
      }),
      { seed: 20_261_122, numRuns: 3000 },
    );
  });

  test('has our words for every documented status and code', () => {
    const codes = [
      'config-404',
      ...[400, 404, 409, 422].map((status) => `enable-${status}`),
      ...[400, 404].map((status) => `update-${status}`),
      'permission-404',
      ...[409, 422, 502].map((status) => `dial-${status}`),
      ...[404, 502].map((status) => `recording-${status}`),
      'read-404',
      'invalid_request_error',
      'authentication_error',
      'permission_error',
      'not_found',
      'rate_limit_error',
      'platform_error',
      'api_error',
      'invalid_resource_state',
      'FEATURE_NOT_AVAILABLE',
      '138013',
      '131047',
      'http-401',
      'http-429',
      'network',
      'timeout',
      'unreadable',
    ];
    expect(codes.filter((code) => !isKnownCode('zernio', code))).toEqual([]);
  });
});
