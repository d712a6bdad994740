import { describe, expect, test } from 'vitest';
import {
  messageOf,
  noAnswerCode,
  providerErrorMessage,
} from '../../../../src/shared/providers/error-words.ts';
import { providerIds, type ProviderId } from '../../../../src/shared/rules/data/providers.ts';

/**
 * Meta's table (docs/providers/meta.md#errors). Any provider that forwards calls may return these.
 */
const metaCodes = [
  100, 613, 131009, 131026, 131030, 131044, 131055, 138000, 138001, 138002, 138003, 138004, 138005,
  138006, 138007, 138008, 138009, 138012, 138013, 138014, 138015, 138017, 138018, 138019, 138020,
  138021, 138022, 138023, 138038,
].map(String);

/** Our own codes for requests without an answer or never sent. */
const own = ['network', 'timeout', 'unreadable', 'no-account', 'no-number', 'not-supported'];
const statuses = ['http-401', 'http-404', 'http-429', 'http-500', 'http-502', 'http-503'];

const pilot = [
  'FEATURE_NOT_SUPPORTED',
  'WHATSAPP_INSTANCE_NOT_CONNECTED',
  'META_CALL_PERMISSION_REQUIRED',
  'META_CALL_PERMISSION_REQUEST_LIMIT',
  'META_CALLING_PAYMENT_REQUIRED',
  'TENANT_SCOPE_NOT_ALLOWED',
  'NUMBER_SCOPE_NOT_ALLOWED',
  'NUMBER_MISMATCH',
  'NUMBER_REQUIRED',
  'NUMBER_NOT_FOUND',
  'WEBHOOK_NOT_FOUND',
  'SUBSCRIPTION_REQUIRED_FOR_MEDIA',
  'http-402',
  'http-403',
  'http-409',
];

const further: Readonly<Record<ProviderId, readonly string[]>> = {
  meta: ['190', '131047', 'http-403', 'no-recording', 'foreign-media'],
  d360: ['131047', 'http-403'],
  'pilot-meta': pilot,
  'pilot-web': pilot,
  zernio: [
    '131047',
    'config-404',
    'enable-400',
    'enable-404',
    'enable-409',
    'enable-422',
    'update-400',
    'update-404',
    'permission-404',
    'request-409',
    'request-422',
    'dial-409',
    'dial-busy',
    'dial-422',
    'dial-502',
    'recording-404',
    'recording-502',
    'read-404',
    'forward-to',
    'invalid_resource_state',
    'FEATURE_NOT_AVAILABLE',
    'invalid_request_error',
    'authentication_error',
    'permission_error',
    'not_found',
    'rate_limit_error',
    'platform_error',
    'api_error',
  ],
};

const cases = providerIds.flatMap((id) =>
  [...metaCodes, ...own, ...statuses, ...further[id]].map((code) => [id, code] as const),
);

test.each(cases)('%s %s has a sentence and a next step', (id, code) => {
  const said = providerErrorMessage(id, { code });
  expect(said?.what).toMatch(/^[A-Z0-9].*\.$/);
  expect(said?.next).toMatch(/^[A-Z].*\.$/);
});

describe('error words', () => {
  test.each(['toString', '__proto__', '999999', ''])('are missing for unknown code %j', (code) => {
    expect(providerIds.map((id) => providerErrorMessage(id, { code }))).toEqual(
      providerIds.map(() => undefined),
    );
  });
});

test('one code has different words for different providers', () => {
  expect(providerErrorMessage('d360', { code: '138002' })?.what).toContain('account');
  expect(providerErrorMessage('meta', { code: '138002' })?.what).toContain('number');
});

test('an unknown provider gets the words of the first that knows the code', () => {
  expect(providerErrorMessage(undefined, { code: '138006' })).toEqual(
    providerErrorMessage('meta', { code: '138006' }),
  );
  expect(providerErrorMessage(undefined, { code: 'dial-422' })).toEqual(
    providerErrorMessage('zernio', { code: 'dial-422' }),
  );
  expect(providerErrorMessage(undefined, { code: 'nonsense' })).toBeUndefined();
});

test.each([
  'proxy-unreachable',
  'proxy-password',
  'proxy-sign-in',
  'proxy-refused',
  'certificate-untrusted',
  'certificate-early',
])('P2 a request that ends with %s says so, and what to do', (why) => {
  const code = noAnswerCode({ kind: 'network', why });
  expect(code).toBe(why);
  for (const id of providerIds) {
    expect(providerErrorMessage(id, { code })).toEqual({
      what: expect.stringMatching(/could not be reached: \S/),
      next: expect.any(String),
    });
  }
  expect(messageOf({ code, message: why, transient: true })).toBe('none');
});

test('a failure without words of its own counts as a network error', () => {
  expect(noAnswerCode({ kind: 'network', why: 'ECONNRESET' })).toBe('network');
  expect(noAnswerCode({ kind: 'timeout', why: 'No answer in time.' })).toBe('timeout');
});

test('a network error names the provider that did not answer', () => {
  const said = providerIds.map(
    (id) => providerErrorMessage(id, { code: 'network' })?.what.split(' could')[0],
  );
  expect(said).toEqual(['WhatsApp', '360dialog', 'Pilot Status', 'Pilot Status', 'Zernio']);
});
