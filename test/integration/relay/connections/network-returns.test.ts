import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { RelayCursor } from '../../../../src/main/db/relay-cursor.ts';
import { openTransport } from '../../../../src/main/network/transport.ts';
import { RelayClient } from '../../../../src/main/relay-client/relay-client.ts';
import type { ReplaySummary } from '../../../../src/main/relay-client/replay.ts';
import { inboundCallId } from '../../../../src/shared/call/ids.ts';
import { systemClock } from '../../../../src/shared/lib/clock.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { withinGoal } from '../../../helpers/held-up.ts';
import { openTcpLink } from '../../../helpers/tcp-link.ts';
import { RelayWorld } from '../relay-world.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const world = new RelayWorld();

/** The real console's end, over a link that can be silenced. */
async function join(id: string) {
  const link = await openTcpLink(Number(new URL(world.url).port));
  const transport = openTransport({
    waysTo: () => Promise.resolve([{ kind: 'direct' }]),
    authorities: () => [],
    signInFor: () => undefined,
    onProxyAsks: () => undefined,
    onProxyTook: () => undefined,
  });
  const db = emptyDatabase();
  const cursorStore = new RelayCursor(db);
  const client = new RelayClient({
    url: `ws://127.0.0.1:${link.port}/v1/agents`,
    token: await world.token(id),
    WebSocket: transport.WebSocket,
    clock: systemClock,
    random: Math.random,
    cursorStore,
    log: new FakeLog(),
  });
  const heard: string[] = [];
  client.on('entry', ({ cursor, body }) => {
    cursorStore.advance(cursor);
    if (body.type === 'provider' && body.providerCallId !== undefined)
      heard.push(body.providerCallId);
  });
  onTestFinished(async () => {
    client.close();
    await transport.close();
    await link.close();
  });
  client.start();
  await once(client, 'replay-complete');
  return { link, client, heard };
}

it('V5 is able to ring within 2 s of the network’s return, and hears what rang meanwhile', async () => {
  const { link, client, heard } = await join('ana');
  const startedAt = Date.now();
  const took: number[] = [];
  for (const round of [1, 2, 3, 4, 5]) {
    link.silence();
    const hangs = link.knocked();
    // What the console does when the machine wakes up or finds itself on another network.
    client.replaceSocket('another network');
    expect(client.connection.state).toBe('reconnecting');
    const callId = `wacid.${round}`;
    await world.ring(callId);
    // The worst moment: an attempt has just begun, and will never get an answer.
    await hangs;
    const back = once(client, 'replay-complete');
    const returnedAt = performance.now();
    await link.heal();
    const [away]: ReplaySummary[] = await back;
    took.push(performance.now() - returnedAt);
    expect(heard.at(-1)).toBe(callId);
    expect(away?.rang).toEqual([inboundCallId('main', callId)]);
  }
  const [, , median = 0] = took.toSorted((a, b) => a - b);
  expect(median).toBeLessThan(withinGoal(2_000, startedAt));
});
