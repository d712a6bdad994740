import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../../../../src/shared/lib/clock.ts';
import { createSimulator, type Simulator } from '../../../../src/simulator/simulator.ts';
import type { EntryFrame } from '../../../../src/main/relay-client/events.ts';
import { RelayClient } from '../../../../src/main/relay-client/relay-client.ts';
import { memoryCursor } from '../../../fakes/cursor-store.ts';
import {
  ACCOUNT,
  relayConfig,
  SIMULATED_NUMBER,
  startRelay,
  temporaryFolder,
  type TestRelay,
} from '../harness.ts';

/**
 * Both real ends: the simulated WhatsApp in front of the relay, the console's own client behind it.
 */
let folder: ReturnType<typeof temporaryFolder>;
let relay: TestRelay;
let simulator: Simulator;
const clients: RelayClient[] = [];

const CUSTOMER = { waId: '5511999991234', name: 'Bia' };

beforeEach(async () => {
  folder = temporaryFolder();
  relay = await startRelay(relayConfig(folder.dir));
  simulator = await createSimulator({
    version: 1,
    listen: { port: 0 },
    accounts: [
      {
        ...SIMULATED_NUMBER,
        webhookUrl: `${relay.url}/webhooks/meta/${ACCOUNT}`,
      },
    ],
    customers: [{ ...CUSTOMER, sends: { kind: 'silent' } }],
    timing: { webhookRetryMs: 20 },
  });
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await simulator.close();
  await relay.close();
  folder.remove();
});

/** A console's client with its entries, and a cursor kept in memory. */
async function join(id: string): Promise<{ client: RelayClient; entries: EntryFrame[] }> {
  const { token } = await relay.agents.add({ id, name: id });
  const client = new RelayClient({
    url: `${relay.url.replace('http', 'ws')}/v1/agents`,
    token,
    WebSocket,
    clock: systemClock,
    random: () => 0,
    cursorStore: memoryCursor(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  clients.push(client);
  const entries: EntryFrame[] = [];
  client.on('entry', (entry) => entries.push(entry));
  const welcome = new Promise((resolve) => client.once('welcome', resolve));
  client.start();
  await welcome;
  return { client, entries };
}

const kinds = (entries: readonly EntryFrame[]) =>
  entries.map(({ body }) => (body.type === 'provider' ? body.event.kind : body.type));

it('the webhook handshake succeeds', async () => {
  await simulator.verifyWebhook();
  expect(simulator.handshakes()[ACCOUNT]).toMatchObject({ state: 'verified' });
});

it('a call travels from a simulated customer to the console that accepts it', async () => {
  const ana = await join('ana');
  const bea = await join('bea');
  const alone: boolean[] = [];
  ana.client.on('ringing', (frame) => alone.push(frame.soleCandidate));
  const ringing = new Promise((resolve) => ana.client.once('ringing', resolve));
  const call = await simulator.startCall({ customer: { waId: CUSTOMER.waId } });
  await ringing;
  expect(alone).toEqual([false]);

  const callId = `${ACCOUNT}/${call.callId}`;
  const [one, other] = await Promise.all([ana.client.claim(callId), bea.client.claim(callId)]);
  expect([one.kind, other.kind].toSorted()).toEqual(['granted', 'refused']);

  const over = new Promise<void>((resolve) => {
    bea.client.on('entry', () => kinds(bea.entries).includes('terminated') && resolve());
  });
  simulator.hangUp(call.callId);
  await over;
  expect(kinds(bea.entries)).toEqual(['offer', 'claimed', 'terminated']);
  expect(bea.entries[0]?.body).toMatchObject({
    event: { party: CUSTOMER, sdp: expect.stringContaining('a=ice-lite') },
  });
  expect(relay.lines.filter(({ event }) => event === 'webhook.malformed')).toEqual([]);
});

it('repeated webhooks, and an end before its call, ring once or not at all', async () => {
  const ana = await join('ana');
  const rang: string[] = [];
  ana.client.on('ringing', ({ callId }) => rang.push(callId));
  simulator.setFaults({ webhooks: { copies: 3 } });
  const plan = { customer: { waId: CUSTOMER.waId }, terminateBeforeConnect: true };
  const over = await simulator.startCall(plan);
  await simulator.waitFor(() => relay.lines.filter(isStored).length === 8);
  expect(await ana.client.claim(`${ACCOUNT}/${over.callId}`)).toMatchObject({ why: 'ended' });
  expect(kinds(ana.entries)).toEqual(['terminated', 'offer']);
  expect(rang).toEqual([]);
});

const isStored = ({ event }: { event: string }) => event === 'webhook.stored';
