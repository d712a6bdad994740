import { expect, test, vi } from 'vitest';
import { AnsweredElsewhere } from '../../../../src/relay/connections/answered-elsewhere.ts';
import { createLog } from '../../../../src/relay/log.ts';
import type { LogEntry, Store } from '../../../../src/relay/store/store.ts';

const ana = { id: 'ana', name: 'Ana' };
const body = {
  type: 'answered',
  accountId: 'main',
  party: { waId: '5511987654321' },
  answer: { kind: 'wrote', at: 1, by: ana },
} as const;
const claimed = { type: 'claimed', callId: 'web/1', by: ana } as const;
const entry = (cursor: number): LogEntry => ({ cursor, at: 9, accountId: 'web', body: claimed });
const workspaces: Readonly<Record<string, string>> = { main: 'shop', web: 'shop', other: 'rival' };

function setUp(answered: Store['answeredElsewhere']) {
  const written: { cursor: string | undefined; kind: string }[] = [];
  const logged: string[] = [];
  const news = vi.fn<() => void>();
  const closer = new AnsweredElsewhere({
    store: {
      answeredElsewhere: answered,
      appendMessage: async (said, _at, identity) =>
        void written.push({ cursor: identity, kind: said.type }),
    },
    access: { workspaceOf: (accountId) => workspaces[accountId] },
    log: createLog((line) => void logged.push(line)),
    notifyNewEntries: news,
  });
  return { closer, written, logged, news };
}

test('only numbers of the same workspace hear of each other', async () => {
  const seen: boolean[] = [];
  const { closer, news } = setUp(async (_, isOurs) => {
    seen.push(isOurs('main', 'web'), isOurs('other', 'web'), isOurs('gone', 'gone too'));
    return [];
  });
  closer.handleEntries([entry(1)]);
  await expect.poll(() => seen).toEqual([true, false, false]);
  expect(news).not.toHaveBeenCalled();
});

test('an answer is written once, in the order of the log, whatever failed before', async () => {
  const turns: number[] = [];
  const { closer, written, logged, news } = setUp(async ({ at }) => {
    turns.push(at);
    // The first one takes longer, and fails.
    await new Promise((resolve) => setImmediate(resolve));
    if (turns.length === 1) throw new Error('disk full');
    return [body];
  });
  closer.handleEntries([entry(1), entry(2)]);
  closer.handleEntries([entry(3)]);
  await expect.poll(() => written).toHaveLength(2);
  expect(written).toEqual([
    { cursor: 'main/answered:2/5511987654321/wrote', kind: 'answered' },
    { cursor: 'main/answered:3/5511987654321/wrote', kind: 'answered' },
  ]);
  expect(logged.join('')).toContain('todo.not-closed');
  expect(news).toHaveBeenCalledTimes(2);
});
