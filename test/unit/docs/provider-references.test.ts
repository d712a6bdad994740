import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../../..');
const READ = /\.(?:ts|tsx|mjs|md|json)$/;

/** Every text file of these folders, as paths from the project's root. */
function filesIn(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && READ.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
  );
}

const sections = new Map(
  readdirSync(path.join(root, 'docs/providers')).map((name) => {
    const text = readFileSync(path.join(root, 'docs/providers', name), 'utf8');
    const headings = [...text.matchAll(/^#{2,3} \d+(?:\.\d+)? .+ <a id="([\w-]+)"><\/a>$/gm)];
    return [name, headings.map(([, id = '']) => id)];
  }),
);

interface Reference {
  from: string;
  page: string;
  section: string;
}

/** References such as `docs/providers/meta.md#errors, #limits`, which may continue on the next line. */
function referencesIn(from: string, text: string): Reference[] {
  const joined = text.replaceAll(/\n\s*(?:\*(?!\/)|\/\/)?\s*/g, ' ');
  const found = joined.matchAll(/docs\/providers\/([\w-]+\.md)((?:#[\w-]+(?:, (?=#))?)*)/g);
  return [...found].flatMap(([, page = '', list = '']) => {
    const named = list === '' ? [''] : list.split(/,? ?#/).slice(1);
    return named.map((section) => ({ from, page, section }));
  });
}

const references = filesIn('src', 'test', 'scripts').flatMap((file) =>
  referencesIn(file, readFileSync(path.join(root, file), 'utf8')),
);

describe('references to docs/providers', () => {
  it('each lead to an existing page and section', () => {
    const broken = references.filter(
      ({ page, section }) =>
        !(section === '' ? sections.has(page) : sections.get(page)?.includes(section)),
    );
    expect(broken).toEqual([]);
    expect(references.length).toBeGreaterThan(150);
  });

  it('name a section that is unique on its page', () => {
    for (const [page, ids] of sections)
      expect([page, new Set(ids).size]).toEqual([page, ids.length]);
  });

  it('no longer use section numbers', () => {
    const old = /\b[Ff]acts(?:,| on \w+,| \(\w+( \w+)?\),)? (?:sections? )?\d+(?:\.\d+)?\b/;
    const files = filesIn('src', 'test', 'scripts').filter(
      (file) =>
        file !== path.relative(root, import.meta.filename) &&
        old.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(files).toEqual([]);
  });
});
