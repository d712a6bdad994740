import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Recall } from '../../../../src/main/network/recall.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Questions that are answered by hand, oldest first. */
function open() {
  const asked: { resolve: (answer: string) => void; reject: (error: Error) => void }[] = [];
  const recall = new Recall<string>(
    () => new Promise((resolve, reject) => void asked.push({ resolve, reject })),
  );
  return { asked, recall };
}

it('answers with what the system says', async () => {
  const { asked, recall } = open();
  const both = Promise.all([recall.get('relay'), recall.get('relay')]);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(1);
  asked[0]?.resolve('192.0.2.1');
  expect(await both).toEqual(['192.0.2.1', '192.0.2.1']);
});

it('recalls the last answer while there is none, and after a failure', async () => {
  const { asked, recall } = open();
  const first = recall.get('relay');
  await vi.advanceTimersByTimeAsync(0);
  asked[0]?.resolve('192.0.2.1');
  await first;
  const slow = recall.get('relay');
  await vi.advanceTimersByTimeAsync(500);
  expect(await slow).toBe('192.0.2.1');
  const failed = recall.get('relay');
  asked[1]?.reject(new Error('no name server'));
  expect(await failed).toBe('192.0.2.1');
  const moved = recall.get('relay');
  await vi.advanceTimersByTimeAsync(0);
  asked[2]?.resolve('198.51.100.7');
  expect(await moved).toBe('198.51.100.7');
});

it('asks again beside a question that hangs', async () => {
  const { asked, recall } = open();
  const first = recall.get('relay');
  await vi.advanceTimersByTimeAsync(2_000);
  const second = recall.get('relay');
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(2);
  asked[1]?.resolve('192.0.2.1');
  expect(await second).toBe('192.0.2.1');
  asked[0]?.reject(new Error('too late'));
  await expect(first).rejects.toThrow('too late');
});

it('fails where nothing is known', async () => {
  const recall = new Recall<string>(() => {
    throw new Error('not a name');
  });
  await expect(recall.get('')).rejects.toThrow('not a name');
});
