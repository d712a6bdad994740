import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAnnouncement } from '../../../../../src/relay/media/recorder/own-announcement.ts';
import { oggTone } from '../../../../helpers/ogg-tone.ts';
import { tempFolder } from '../../../../helpers/temp.ts';

function read(content: Uint8Array) {
  const path = join(tempFolder(), 'recorded.ogg');
  writeFileSync(path, content);
  return readAnnouncement(path);
}

test('an announcement of the admin’s own is read packet by packet, and its file is told', () => {
  const file = oggTone(2, 0.3);
  const announcement = read(file);
  expect(announcement).toMatchObject({
    ok: true,
    sha256: createHash('sha256').update(file).digest('hex'),
  });
  expect(announcement.ok && announcement.packets.length).toBe(100);
});

test.each([
  ['text', new TextEncoder().encode('not sound'), 'no Ogg Opus file'],
  ['nothing', new Uint8Array(), 'no Ogg Opus file'],
  ['cut off', oggTone(1, 0.3).subarray(0, 900), 'no Ogg Opus file'],
  ['too short', oggTone(0.4, 0.3), 'plays 0.4 s'],
  ['too long', oggTone(31, 0.3), 'plays 31 s'],
  ['too quiet', oggTone(1, 0.001), 'too quiet'],
  ['too loud', oggTone(1, 1), 'too loud'],
])('one that is %s is refused in words', (_, content, why) => {
  const announcement = read(content);
  expect(announcement.ok ? '' : announcement.why).toContain(why);
});

test('a file that is not there is named', () => {
  expect(readAnnouncement('/nowhere/recorded.ogg')).toEqual({
    ok: false,
    why: 'the file /nowhere/recorded.ogg cannot be read',
  });
});
