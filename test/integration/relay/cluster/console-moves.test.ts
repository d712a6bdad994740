import { once } from 'node:events';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { RelayCursor } from '../../../../src/main/db/relay-cursor.ts';
import { RelayClient } from '../../../../src/main/relay-client/relay-client.ts';
import { systemClock } from '../../../../src/shared/lib/clock.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { openLoadBalancer } from '../../../helpers/load-balancer.ts';
import { Cluster } from '../cluster-world.ts';
import { offer, post } from '../harness.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

/** Starts of processes on a busy machine, in ms. */
const PATIENCE_MS = 120_000;

describe('a console behind a load balancer', { timeout: PATIENCE_MS }, () => {
  let cluster: Cluster;
  afterEach(async () => {
    // One that hangs could not end.
    await Promise.all(cluster.nodes.map((node) => node.kill('SIGCONT')));
    await cluster.close();
  });

  /** The real console's end of the connection, and the calls it has heard of. */
  async function join(id: string, url: string) {
    const db = emptyDatabase();
    const cursorStore = new RelayCursor(db);
    const client = new RelayClient({
      url: `${url.replace('http', 'ws')}/v1/agents`,
      token: await cluster.token(id),
      WebSocket,
      clock: systemClock,
      random: Math.random,
      cursorStore,
      log: new FakeLog(),
    });
    const heard: string[] = [];
    client.on('entry', ({ cursor, body }) => {
      cursorStore.advance(cursor);
      if (body.type === 'provider') heard.push(body.providerCallId ?? '');
    });
    const gaps: unknown[] = [];
    client.on('log-incomplete', (what) => gaps.push(what));
    onTestFinished(() => client.close());
    client.start();
    await once(client, 'replay-complete');
    return { client, heard, gaps };
  }

  it.each(['is killed', 'hangs'])(
    'is at another relay when its own %s, with exactly what it has missed',
    async (how) => {
      cluster = await Cluster.open(2, { apart: true });
      const [own, other] = [cluster.node(0), cluster.node(1)];
      let ready = [own.url];
      const balancer = await openLoadBalancer(() => ready);
      onTestFinished(() => balancer.close());
      const { client, heard, gaps } = await join('ana', balancer.url);
      const rings = (id: string) =>
        new Promise<void>((resolve) => {
          client.on('entry', ({ body }) => {
            if (body.type === 'provider' && body.providerCallId === id) resolve();
          });
        });
      const first = rings('wacid.1');
      await post(own.url, offer('wacid.1'));
      await first;
      const back = once(client, 'replay-complete');
      ready = [other.url];
      await own.kill(how === 'hangs' ? 'SIGSTOP' : 'SIGKILL');
      for (const id of ['wacid.2', 'wacid.3']) {
        expect(await post(other.url, offer(id))).toMatchObject({ status: 200 });
      }
      await back;
      const last = rings('wacid.4');
      await post(other.url, offer('wacid.4'));
      await last;
      expect(heard).toEqual(['wacid.1', 'wacid.2', 'wacid.3', 'wacid.4']);
      expect(gaps).toEqual([]);
    },
  );
});
