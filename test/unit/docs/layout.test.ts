import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importGraph } from '../../../scripts/check/imports.mjs';

const root = path.join(import.meta.dirname, '../../..');
const inRoot = (...parts: string[]) => path.join(root, ...parts);

/** Where the tests of a folder of `test/unit` have their sources, if not under `src`. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  chaos: 'test/chaos',
  docs: 'docs',
  scripts: 'scripts',
  scenarios: 'test/e2e/scenarios',
};

const unitFolders = [
  ...new Set(
    readdirSync(inRoot('test/unit'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.test\.tsx?$/.test(name))
      .map((name) => path.dirname(name)),
  ),
].toSorted();

describe('test/unit', () => {
  it.each(unitFolders)('%s has its counterpart', (folder) => {
    const [first = '', ...rest] = folder.split('/');
    const source = ELSEWHERE[first] ?? path.join('src', first);
    expect(existsSync(inRoot(source, ...rest))).toBe(true);
  });
});

const readmes = ['src', 'test', 'scripts'].flatMap((folder) =>
  readdirSync(inRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'README.md')
    .map((name) => path.join(folder, name)),
);

/** The rows of the tables whose first column names folders or files. */
function rowsOf(readme: string): { head: string[]; cells: string[] }[] {
  const rows: { head: string[]; cells: string[] }[] = [];
  let head: string[] = [];
  for (const line of readFileSync(inRoot(readme), 'utf8').split('\n')) {
    if (!line.startsWith('|')) head = [];
    else if (!/^\|[\s:|-]+\|$/.test(line)) {
      const cells = line.split(/(?<!\\)\|/).slice(1, -1);
      const trimmed = cells.map((cell) => cell.trim());
      if (head.length === 0) head = trimmed.map((cell) => cell.toLowerCase());
      else if (/^(?:folders?|files?)$/.test(head[0] ?? '')) rows.push({ head, cells: trimmed });
    }
  }
  return rows;
}

/** Texts in backticks. */
const quoted = (cell: string): string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, it = '']) => it);

const named = readmes.flatMap((readme) =>
  rowsOf(readme).flatMap(({ cells: [first = ''] }) =>
    quoted(first).map((name) => ({ readme, name })),
  ),
);

/** Paths in backticks in running text. */
const mentioned = ['CONTRIBUTING.md', 'docs/architecture.md'].flatMap((file) =>
  quoted(readFileSync(inRoot(file), 'utf8').replaceAll(/^```[^]*?^```$/gm, ''))
    .filter((name) => /^(?:src|test|docs|scripts)\/[\w./-]+$/.test(name))
    .map((name) => ({ file, name })),
);

describe('the paths in running text', () => {
  it.each(mentioned)('$file: $name is there', ({ name }) => {
    expect(existsSync(inRoot(name))).toBe(true);
  });
});

describe('the tables of READMEs', () => {
  it.each(named)('$readme: $name is there', ({ readme, name }) => {
    expect(existsSync(inRoot(path.dirname(readme), name))).toBe(true);
  });
});

const graph = importGraph(root, ['src']);
const rooms = readmes.flatMap((readme) => {
  const rows = rowsOf(readme).filter(({ head }) => head.includes('may import'));
  return rows.length === 0 ? [] : [{ room: path.dirname(readme), rows }];
});
const promises = rooms.flatMap(({ room, rows }) =>
  rows.flatMap(({ head, cells }) =>
    quoted(cells[0] ?? '').map((name) => ({
      room,
      folder: name.replace(/\/$/, ''),
      may: cells[head.indexOf('may import')] ?? '',
    })),
  ),
);

/** What a folder imports of its siblings and of other parts of `src`, as a README names it. */
function importsOf(room: string, folder: string): string[] {
  const inside = `${room}/${folder}`;
  const found = graph
    .filter(
      ({ from, to }) => (from === inside || from.startsWith(`${inside}/`)) && to.startsWith('src/'),
    )
    .map(({ to }) =>
      to.startsWith(`${room}/`)
        ? (to.slice(room.length + 1).split('/')[0] ?? '').replace(/\.tsx?$/, '')
        : (to.split('/')[1] ?? ''),
    );
  return [...new Set(found)]
    .filter((one) => one !== folder.replace(/\.tsx?$/, '') && one !== 'shared')
    .toSorted();
}

/** Sentences of a folder's own README. */
const sentences = readmes.flatMap((readme) => {
  const [, may] =
    /^May import ((?:[^.]|\.(?=tsx?`))+)/m.exec(readFileSync(inRoot(readme), 'utf8')) ?? [];
  return may === undefined ? [] : [{ folder: path.dirname(readme), may: may.replace(/\s+/g, ' ') }];
});

describe('what READMEs say a folder may import', () => {
  it('is stated for every folder of the room', () => {
    expect(rooms.map(({ room }) => room)).toContain('src/renderer');
    for (const { room } of rooms) {
      const folders = readdirSync(inRoot(room), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
      const said = promises.filter((one) => one.room === room).map(({ folder }) => folder);
      expect(said).toEqual(expect.arrayContaining(folders));
    }
  });

  it.each(promises)('$room/$folder: $may', ({ room, folder, may }) => {
    const allowed = quoted(may).map((name) => name.replace(/(?:\/|\.tsx?)$/, ''));
    const imported = importsOf(room, folder);
    expect(
      may.startsWith('everything') ? [] : imported.filter((one) => !allowed.includes(one)),
    ).toEqual([]);
  });

  it.each(sentences)('$folder: $may', ({ folder, may }) => {
    const allowed = quoted(may).map((name) => name.replace(/^src\/|\.tsx?$/g, ''));
    const room = path.dirname(folder);
    const imported = importsOf(room, path.basename(folder));
    const anything = /every |siblings|the rest/.test(may);
    expect(anything ? [] : imported.filter((one) => !allowed.includes(one))).toEqual([]);
  });

  it('has no feature that imports another', () => {
    const feature = (file: string) => /^src\/renderer\/features\/([^/]+)\//.exec(file)?.[1];
    const across = graph.filter(
      ({ from, to }) => feature(from) && feature(to) && feature(from) !== feature(to),
    );
    expect(across).toEqual([]);
  });
});
