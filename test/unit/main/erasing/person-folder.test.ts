import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writePersonFolder } from '../../../../src/main/erasing/person-folder.ts';
import type { KnownPerson } from '../../../../src/main/history/known-person.ts';

const NOW = Date.UTC(2026, 10, 28, 12);

/** What is known of a person of this name, who wrote as much. */
const known = (name: string): KnownPerson => ({
  person: {
    party: { waId: '5511987654321', name },
    details: { name, company: '', notes: name, language: '' },
    others: [],
    merged: [],
  },
  timeline: [],
  calls: [],
  waiting: [],
  permissions: [],
  transcripts: [],
  listened: [],
});

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-person-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const nothing = { recordings: async () => 0, files: async () => 0 };

test('a person is saved as often as they ask for it, each time into a new folder', async () => {
  const into = place();
  for (let n = 0; n < 3; n++) await writePersonFolder(into, known('Lúcia'), NOW, nothing);
  expect(readdirSync(into).toSorted()).toEqual([
    'Lúcia 2026-11-28',
    'Lúcia 2026-11-28 (2)',
    'Lúcia 2026-11-28 (3)',
  ]);
});

test.each(['../../up', '/etc', 'a/b\\c', '..', 'CON', '\u202ecod.exe', 'x'.repeat(300), '\0'])(
  'a customer who calls themselves %j names no other folder',
  async (name) => {
    const into = place();
    const { path } = await writePersonFolder(into, known(name), NOW, nothing);
    expect(dirname(path)).toBe(into);
    expect(readdirSync(path).toSorted()).toEqual(['person.html', 'person.json']);
  },
);

test('what there is of their calls and messages is copied into it', async () => {
  const copied: unknown[] = [];
  const copy = (what: string) => async (ids: readonly string[], folder: string) =>
    copied.push([what, ids, folder]);
  const at = { at: NOW, accountId: 'support' };
  const received = { ...at, kind: 'message-in', type: 'image', unread: false } as const;
  const timeline: KnownPerson['timeline'] = [
    { ...at, id: 'c', kind: 'call', callId: 'support/1', direction: 'inbound' },
    { ...received, id: 'support/message/1', file: { mime: 'image/jpeg' } },
    { ...received, id: 'support/message/2' },
  ];
  const copies = { recordings: copy('recordings'), files: copy('files') };
  const { path } = await writePersonFolder(place(), { ...known('Lúcia'), timeline }, NOW, copies);
  expect(copied).toEqual([
    ['recordings', ['support/1'], path],
    ['files', ['support/message/1'], path],
  ]);
});

test('what a customer wrote is text in the page, and nothing that runs', async () => {
  const name = '<img src=x onerror=alert(1)>"&';
  const { path } = await writePersonFolder(place(), known(name), NOW, nothing);
  const page = readFileSync(join(path, 'person.html'), 'utf8');
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;');
  expect(page).not.toContain('<img');
});
