import { Webhooks } from './webhooks.ts';

/** A process that floods one number of a relay until it is told to stop. */

export interface FloodOrder {
  url: string;
  workspaces: number;
  workspace: number;
}

/** Sent once when the flood has started and once when it is over. */
export interface Flooded {
  perSecond: number;
}

const AT_ONCE = 64;
const ROUND = 512;

const enough = new AbortController();

const say = (flooded: Flooded): void => void process.send?.(flooded);

async function flood({ url, workspaces, workspace }: FloodOrder): Promise<void> {
  const webhooks = new Webhooks('relay', url, { of: workspaces, only: workspace });
  await webhooks.post(ROUND, AT_ONCE);
  say({ perSecond: 0 });
  const startedAt = performance.now();
  let count = 0;
  while (!enough.signal.aborted) {
    await webhooks.post(ROUND, AT_ONCE);
    count += ROUND;
  }
  say({ perSecond: (count * 1000) / (performance.now() - startedAt) });
}

// The bench has ended.
process.on('disconnect', () => process.exit());
process.on('message', (order: FloodOrder | 'enough') => {
  if (order === 'enough') enough.abort();
  else void flood(order);
});
