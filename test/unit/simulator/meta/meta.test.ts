import { expect, test } from 'vitest';
import { graphError } from '../../../../src/simulator/meta/errors.ts';
import { newWacid } from '../../../../src/simulator/meta/ids.ts';
import {
  initialSettings,
  replaceSettings,
  watchedChanges,
} from '../../../../src/simulator/meta/settings.ts';

test('a call id has the layout of Meta’s samples', () => {
  const id = newWacid('16315553602', 'user-initiated');
  const bytes = Buffer.from(id.replace('wacid.', ''), 'base64');
  const text = bytes.toString('latin1');
  expect(id).toMatch(/^wacid\.HBgL/);
  expect(text).toMatch(
    // oxlint-disable-next-line no-control-regex -- the layout is binary
    /^\x1c\x18\x0b16315553602\x15\x02\x00\x12\x18\x20[0-9A-F]{32}\x1c\x18\x0b16315553602\x15\x02\x00\x00$/,
  );
});

test('Graph errors have the documented status', () => {
  expect(graphError(138006, 'why')).toMatchObject({
    kind: 'json',
    status: 401,
    body: {
      error: {
        message: expect.stringContaining('(#138006)'),
        type: 'OAuthException',
        code: 138006,
        error_data: { messaging_product: 'whatsapp', details: 'why' },
        fbtrace_id: expect.any(String),
      },
    },
  });
  expect(graphError(613)).toMatchObject({ status: 429 });
  expect(graphError(138007)).toMatchObject({ status: 500 });
});

test('reports changes of watched settings only', () => {
  const audio = replaceSettings(initialSettings, { audio: { additional_codecs: ['PCMA'] } });
  expect(watchedChanges(initialSettings, audio)).toBeUndefined();
  const sdes = replaceSettings(audio, { srtp_key_exchange_protocol: 'SDES' });
  expect(watchedChanges(audio, sdes)).toMatchObject({ srtp_key_exchange_protocol: 'SDES' });
});
