import { describe, expect, it } from 'vitest';
import { PendingRequests } from '../../../../src/shared/lib/pending-requests.ts';
import { FakeClock } from '../../../fakes/clock.ts';

describe('PendingRequests', () => {
  it('hands each answer to its own request, in whatever order they come', async () => {
    const requests = new PendingRequests<string>();
    const sent: number[] = [];
    const first = requests.send((id) => sent.push(id));
    const second = requests.send((id) => sent.push(id));
    expect(sent).toEqual([1, 2]);
    requests.resolve(2, 'two');
    requests.resolve(1, 'one');
    await expect(Promise.all([first, second])).resolves.toEqual(['one', 'two']);
  });

  it('fails a request with its own error', async () => {
    const requests = new PendingRequests<string>();
    const asked = requests.send((id) => requests.reject(id, new Error('refused')));
    await expect(asked).rejects.toThrow('refused');
  });

  it('answers a request that got no answer in time, and drops the one that comes late', async () => {
    const clock = new FakeClock();
    const requests = new PendingRequests<string>(clock);
    const asked = requests.send(() => undefined, { withinMs: 2_000, late: () => 'unreachable' });
    clock.advance(2_000);
    requests.resolve(1, 'late');
    await expect(asked).resolves.toBe('unreachable');
  });

  it('answers every request when the connection is gone', async () => {
    const requests = new PendingRequests<string>();
    const all = [requests.send(() => undefined), requests.send(() => undefined)];
    requests.settleAll(() => {
      throw new Error('gone');
    });
    const settled = await Promise.allSettled(all);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
