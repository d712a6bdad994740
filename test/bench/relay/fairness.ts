import { fork } from 'node:child_process';
import { once } from 'node:events';
import { percentiles } from '../percentiles.ts';
import { BenchConsole } from './console.ts';
import { MeasuredServer } from './server.ts';
import { Webhooks } from './webhooks.ts';
import type { FloodOrder, Flooded } from './flood.ts';

const WORKSPACES = 2;
const FLOODED = 0;
const OTHER = 1;
/** Webhooks of the other number in each of the two measurements. */
const WEBHOOKS = 200;

export interface Fairness {
  /** From the other number's webhook to its console, without and during the flood, in ms. */
  alone: { p50Ms: number; p99Ms: number };
  flooded: { p50Ms: number; p99Ms: number };
  /** The flooding number's webhooks that were committed during the measurement. */
  floodPerSecond: number;
}

/** How a flood of one number's webhooks delays another number's console at the same relay. */
export async function measureFairness(nodeOptions: readonly string[]): Promise<Fairness> {
  const server = await MeasuredServer.start({
    kind: 'relay',
    consoles: WORKSPACES,
    workspaces: WORKSPACES,
    nodeOptions,
  });
  const { url, tokens } = server;
  const webhooks = new Webhooks('relay', url, { of: WORKSPACES, only: OTHER });
  let told: () => void = () => undefined;
  const console = new BenchConsole({
    kind: 'relay',
    url,
    workspace: OTHER,
    token: tokens[OTHER],
    onWebhook: () => told(),
    onFrame: () => undefined,
  });
  await console.join();
  const measure = async () => {
    const tookMs: number[] = [];
    for (let count = 0; count < WEBHOOKS; count++) {
      const arrived = new Promise<void>((resolve) => (told = resolve));
      const startedAt = performance.now();
      const posted = webhooks.post(1, 1);
      await arrived;
      tookMs.push(performance.now() - startedAt);
      await posted;
    }
    return percentiles(tookMs);
  };
  // Warms up the relay.
  await measure();
  const alone = await measure();
  const flood = fork(new URL('./flood.ts', import.meta.url));
  const order: FloodOrder = { url, workspaces: WORKSPACES, workspace: FLOODED };
  flood.send(order);
  await once(flood, 'message');
  const flooded = await measure();
  const ended = new Promise<Flooded>((resolve) => flood.once('message', resolve));
  flood.send('enough');
  const { perSecond } = await ended;
  flood.disconnect();
  console.cut();
  await server.end();
  return { alone, flooded, floodPerSecond: perSecond };
}
