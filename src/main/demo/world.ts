import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { parseConfig } from '../../relay/config/load.ts';
import { createRelay, type Relay } from '../../relay/app.ts';
import { DEFAULT_WORKSPACE } from '../../relay/config/workspaces.ts';
import { i18n, t } from '../../shared/i18n/i18n.ts';
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
import { Teammate } from './teammate.ts';

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
  language,
}: Extract<ToWorld, { type: 'start' }>): Promise<Simulator> {
  await i18n.setLanguage(language);
  mkdirSync(folder, { recursive: true });
  const shared = { appSecret: secret(), verifyToken: secret() };
  const { agent, account, teamAccount, teammates } = demoIds();
  const accounts = [account, teamAccount];
  const [accessToken, apiPort] = [secret(), await freePort()];
  const relay = await createRelay(
    parseConfig(
      {
        version: 1,
        listen: { host: '127.0.0.1', port: 0 },
        dataDir: folder,
        accounts: [
          { id: account.id, provider: 'meta', phoneNumberId: account.phoneNumberId, ...shared },
          {
            id: teamAccount.id,
            provider: 'meta',
            path: 'relayed',
            phoneNumberId: teamAccount.phoneNumberId,
            apiBase: `http://127.0.0.1:${apiPort}`,
            accessToken,
            // Its calls ring at the agent alone; teammates are there for transfers.
            ring: [{ who: `team:${agent.name}`, seconds: 60 }],
            ...shared,
          },
        ],
        media: { processes: 1 },
      },
      folder,
    ),
    { log: silent, nativeBinding: sqliteBinding },
  );
  await relay.agents.setWrapUpForm(DEFAULT_WORKSPACE, demoForm());
  const simulator = await createSimulator({
    version: 1,
    listen: { host: '127.0.0.1', port: apiPort },
    media: { host: '127.0.0.1', speechFile },
    accounts: accounts.map(({ id, number, phoneNumberId, wabaId }) => ({
      id,
      provider: 'meta' as const,
      phoneNumberId,
      wabaId,
      displayPhoneNumber: number.slice(1),
      accessToken,
      ...shared,
      webhookUrl: `${relay.url}/webhooks/meta/${id}`,
    })),
    customers: simulatedCustomers(),
  });
  const endpoints: WorldEndpoints = {
    relayUrl: `${relay.url.replace(/^http/, 'ws')}/v1/agents`,
    relayToken: await tokenFor(relay, { ...agent, team: agent.name }),
    apiBase: simulator.baseUrl,
    accessToken,
  };
  for (const { id, name, does } of teammates) {
    const token = await tokenFor(relay, { id, name, numbers: [teamAccount.id] });
    const note = () => t('desktop.demoGivesBack');
    const url = endpoints.relayUrl;
    void new Teammate({ id, does, url, token, agentId: agent.id, note, speechFile });
  }
  say({ type: 'ready', endpoints });
  return simulator;
}

/**
 * The relay keeps its agents; a token of an earlier start is replaced, because nobody has it any
 * more.
 */
async function tokenFor(
  { agents }: Relay,
  agent: Parameters<Relay['agents']['add']>[0],
): Promise<string> {
  const known = (await agents.list()).find(({ id }) => id === agent.id);
  // Its name may be in another language, its rights those of an earlier version.
  if (known) await agents.remove(agent.id);
  return (await agents.add(agent)).token;
}

/** A port of this machine that is free now. The relay has to know the simulator's before it runs. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}

async function call(customerId: string): Promise<void> {
  const simulator = await world;
  const customer = demoCustomers.find((one) => one.id === customerId);
  if (!simulator || !customer) throw new Error(`no customer ${customerId}`);
  const accountId = customer.team ? demoIds().teamAccount.id : demoIds().account.id;
  await simulator.startCall({
    account: accountId,
    customer: { waId: customer.waId },
    ...callPlan(customer.does),
  });
  if (customer.does !== 'two-at-once') return;
  setTimeout(() => {
    simulator.startCall({ customer: secondCaller }).catch(() => undefined);
  }, SECOND_CALL_MS);
}
