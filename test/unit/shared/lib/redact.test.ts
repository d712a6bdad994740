import { assert, constantFrom, property, stringMatching } from 'fast-check';
import { expect, test } from 'vitest';
import { lastThree, redact } from '../../../../src/shared/lib/redact.ts';

test('H10 redacts phone numbers to their last three digits', () => {
  expect(redact('from +55 (11) 98765-4321 to 16315553602')).toBe('from …321 to …602');
  expect(lastThree('+5511987654321')).toBe('…321');
  expect(lastThree(undefined)).toBe('unknown');
});

test('redacts any phone number of 8 to 15 digits, wherever it stands in a sentence', () => {
  const digits = stringMatching(/^[1-9]\d{7,14}$/);
  assert(
    property(digits, constantFrom('', '+'), (number, plus) => {
      expect(redact(`call ${plus}${number}: rings`)).not.toContain(number);
      expect(redact(`{"to":"${plus}${number}"}`)).not.toContain(number);
    }),
  );
});

test('redacts tokens, keys and secrets under any name', () => {
  const text = redact(
    'Authorization: Bearer EAAGabcdefghijklmnopqrstuv {"accessToken":"abc123","app_secret": "s3cret","verifyToken":"v"}',
  );
  for (const secret of ['EAAG', 'abc123', 's3cret', '"v"']) expect(text).not.toContain(secret);
});

test.each([
  'https://relay.example.com/webhooks/d360/support/s3cret-in-the-address',
  'POST /webhooks/pilot-web/support/s3cret?x=1',
  'wss://relay.example.com/v1/streams/zernio/support/s3cret',
  '{"path":"/v1/streams/agent/s3cret"}',
  'wss://api.example.com/realtime/ws?token=s3cret',
  'x-api-key: s3cret',
  'D360-API-KEY=s3cret',
  '{"sipPassword":"s3cret","webhookSecret":"s3cret"}',
  'refused: sk_s3cret0123456789',
  'refused: ps_s3cret0123456789',
])('redacts a credential of another provider: %s', (line) => {
  expect(redact(line)).not.toContain('s3cret');
  expect(redact(line)).toContain('…');
});

test('keeps the shape of an SDP and redacts its credentials', () => {
  const sdp =
    'v=0\r\na=ice-ufrag:X1ho\r\na=ice-pwd:7fJSbV2N5qWiA5QiDKwK3vuh\r\na=fingerprint:sha-256 2E:35\r\na=setup:active';
  const text = redact(sdp);
  for (const secret of ['X1ho', '7fJSbV2N', '2E:35']) expect(text).not.toContain(secret);
  expect(text).toContain('a=setup:active');
  expect(redact(JSON.stringify({ sdp }))).not.toContain('7fJSbV2N');
});

test('replaces a call id, which contains the numbers, by a distinct fingerprint', () => {
  const one = `wacid.${btoa('5511987654321 AAAA')}`;
  const other = `wacid.${btoa('5511987654321 BBBB')}`;
  expect(redact(one)).toMatch(/^wacid\.#[\da-f]{8}$/);
  expect(redact(one)).not.toBe(redact(other));
});
