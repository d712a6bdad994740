import { expect, test } from 'vitest';
import { takeOverNotes } from '../../../../src/main/contacts/earlier-notes.ts';
import type { NotedEntry } from '../../../../src/shared/protocol/log-entry.ts';

const noted = (text: string): NotedEntry => ({
  type: 'noted',
  accountId: 'support',
  by: { id: 'bea', name: 'Bea' },
  at: 1,
  party: {},
  providerCallId: '1',
  text,
});

async function read(pages: readonly { texts: string[]; before?: number }[]) {
  const added: string[] = [];
  const asked: (number | undefined)[] = [];
  await takeOverNotes({
    page: async (before) => {
      const page = pages[asked.push(before) - 1];
      return page && { notes: page.texts.map(noted), before: page.before };
    },
    add: (notes) => added.push(...notes.map(({ text }) => text)),
  });
  return { added, asked };
}

test('a new console reads page after page, until there are no more', async () => {
  const { added, asked } = await read([{ texts: ['d', 'c'], before: 7 }, { texts: ['b'] }]);
  expect(added).toEqual(['d', 'c', 'b']);
  expect(asked).toEqual([undefined, 7]);
});

test('what was read before the relay went away is kept', async () => {
  expect((await read([{ texts: ['b'], before: 7 }])).added).toEqual(['b']);
  expect((await read([])).added).toEqual([]);
});
