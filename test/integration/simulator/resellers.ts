import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { createSimulator, type SimulatorConfigInput } from '../../../src/simulator/simulator.ts';
import { ANA } from './simulated-world.ts';

/** One delivery as it arrived. */
export interface Delivery {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  raw: string;
  body: Record<string, unknown>;
}

const ID = 'shop';
const cloud = {
  id: ID,
  phoneNumberId: '106',
  wabaId: '102',
  displayPhoneNumber: '+55 11 5020-1234',
};

export const accounts = {
  d360: { ...cloud, provider: 'd360', apiKey: 'd360-key', webhookSecret: 'd360-secret' },
  'pilot-meta': {
    ...cloud,
    provider: 'pilot-meta',
    apiKey: 'ps_number',
    tenantKey: 'ps_tenant',
  },
  'pilot-web': {
    id: ID,
    provider: 'pilot-web',
    displayPhoneNumber: cloud.displayPhoneNumber,
    apiKey: 'ps_web',
  },
  zernio: {
    id: ID,
    provider: 'zernio',
    displayPhoneNumber: cloud.displayPhoneNumber,
    zernioAccountId: 'acc_1',
    phoneNumberDocId: 'doc_1',
    phoneNumberId: '106',
    apiKey: 'sk_test',
    webhookSecret: 'zernio-secret',
    forwardTo: 'tel:+551150209999',
    destination: { answerAfterMs: 20 },
  },
} as const satisfies Record<string, SimulatorConfigInput['accounts'][number]>;

/** Each reseller's credentials, and where its API begins. */
const doors = {
  d360: { root: '', headers: { 'D360-API-KEY': 'd360-key' } },
  'pilot-meta': { root: '/v1/calls', headers: { 'x-api-key': 'ps_number' } },
  'pilot-web': { root: '/v1/calls', headers: { 'x-api-key': 'ps_web' } },
  zernio: { root: '/api/v1/whatsapp', headers: { authorization: 'Bearer sk_test' } },
} as const;

/**
 * A world with one reseller's number, its endpoint and a raw client. Everything ends with the test.
 */
export async function openReseller(
  kind: keyof typeof accounts,
  config: Partial<SimulatorConfigInput> = {},
  own: Record<string, unknown> = {},
) {
  const inbox = await openInbox();
  const simulator = await createSimulator({
    version: 1,
    listen: { port: 0 },
    accounts: [{ ...accounts[kind], webhookUrl: `${inbox.url}/secret-in-path`, ...own }],
    customers: [{ ...ANA, permission: 'temporary', answerAfterMs: 20 }],
    ...config,
    timing: { connectWebhookAfterMs: 20, ringingAfterMs: 20, webhookRetryMs: 10, ...config.timing },
  });
  onTestFinished(() => simulator.close());
  const door = doors[kind];
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const answer = await fetch(`${simulator.baseUrl}${door.root}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...door.headers, ...headers, connection: 'close' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const json: Record<string, unknown> = await answer.json();
    return { status: answer.status, headers: answer.headers, body: json };
  };
  return { simulator, inbox, ask };
}

/** Keeps every delivery, and waits for the next match. */
async function openInbox() {
  const deliveries: Delivery[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      const { url = '', headers } = request;
      deliveries.push({ path: url, headers, raw, body: JSON.parse(raw) });
      response.end();
      for (const wake of waiting) wake();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    deliveries,
    async next(fits: (delivery: Delivery) => boolean): Promise<Delivery> {
      for (;;) {
        const found = deliveries.find(fits);
        if (found) return found;
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
    },
  };
}

export const named =
  (event: string) =>
  ({ body }: Delivery): boolean =>
    body['event'] === event;
