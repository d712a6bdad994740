import { expect, test } from 'vitest';
import { legalAnswer } from '../../../../../src/shared/providers/meta/answer-setup.ts';
import { findSdp } from '../../../../../src/shared/providers/meta/sdp.ts';

const LINES = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 9 RTP/SAVPF 111'];
const WHOLE = `${LINES.join('\r\n')}\r\n`;

test.each([
  ['CRLF', WHOLE],
  ['LF', LINES.join('\n')],
  ['CR', LINES.join('\r')],
  ['no last end', LINES.join('\r\n')],
  ['ends spelled out', LINES.join(String.raw`\r\n`)],
  ['ends spelled out and a true one after them', `${LINES.join(String.raw`\r\n`)}\n`],
  ['ends spelled out as LF', LINES.join(String.raw`\n`)],
  ['a byte order mark', `\ufeff${WHOLE}`],
  ['a space of no width', `\u200b ${WHOLE}`],
  ['JSON in JSON', JSON.stringify(JSON.stringify({ sdp: WHOLE }))],
])('W1 an SDP with %s is found', (_, sdp) => {
  expect(findSdp({ connection: { webrtc: { sdp } } })?.sdp).toBe(WHOLE);
});

test.each(['actpass', 'ActPass', ' actpass ', 'ACTPASS\t'])(
  'an answer with setup “%s” takes a part',
  (setup) => {
    expect(legalAnswer(`v=0\r\na=setup:${setup}\r\n`)).toMatch(/^v=0\r\na=setup:active\s*$/);
  },
);
