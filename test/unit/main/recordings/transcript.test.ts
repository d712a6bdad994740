import { expect, test } from 'vitest';
import { transcriptLines } from '../../../../src/main/recordings/transcript.ts';
import { vendorSample } from '../../../helpers/vendor.ts';

test('F2 a documented transcript is read by its speakers and their times', () => {
  expect(transcriptLines(JSON.stringify(vendorSample('meta-files', 'transcript')))).toEqual([
    { speaker: 'agent', fromMs: 1160, toMs: 2440, text: 'Hello, how about you?' },
    { speaker: 'customer', fromMs: 3660, toMs: 5740, text: "Hey, I'm good. How are you?" },
  ]);
});

const unknown = (text: string) => ({ speaker: 'unknown', fromMs: 0, toMs: 0, text });

test.each([
  ['{"transcript":{"text":"[Customer] Hi","segments":[]}}', [unknown('[Customer] Hi')]],
  ['{"transcript":{"text":"","segments":[]}}', []],
  ['{"metadata":{},"transcript":{}}', []],
  ['{"metadata":{},"transcript":null}', []],
  ['{"transcript":{"text":null,"segments":null}}', []],
  ['{"transcript":"Hi"}', [unknown('Hi')]],
  ['\ufeff{"transcript":{"text":"Hi"}}', [unknown('Hi')]],
  [
    '{"transcript":{"segments":[{"speaker":"Customer","start":"1.5","end":"2","text":"Hi"}]}}',
    [{ speaker: 'customer', fromMs: 1500, toMs: 2000, text: 'Hi' }],
  ],
  [
    '{"transcript":{"segments":[null,{"text":"Hi"},{"speaker":7,"text":"Yes"},{"speaker":"constructor","text":"No"},{"text":" "}]}}',
    [unknown('Hi'), unknown('Yes'), unknown('No')],
  ],
  [
    '{"transcript":[{"speaker":"customer","text":"Hello?"},{"text":"Yes."}]}',
    [{ ...unknown('Hello?'), speaker: 'customer' }, unknown('Yes.')],
  ],
  [
    '{"transcript":{"segments":[{"start":1e308,"end":1e400,"text":"Hi"},{"start":-1,"text":"Yes"}]}}',
    [unknown('Hi'), unknown('Yes')],
  ],
  ['{"lines":1}', [unknown('{"lines":1}')]],
  ['<b>Olá</b>', [unknown('<b>Olá</b>')]],
])('F2 a transcript of %s is %j', (text, lines) => {
  expect(transcriptLines(text)).toEqual(lines);
});
