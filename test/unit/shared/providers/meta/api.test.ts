import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  metaErrorOf,
  placedAnswer,
  successAnswer,
} from '../../../../../src/shared/providers/meta/api.ts';
import { settingsAnswer, settingsOf } from '../../../../../src/shared/providers/meta/settings.ts';
import { isKnownCode } from '../../../../../src/shared/providers/error-words.ts';
import {
  permissionAnswer,
  permissionOf,
} from '../../../../../src/shared/providers/meta/permission.ts';

describe('a Graph error', () => {
  test('is read in Meta’s documented form', () => {
    const body = {
      error: {
        message: '(#138006) No approved call permission',
        type: 'OAuthException',
        code: 138006,
        error_data: { messaging_product: 'whatsapp', details: 'ask first' },
        fbtrace_id: 'x',
      },
    };
    expect(metaErrorOf(401, body)).toEqual({
      code: '138006',
      message: 'No approved call permission',
      details: 'ask first',
      transient: false,
    });
  });

  test.each([
    [429, { error: { code: 138002 } }, true],
    [500, { error: { code: 138007 } }, true],
    [400, { error: { code: 100, is_transient: true } }, true],
    [400, { error: { code: 100, error_data: 'odd', is_transient: 'odd' } }, false],
    [400, { error: { code: '100', message: null, error_data: null, is_transient: 'true' } }, true],
  ])('%i %j is transient: %s', (status, body, transient) => {
    expect(metaErrorOf(status, body).transient).toBe(transient);
  });

  test.each([
    [502, undefined, { code: 'http-502', transient: true }],
    [404, '<html>', { code: 'http-404', transient: false }],
    [400, { error: 'text' }, { code: 'http-400', transient: false }],
  ])('falls back to HTTP status %i without a Graph body', (status, body, expected) => {
    expect(metaErrorOf(status, body)).toMatchObject(expected);
  });

  test('has our words for every documented code', () => {
    const codes = [
      100, 613, 131009, 131026, 131030, 131044, 131055, 138000, 138001, 138002, 138003, 138004,
      138005, 138006, 138007, 138009, 138012, 138013, 138014, 138015, 138017, 138018, 138019,
      138020, 138021, 138022, 138023,
    ];
    expect(codes.filter((code) => !isKnownCode('meta', String(code)))).toEqual([]);
  });
});

describe('a permission answer', () => {
  const sample: unknown = JSON.parse(
    readFileSync(new URL('./samples/call_permissions.json', import.meta.url), 'utf8'),
  );

  test('is read from the documented sample', () => {
    expect(permissionOf(permissionAnswer.parse(sample), 7)).toEqual({
      status: 'temporary',
      expiresAt: 1745343479000,
      call: {
        allowed: false,
        limits: [{ period: 'PT24H', max: 5, used: 5, freeAt: 1745622600000 }],
      },
      request: {
        allowed: true,
        limits: [
          { period: 'PT24H', max: 1, used: 0, freeAt: undefined },
          { period: 'P7D', max: 2, used: 1, freeAt: undefined },
        ],
      },
      checkedAt: 7,
    });
  });

  test.each([
    [{ status: 'temporary', expiration: '1745343479' }, 'temporary', 1745343479000],
    [{ status: 'permanent' }, 'permanent', undefined],
    [{ status: 'something new' }, 'none', undefined],
  ])('is read from %j', (permission, status, expiresAt) => {
    const answer = permissionAnswer.parse({ permission });
    expect(permissionOf(answer, 0)).toMatchObject({ status, call: { allowed: false } });
    expect(permissionOf(answer, 0).expiresAt).toBe(expiresAt);
  });
});

describe('another spelling of an answer', () => {
  test('a permission is read, and one odd action hides no other', () => {
    const answer = permissionAnswer.parse({
      permission: { status: 'Temporary', expiration_time: '1745343479', expiration: null },
      actions: [
        { action_name: 'start_call', can_perform_action: 'true', limits: null },
        { action_name: 5 },
        null,
        {
          action_name: 'send_call_permission_request',
          can_perform_action: 1,
          limits: [{ time_period: 'PT24H', max_allowed: '1', current_usage: '0' }, 'odd'],
        },
      ],
    });
    expect(permissionOf(answer, 0)).toMatchObject({
      status: 'temporary',
      expiresAt: 1_745_343_479_000,
      call: { allowed: true, limits: [] },
      request: { allowed: true, limits: [{ period: 'PT24H', max: 1, used: 0 }] },
    });
    expect(permissionAnswer.parse({ permission: { status: 'permanent' }, actions: null })).toEqual({
      permission: { status: 'permanent' },
      actions: [],
    });
  });

  test('a call that was placed is known, whatever form its id has', () => {
    expect(placedAnswer.parse({ calls: [{ id: 77 }] }).calls[0].id).toBe('77');
    expect(successAnswer.safeParse({ success: 'true' }).success).toBe(true);
    expect(successAnswer.safeParse({ success: 'false' }).success).toBe(false);
    expect(successAnswer.safeParse({ success: 0 }).success).toBe(false);
  });

  test('settings are on in any letters, and null is as good as none', () => {
    const calling = { status: 'enabled', callback_permission_status: 'Enabled' };
    expect(settingsOf(settingsAnswer.parse({ calling }))).toMatchObject({
      calling: true,
      callback: true,
    });
    expect(settingsOf(settingsAnswer.parse({ calling: null }))).toMatchObject({ calling: false });
  });
});
