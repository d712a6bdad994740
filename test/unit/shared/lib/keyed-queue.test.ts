import { describe, expect, it } from 'vitest';
import { KeyedQueue } from '../../../../src/shared/lib/keyed-queue.ts';

/** A queue, what its tasks did, and tasks that wait for the test. */
function openQueue() {
  const events: string[] = [];
  const ends = new Map<string, () => void>();
  const queue = new KeyedQueue((key, error) => {
    events.push(`${key} failed: ${String(error)}`);
  });
  const task = (name: string) => () =>
    new Promise<void>((resolve) => {
      events.push(`${name} began`);
      ends.set(name, () => {
        events.push(`${name} ended`);
        resolve();
      });
    });
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { queue, events, task, settled, end: (name: string) => ends.get(name)?.() };
}

describe('KeyedQueue', () => {
  it('runs tasks with the same key one after the other, in order', async () => {
    const { queue, events, task, settled, end } = openQueue();
    queue.add('call', task('accept'));
    queue.add('call', task('terminate'));
    await settled();
    expect(events).toEqual(['accept began']);
    end('accept');
    await settled();
    expect(events).toEqual(['accept began', 'accept ended', 'terminate began']);
  });

  it('settles `run` as its task does, and runs the next one after a failure', async () => {
    const { queue, events } = openQueue();
    const failed = queue.run('call', () => Promise.reject(new Error('busy')));
    const next = queue.run('call', () => Promise.resolve('accepted'));
    await expect(failed).rejects.toThrow('busy');
    await expect(next).resolves.toBe('accepted');
    expect(events).toEqual(['call failed: Error: busy']);
  });

  it('runs tasks with different keys at the same time', async () => {
    const { queue, events, task, settled } = openQueue();
    queue.add('a', task('a'));
    queue.add('b', task('b'));
    await settled();
    expect(events).toEqual(['a began', 'b began']);
  });

  it('reports a task that threw and runs the next one', async () => {
    const { queue, events } = openQueue();
    queue.add('call', () => Promise.reject(new Error('lost')));
    queue.add('call', async () => {
      events.push('next');
    });
    await queue.done();
    expect(events).toEqual(['call failed: Error: lost', 'next']);
  });

  it('is done only when every task added so far has ended', async () => {
    const { queue, events, task, settled, end } = openQueue();
    queue.add('a', task('a'));
    queue.add('b', task('b'));
    const done = queue.done().then(() => events.push('done'));
    await settled();
    end('a');
    await settled();
    expect(events).not.toContain('done');
    end('b');
    await done;
    expect(events.at(-1)).toBe('done');
  });
});
