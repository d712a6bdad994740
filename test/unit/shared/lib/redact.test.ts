import { assert, constantFrom, property, stringMatching } from 'fast-check';
import { expect, test } from 'vitest';
import { lastThree, redact } from '../../../../src/shared/lib/redact.ts';

test('phone numbers keep their last three digits only', () => {
  expect(redact('from +55 (11) 98765-4321 to 16315553602')).toBe('from …321 to …602');
  expect(lastThree('+5511987654321')).toBe('…321');
  expect(lastThree(undefined)).toBe('unknown');
});

test('no phone number of 8 to 15 digits survives, however it stands in a sentence', () => {
  const digits = stringMatching(/^[1-9]\d{7,14}$/);
  assert(
    property(digits, constantFrom('', '+'), (number, plus) => {
      expect(redact(`call ${plus}${number}: rings`)).not.toContain(number);
      expect(redact(`{"to":"${plus}${number}"}`)).not.toContain(number);
    }),
  );
});

test('tokens, keys and secrets go, whatever they are called', () => {
  const text = redact(
    'Authorization: Bearer EAAGabcdefghijklmnopqrstuv {"accessToken":"abc123","app_secret": "s3cret","verifyToken":"v"}',
  );
  for (const secret of ['EAAG', 'abc123', 's3cret', '"v"']) expect(text).not.toContain(secret);
});

test('an SDP keeps its shape and loses its credentials', () => {
  const sdp =
    'v=0\r\na=ice-ufrag:X1ho\r\na=ice-pwd:7fJSbV2N5qWiA5QiDKwK3vuh\r\na=fingerprint:sha-256 2E:35\r\na=setup:active';
  const text = redact(sdp);
  for (const secret of ['X1ho', '7fJSbV2N', '2E:35']) expect(text).not.toContain(secret);
  expect(text).toContain('a=setup:active');
  expect(redact(JSON.stringify({ sdp }))).not.toContain('7fJSbV2N');
});

test('a call id, which holds the numbers in base64, becomes a fingerprint that tells calls apart', () => {
  const one = `wacid.${btoa('5511987654321 AAAA')}`;
  const other = `wacid.${btoa('5511987654321 BBBB')}`;
  expect(redact(one)).toMatch(/^wacid\.#[\da-f]{8}$/);
  expect(redact(one)).not.toBe(redact(other));
});
