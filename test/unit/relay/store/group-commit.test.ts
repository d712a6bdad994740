import { describe, expect, it } from 'vitest';
import { GroupCommit } from '../../../../src/relay/store/group-commit.ts';

/** Commits texts, and remembers which went together. Those called "bad" cannot be committed. */
function open(most: number) {
  const groups: (readonly string[])[] = [];
  const commits = new GroupCommit<string, string>(async (items) => {
    if (items.includes('bad')) throw new Error('bad');
    groups.push(items);
    return items.map((item) => `${item}!`);
  }, most);
  return { commits, groups };
}

describe('a group commit', () => {
  it('commits tasks that come together in one transaction, and gives each its own result', async () => {
    const { commits, groups } = open(10);
    const answers = await Promise.all(['a', 'b', 'c'].map((item) => commits.add('ana', item)));
    expect(answers).toEqual(['a!', 'b!', 'c!']);
    expect(groups).toEqual([['a', 'b', 'c']]);
  });

  it('takes turns between sources, however much one of them has', async () => {
    const { commits, groups } = open(4);
    const flood = Array.from({ length: 10 }, (_, index) => commits.add('flood', `f${index}`));
    const other = ['a', 'b'].map((item) => commits.add('ana', item));
    await Promise.all([...flood, ...other]);
    expect(groups[0]).toEqual(['f0', 'a', 'f1', 'b']);
    expect(groups.flat()).toHaveLength(12);
  });

  it('fails only the task that is to blame', async () => {
    const { commits, groups } = open(10);
    const settled = await Promise.allSettled(
      ['a', 'bad', 'c'].map((item) => commits.add('ana', item)),
    );
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(groups.flat()).toEqual(['a', 'c']);
  });
});
