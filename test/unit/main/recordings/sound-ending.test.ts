import { expect, test } from 'vitest';
import { soundEnding } from '../../../../src/main/recordings/sound-ending.ts';

test.each([
  ['audio/ogg; codecs=opus', 'ogg'],
  ['audio/mpeg', 'mp3'],
  ['audio/x-wav', 'wav'],
  ['audio/vnd.wave', 'wav'],
  ['AUDIO/MP4', 'm4a'],
  ['audio/../../../../tmp/x', 'mp3'],
  ['audio/-', 'mp3'],
  ['audio/constructor', 'mp3'],
  ['constructor', 'mp3'],
  ['__proto__', 'mp3'],
  ['', 'mp3'],
])('a file of %s ends in %s', (mime, ending) => {
  expect(soundEnding(mime)).toBe(ending);
});
