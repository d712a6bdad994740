import { array, assert, constantFrom, property, stringMatching } from 'fast-check';
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
  'authorization: Basic s3cretdXNlcjpwYXNz',
  'Proxy-Authorization: NTLM TlRMs3cret',
  '{"secretAccessKey":"s3cret/K7MDENG"}',
  'secret whsec_s3cret9r8GKYqrTwjUPD8ILP',
  'proxy http://agent:s3cret@proxy.example.com:8080 refused',
  'GET https://cdn.example.com/file?mid=1&hash=s3cret',
  'GET https://bucket.example.com/a?X-Amz-Date=1&X-Amz-Signature=s3cret',
  '{"username":"1793000130:ana","credential":"s3cret"}',
  'Cookie: jwt eyJhbGciOi.eyJs3cret.s3cret-signature',
  'set-cookie: session=s3cret; Path=/',
  '{"password":"a phrase, with s3cret \\" words"}',
  String.raw`{"body":"{\"token\":\"a s3cret\"}"}`,
  String.raw`{"body":"{\"text\":\"{\\\"apiKey\\\":\\\"a s3cret\\\"}\"}"}`,
  "password = 'a s3cret'",
  'Authorization: Token s3cret',
  'Authorization: Digest username="ana", response="s3cret"',
  'GET https://api.example.com/a?key=s3cret',
  'GET https://api.example.com/a?x=1&auth=s3cret',
  'wss://api.example.com/#jwt=s3cret',
  '-----BEGIN EC PRIVATE KEY-----\nMHcs3cret\n-----END EC PRIVATE KEY-----',
  'pwd=a$s3cret',
  '{"pin":"s3cret"}',
  'refused: xoxb-0123456789-s3cret',
  'refused: glpat-s3cret0123456789',
  'refused: github_pat_s3cret0123456789',
  'bearer=s3cret',
  'Bearer: s3cret',
  'refused: ghp_0123456789s3cret',
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

test.each([
  ['+55\u00a011\u00a098765\u20114321', '…321'],
  ['＋５５１１９８７６５４３２１', '…321'],
  ['\u0665\u0665\u0661\u0661\u0669\u0668\u0667\u0666\u0665\u0664\u0663\u0662\u0661', '…321'],
  ['phone=%2B5511987654321&text=', 'phone=%2B…321&text='],
  ['call_5511987654321_in', 'call_…321_in'],
  ['rec-5511987654321.ogg', 'rec-…321.ogg'],
  ['5511987654321-2026.csv', '…321-2026.csv'],
  ['wa5511987654321', 'wa…321'],
  ['for 5511987654321 5511987654322', 'for …321 …322'],
  ['at 2026-11-28 5511987654321', 'at 2026-11-28 …321'],
  ['2026-11-28 10:00:05', '2026-11-28 10:00:05'],
  ['0176/12345678', '…678'],
  ['089 / 1234 5678', '…678'],
  ['06/12/34/56/78', '…678'],
  ['55_11_98765_4321.ogg', '…321.ogg'],
  ['+55%2011%2098765%204321', '…321'],
  ['text=+55+11+98765+4321', 'text=…321'],
  ['+55 11 9 8765 4321', '…321'],
  ['+55\u00b711\u00b798765\u00b74321', '…321'],
  ['0\u200b3\u200b0\u200b1\u200b2\u200b3\u200b4\u200b5', '…345'],
  ['030\u22121234567', '…567'],
  ['+4917612345678/+4917612345679', '+…678/+…679'],
  ['line 2:5511987654321', 'line 2:…321'],
  ['/var/2026/11/28/5511987654321', '/var/2026/11/28/…321'],
  ['28/11/2026 10:30', '28/11/2026 10:30'],
  ['2026_11_28_10_30_05', '2026_11_28_10_30_05'],
  ['192.168.100.200/24', '192.168.100.200/24'],
  ['steps 1/2/3/4/5/6/7/8/9', 'steps 1/2/3/4/5/6/7/8/9'],
])('redacts a number in any spelling, but no date: %s', (text, shown) => {
  expect(redact(text)).toBe(shown);
});

test.each([
  'candidate:1 1 udp 2113937151 192.0.2.60 40012 typ host generation 0 ufrag s3cr network-id 1',
  '{"icePwd":"s3cr"}',
  '{"ice-ufrag": "s3cr"}',
  'an invitation of K7QF-3MRA-9TWX',
  'an invitation of K7QF 3MRA 9TWX',
  'code: K7QF3MRA9TWX',
  '{"usernameFragment":"s3cr"}',
  'a=rtpmap inline:s3crQUJD|2^20',
  'ringdesk:join?relay=wss%3A%2F%2Fcalls.example.com&code=K7QF-3MRA-9TWX',
])('redacts what lets a stranger in: %s', (text) => {
  expect(redact(text)).not.toMatch(/s3cr|K7QF|9TWX/);
});

test('H10 redacts a number whatever separates its groups', () => {
  const groups = array(stringMatching(/^(?:\d{3}|\d{5})$/), { minLength: 3, maxLength: 4 }).filter(
    (all) => all.join('').length <= 15,
  );
  const separator = constantFrom('/', '_', ' / ', '~', '-', ' ', '.', '\u00a0', '%20', '\u2212');
  assert(
    property(groups, separator, constantFrom('', '+'), (number, by, plus) => {
      expect(redact(`from ${plus}${number.join(by)} in`)).toMatch(/^from …\d{3} in$/);
    }),
  );
});

test('replaces a call id, which contains the numbers, by a distinct fingerprint', () => {
  const one = `wacid.${btoa('5511987654321 AAAA')}`;
  const other = `wacid.${btoa('5511987654321 BBBB')}`;
  expect(redact(one)).toMatch(/^wacid\.#[\da-f]{8}$/);
  expect(redact(one)).not.toBe(redact(other));
});
