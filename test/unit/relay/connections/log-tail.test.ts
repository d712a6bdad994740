import { describe, expect, it } from 'vitest';
import type { Audience } from '../../../../src/relay/connections/audience.ts';
import { LogTail, PAGE } from '../../../../src/relay/connections/log-tail.ts';
import { PROTOCOL_VERSION } from '../../../../src/shared/protocol/versions.ts';
import type { LogEntry } from '../../../../src/relay/store/store.ts';

const everybody: Audience = {
  key: 'everybody',
  agentId: 'ana',
  hears: () => true,
  hearsEntry: () => true,
};
const sales: Audience = {
  key: 'sales',
  agentId: 'ben',
  hears: (accountId) => accountId === 'sales',
  hearsEntry: ({ accountId }) => accountId === 'sales',
};

/** A log with `count` entries of two alternating accounts; counts how often it is read. */
function logOf(count: number) {
  const entries = Array.from({ length: count }, (_, index): LogEntry => ({
    cursor: index + 1,
    at: 1,
    accountId: index % 2 === 0 ? 'sales' : 'support',
    body: { type: 'dtmf', callId: 'sales/1', digit: '5' },
  }));
  let reads = 0;
  const store = {
    async entriesAfter(cursor: number, limit: number) {
      reads++;
      return entries.filter((entry) => entry.cursor > cursor).slice(0, limit);
    },
  };
  return { entries, store, reads: () => reads };
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('the tail of the log', () => {
  it('reads page by page from its start', async () => {
    const { store } = logOf(PAGE + 20);
    const tail = new LogTail(store, 10);
    const first = await tail.next();
    expect(first).toMatchObject({ from: 10, to: PAGE + 10 });
    expect(first?.portionFor(everybody, PROTOCOL_VERSION).cursors).toEqual(range(11, PAGE + 10));
    expect(await tail.next()).toMatchObject({ from: PAGE + 10, to: PAGE + 20 });
    expect(await tail.next()).toBeUndefined();
    expect(tail.head).toBe(PAGE + 20);
  });

  it('builds a batch once for all consoles with the same rights, without entries that they may not see', async () => {
    const { store } = logOf(4);
    const batch = await new LogTail(store, 0).next();
    expect(batch?.portionFor(sales, PROTOCOL_VERSION).cursors).toEqual([1, 3]);
    expect(batch?.portionFor({ ...sales }, PROTOCOL_VERSION).frames).toBe(
      batch?.portionFor(sales, PROTOCOL_VERSION).frames,
    );
    const text = batch?.portionFor(sales, PROTOCOL_VERSION).frames.toString('utf8') ?? '';
    expect(text.match(/"cursor":\d+/g)).toEqual(['"cursor":1', '"cursor":3']);
  });

  it('serves recent entries from memory, however many consoles ask', async () => {
    const { store, reads } = logOf(50);
    const tail = new LogTail(store, 0);
    await tail.next();
    const before = reads();
    for (const from of range(0, 49)) {
      const batch = await tail.after(from, 10);
      expect(batch?.portionFor(everybody, PROTOCOL_VERSION).cursors).toEqual(
        range(from + 1, Math.min(from + 10, 50)),
      );
    }
    expect(reads()).toBe(before);
  });

  it('reads older entries once for all consoles that lag at the same cursor, and nothing beyond the head', async () => {
    const { store, reads } = logOf(30);
    const tail = new LogTail(store, 20);
    const batches = [await tail.after(5, 100), await tail.after(5, 100)];
    expect(reads()).toBe(1);
    for (const batch of batches) {
      expect(batch?.portionFor(everybody, PROTOCOL_VERSION).cursors).toEqual(range(6, 20));
    }
    expect(await tail.after(20, 100)).toBeUndefined();
  });
});
