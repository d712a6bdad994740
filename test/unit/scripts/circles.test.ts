import { describe, expect, it } from 'vitest';
import { fileCircles, folderCircles } from '../../../scripts/check/circles.mjs';

const edge = (from: string, to: string, isType = false) => ({ from, to, isType });
const circles = (...graph: ReturnType<typeof edge>[]) =>
  folderCircles(graph).map(({ members }) => members);

describe('folders that import each other', () => {
  it('are found side by side, through a third one and by types alone', () => {
    expect(circles(edge('s/a/1.ts', 's/b/1.ts'), edge('s/b/2.ts', 's/a/2.ts', true))).toEqual([
      ['s/a', 's/b'],
    ]);
    expect(
      circles(
        edge('s/a/1.ts', 's/b/x/1.ts'),
        edge('s/b/y/1.ts', 's/c/1.ts'),
        edge('s/c/1.ts', 's/a/z/1.ts'),
      ),
    ).toEqual([['s/a', 's/b', 's/c']]);
  });

  it('are not reported one way, nor for a folder and the files beside it', () => {
    expect(circles(edge('s/a/1.ts', 's/b/1.ts'), edge('s/a/2.ts', 's/c/1.ts'))).toEqual([]);
    expect(circles(edge('s/a.ts', 's/a/1.ts'), edge('s/a/1.ts', 's/types.ts'))).toEqual([]);
  });
});

describe('files that import each other', () => {
  const files = (...graph: ReturnType<typeof edge>[]) =>
    fileCircles(graph).map(({ members }) => members);

  it('are found within one folder, by types too', () => {
    expect(files(edge('s/1.ts', 's/2.ts'), edge('s/2.ts', 's/1.ts', true))).toEqual([
      ['s/1.ts', 's/2.ts'],
    ]);
  });

  it('are not reported where only one imports the other', () => {
    expect(files(edge('s/1.ts', 's/2.ts'), edge('s/3.ts', 's/2.ts'))).toEqual([]);
  });
});
