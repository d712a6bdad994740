import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { parseConfig } from '../../relay/config/load.ts';
import { createRelay, type Relay } from '../../relay/app.ts';
import { DEFAULT_WORKSPACE } from '../../relay/config/workspaces.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import { callPlan, simulatedCustomers } from './behaviour.ts';
import { demoCustomers, secondCaller } from './customers.ts';
import {
  demoForm,
  demoIds,
  type FromWorld,
  type ToWorld,
  type WorldEndpoints,
} from './messages.ts';

// A separate process: the same relay that teams run, with a simulated WhatsApp behind it, on this
// machine only.
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const secret = () => randomBytes(24).toString('base64url');
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
const say = (message: FromWorld) => process.parentPort.postMessage(message);

/** The second of two callers rings this long after the first. */
const SECOND_CALL_MS = 2_500;

type Simulator = Awaited<ReturnType<typeof createSimulator>>;

let world: Promise<Simulator> | undefined;

process.parentPort.on('message', ({ data }: { data: ToWorld }) => {
  switch (data.type) {
    case 'start':
      world = start(data);
      world.catch((error: unknown) => say({ type: 'failed', why: String(error) }));
      return;
    case 'call':
      call(data.customerId).then(
        () => say({ type: 'called', id: data.id, problem: undefined }),
        (error: unknown) => say({ type: 'called', id: data.id, problem: String(error) }),
      );
  }
});

async function start({
  folder,
  speechFile,
  sqliteBinding,
}: Extract<ToWorld, { type: 'start' }>): Promise<Simulator> {
  mkdirSync(folder, { recursive: true });
  const shared = { appSecret: secret(), verifyToken: secret() };
  const { id, number, phoneNumberId, wabaId } = demoIds().account;
  const relay = await createRelay(
    parseConfig(
      {
        version: 1,
        listen: { host: '127.0.0.1', port: 0 },
        dataDir: folder,
        accounts: [{ id, provider: 'meta', phoneNumberId, ...shared }],
      },
      folder,
    ),
    { log: silent, nativeBinding: sqliteBinding },
  );
  await relay.agents.setWrapUpForm(DEFAULT_WORKSPACE, demoForm());
  const accessToken = secret();
  const simulator = await createSimulator({
    version: 1,
    listen: { host: '127.0.0.1', port: 0 },
    media: { host: '127.0.0.1', speechFile },
    accounts: [
      {
        id,
        provider: 'meta',
        phoneNumberId,
        wabaId,
        displayPhoneNumber: number.slice(1),
        accessToken,
        ...shared,
        webhookUrl: `${relay.url}/webhooks/meta/${id}`,
      },
    ],
    customers: simulatedCustomers(),
  });
  const endpoints: WorldEndpoints = {
    relayUrl: `${relay.url.replace(/^http/, 'ws')}/v1/agents`,
    relayToken: await tokenFor(relay),
    apiBase: simulator.baseUrl,
    accessToken,
  };
  say({ type: 'ready', endpoints });
  return simulator;
}

/**
 * The relay keeps its agents; a token of an earlier start is replaced, because nobody has it any
 * more.
 */
async function tokenFor({ agents }: Relay): Promise<string> {
  const known = (await agents.list()).some((agent) => agent.id === demoIds().agent.id);
  const { token } = known
    ? await agents.rotate(demoIds().agent.id)
    : await agents.add(demoIds().agent);
  return token;
}

async function call(customerId: string): Promise<void> {
  const simulator = await world;
  const customer = demoCustomers.find((one) => one.id === customerId);
  if (!simulator || !customer) throw new Error(`no customer ${customerId}`);
  await simulator.startCall({ customer: { waId: customer.waId }, ...callPlan(customer.does) });
  if (customer.does !== 'two-at-once') return;
  setTimeout(() => {
    simulator.startCall({ customer: secondCaller }).catch(() => undefined);
  }, SECOND_CALL_MS);
}
