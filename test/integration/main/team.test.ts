import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CallService } from '../../../src/main/calls/call-service.ts';
import { SqliteCallLog } from '../../../src/main/db/call-log.ts';
import { RelayCursor } from '../../../src/main/db/relay-cursor.ts';
import { RelayClient } from '../../../src/main/relay-client/relay-client.ts';
import { inboundCallId } from '../../../src/shared/call/ids.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import { FakeLog } from '../../fakes/log.ts';
import { FakeProvider } from '../../fakes/provider.ts';
import { FakeMediaStreams } from '../../fakes/media-streams.ts';
import {
  ACCOUNT,
  offer,
  post,
  relayConfig,
  startRelay,
  temporaryFolder,
  terminate,
  type TestRelay,
} from '../relay/harness.ts';
import { emptyDatabase } from '../../helpers/database.ts';

let folder: ReturnType<typeof temporaryFolder>;
let relay: TestRelay;
const cleanups: (() => void)[] = [];
/** One provider for the team, as there is one WhatsApp. */
let provider: FakeProvider;

beforeEach(async () => {
  folder = temporaryFolder();
  relay = await startRelay(relayConfig(folder.dir));
  provider = new FakeProvider();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) cleanup();
  await relay.close();
  folder.remove();
});

/** A console on the real relay, with a softphone that always has an answer. */
async function join(id: string, name: string) {
  const { token } = await relay.agents.add({ id, name });
  const db = emptyDatabase();
  const log = new SqliteCallLog(db);
  const client = new RelayClient({
    url: `${relay.url.replace('http', 'ws')}/v1/agents`,
    token,
    WebSocket,
    clock: systemClock,
    random: Math.random,
    cursorStore: new RelayCursor(db),
    log: new FakeLog(),
  });
  // The loser of a race still waits for a phase that never comes.
  const steps = new EventEmitter().setMaxListeners(50);
  const service: CallService = new CallService({
    ports: {
      log,
      coordinator: client,
      relayedApi: client.relayedApi,
      relayPath: (accountId) => client.pathOf(accountId),
      streams: new FakeMediaStreams(),
      iceServers: () => client.iceServers,
      provider: () => provider,
      media(command) {
        if (command.do !== 'answer') return;
        const { callId } = command;
        queueMicrotask(() =>
          service.handleMediaReport(callId, { kind: 'answer-ready', sdp: `sdp of ${id}` }),
        );
      },
    },
    clock: systemClock,
    newId: () => crypto.randomUUID(),
    log: new FakeLog(),
    self: () => client.agent,
  });
  for (const event of ['changed', 'ended'] as const) service.on(event, () => steps.emit('step'));
  client.on('entry', (entry) => service.reports.handleEntry(entry));
  client.on('ringing', (frame) => service.handleRinging(frame));
  cleanups.push(() => {
    client.close();
    db.close();
  });
  const ready = once(client, 'replay-complete');
  client.start();
  await ready;

  const until = async (callId: string, phase: string) => {
    while (log.get(callId)?.phase.name !== phase) await once(steps, 'step');
    return log.get(callId);
  };
  return { service, client, log, until };
}

test('two agents press Accept at once: one talks, the other learns who', async () => {
  const ana = await join('ana', 'Ana');
  const bob = await join('bob', 'Bob');
  for (let n = 0; n < 10; n++) {
    const callId = inboundCallId(ACCOUNT, `wacid.${n}`);
    await post(relay.url, offer(`wacid.${n}`));
    await Promise.all([ana.until(callId, 'ringing'), bob.until(callId, 'ringing')]);
    ana.service.accept(callId);
    bob.service.accept(callId);
    const winner = await Promise.any([
      ana.until(callId, 'connected').then(() => ana),
      bob.until(callId, 'connected').then(() => bob),
    ]);
    const [loser, name] = winner === ana ? [bob, 'Ana'] : [ana, 'Bob'];
    expect((await loser.until(callId, 'ended'))?.phase).toMatchObject({
      reason: { kind: 'answered-elsewhere', by: name },
    });
    expect(provider.asked.filter((asked) => asked.startsWith(`accept wacid.${n} `))).toHaveLength(
      1,
    );
    await post(relay.url, terminate(`wacid.${n}`));
    await winner.until(callId, 'ended');
  }
});

test('the sole candidate pre-accepts, and accepts with the same SDP', async () => {
  const ana = await join('ana', 'Ana');
  const callId = inboundCallId(ACCOUNT, 'wacid.1');
  await post(relay.url, offer('wacid.1'));
  await ana.until(callId, 'ringing');
  await provider.until('pre-accept');
  ana.service.accept(callId);
  await ana.until(callId, 'connected');
  expect(provider.asked).toEqual(['pre-accept wacid.1 sdp of ana', 'accept wacid.1 sdp of ana']);
});

test('the last agent to decline rejects the call at the provider', async () => {
  const ana = await join('ana', 'Ana');
  const bob = await join('bob', 'Bob');
  const callId = inboundCallId(ACCOUNT, 'wacid.1');
  await post(relay.url, offer('wacid.1'));
  await Promise.all([ana.until(callId, 'ringing'), bob.until(callId, 'ringing')]);
  ana.service.decline(callId);
  bob.service.decline(callId);
  await provider.until('reject wacid.1');
  expect(provider.asked.filter((asked) => asked.startsWith('reject'))).toHaveLength(1);
});
