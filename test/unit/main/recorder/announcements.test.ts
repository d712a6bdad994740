import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Announcements } from '../../../../src/main/recorder/announcements.ts';
import { FakeLog } from '../../../fakes/log.ts';

const file = Buffer.from('OggS and words');
const sha256 = createHash('sha256').update(file).digest('hex');

function open(hash: string | undefined, answers: (() => Response)[]) {
  const asked: string[] = [];
  const announcements = new Announcements({
    hashOf: () => hash,
    address: (accountId) => ({ url: `https://relay.example/${accountId}`, headers: {} }),
    fetch: async (url) => {
      asked.push(url);
      const answer = answers.shift();
      if (!answer) throw new Error('no answer');
      return answer();
    },
    log: new FakeLog(),
  });
  return { announcements, asked };
}

const served = () => new Response(file, { headers: { 'content-type': 'audio/ogg' } });

test('a number without an announcement of its own has ours', () => {
  const { announcements, asked } = open(undefined, []);
  expect(announcements.of('main')).toBeUndefined();
  expect(asked).toEqual([]);
});

test('an announcement is fetched once', async () => {
  const { announcements, asked } = open(sha256, [served]);
  const [first, again] = await Promise.all([announcements.of('main'), announcements.of('main')]);
  expect(first?.sha256).toBe(sha256);
  expect(Buffer.from(first?.bytes ?? []).equals(file)).toBe(true);
  expect(again).toBe(first);
  expect(asked).toEqual(['https://relay.example/main']);
});

test('what cannot be had, or is another file, is not played, and is asked for again', async () => {
  const { announcements } = open(sha256, [
    () => new Response('no', { status: 500 }),
    () => new Response('another file'),
    served,
  ]);
  expect(await announcements.of('main')).toBeUndefined();
  expect(await announcements.of('main')).toBeUndefined();
  expect((await announcements.of('main'))?.sha256).toBe(sha256);
});
