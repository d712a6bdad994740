import { expect, test } from 'vitest';
import { hostOf, mayHaveToken } from '../../../../../src/shared/providers/meta/media.ts';

const api = 'https://graph.facebook.com/v23.0';

test.each([
  ['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', api],
  ['https://mmg.whatsapp.net/a', api],
  ['http://127.0.0.1:8790/media/1', 'http://127.0.0.1:8790/v23.0'],
])('the token may be sent to %s', (url, base) => {
  expect(mayHaveToken(url, base)).toBe(true);
});

test.each([
  'http://lookaside.fbsbx.com/a',
  'https://fbsbx.com.evil.example/a',
  'https://evilfbsbx.com/a',
  'https://lookaside.fbsbx.com@evil.example/a',
  'https://lookaside.fbsbx.com\\@evil.example/a',
  'https://lookaside.fbsbx.com:443evil/a',
  'javascript:alert(1)',
  '',
])('the token must not be sent to %s', (url) => {
  expect(mayHaveToken(url, api)).toBe(false);
});

test('the API’s own host is trusted only under its own scheme', () => {
  expect(mayHaveToken('http://graph.example.com/a', 'https://graph.example.com')).toBe(false);
});

test('an untrusted URL is reported by host alone', () => {
  expect(hostOf('https://evil.example/a?token=1')).toBe('evil.example');
  expect(hostOf('nothing')).toBe('an unreadable address');
});
