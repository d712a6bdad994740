import { describe, expect, test } from 'vitest';
import { shownMime, type ShownType } from '../../../../../src/main/contacts/files/file-type.ts';
import { beginnings } from '../../../../helpers/sample-files.ts';

const shown: Readonly<Record<ShownType, Partial<Record<keyof typeof beginnings, string>>>> = {
  image: { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' },
  sticker: { webp: 'image/webp' },
  audio: {
    opus: 'audio/ogg',
    mp3: 'audio/mpeg',
    mp3Frame: 'audio/mpeg',
    aac: 'audio/aac',
    m4a: 'audio/mp4',
    mp4: 'audio/mp4',
  },
  video: { m4a: 'video/mp4', mp4: 'video/mp4' },
};

describe.each(['image', 'sticker', 'audio', 'video'] as const)(
  'a file in a message of type %s',
  (type) => {
    test.each(Object.entries(beginnings))('that begins like %s', (name, bytes) => {
      const allowed: Partial<Record<string, string>> = shown[type];
      expect(shownMime(type, bytes)).toBe(allowed[name]);
    });
  },
);
