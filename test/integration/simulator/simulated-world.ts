import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { createSimulator, type Simulator } from '../../../src/simulator/simulator.ts';
import { BusinessPeer } from './business-peer.ts';

export const ACCOUNT = {
  id: 'shop',
  provider: 'meta',
  phoneNumberId: '106540352242922',
  wabaId: '102290129340398',
  displayPhoneNumber: '+1 631-555-3601',
  accessToken: 'EAAtest',
  appSecret: 'app-secret',
  verifyToken: 'verify-me',
} as const;

export const ANA = { waId: '16315553602', name: 'Ana Müller' } as const;

type Config = Parameters<typeof createSimulator>[0];

/** One webhook as the business received it. */
interface Received {
  body: string;
  signature: string | undefined;
}

/** A business's webhook endpoint: keeps everything; answers as set. */
class Endpoint {
  readonly received: Received[] = [];
  url = '';
  /** Status of the next answers; 200 once used up. */
  statuses: number[] = [];
  private readonly waiting = new Set<() => void>();

  async open(): Promise<void> {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://endpoint');
      if (request.method === 'GET') {
        const known = url.searchParams.get('hub.verify_token') === ACCOUNT.verifyToken;
        response.statusCode = known ? 200 : 403;
        response.end(known ? url.searchParams.get('hub.challenge') : '');
        return;
      }
      void this.take(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    this.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/webhook`;
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    const signature = request.headers['x-hub-signature-256'];
    this.received.push({ body, signature: signature?.toString() });
    response.statusCode = this.statuses.shift() ?? 200;
    response.end();
    for (const wake of this.waiting) wake();
  }

  /** The `value` of the first matching webhook, now or later. */
  async next(what: (value: WebhookValue) => boolean): Promise<WebhookValue> {
    for (;;) {
      const value = this.values().find(what);
      if (value) return value;
      await new Promise<void>((wake) => {
        const once = () => {
          this.waiting.delete(once);
          wake();
        };
        this.waiting.add(once);
      });
    }
  }

  values(): WebhookValue[] {
    return this.received.flatMap(({ body }) => {
      const value = valueOf(body);
      return value ? [value] : [];
    });
  }

  /** Events and statuses in the order of arrival, e.g. `connect`, `RINGING`, `terminate`. */
  labels(): string[] {
    return this.values().flatMap(({ calls = [], statuses = [] }) => [
      ...calls.map(({ event }) => event),
      ...statuses.map(({ status }) => status),
    ]);
  }
}

export interface WebhookValue {
  field: string;
  calls?: (Record<string, unknown> & {
    id: string;
    event: string;
    session?: { sdp_type: string; sdp: string };
  })[];
  statuses?: (Record<string, unknown> & { status: string })[];
  messages?: Record<string, unknown>[];
  errors?: { code: number }[];
  contacts?: Record<string, unknown>[];
  [key: string]: unknown;
}

export const isEvent =
  (event: string) =>
  (value: WebhookValue): boolean =>
    value.calls?.[0]?.event === event;

export const isStatus =
  (status: string) =>
  (value: WebhookValue): boolean =>
    value.statuses?.[0]?.status === status;

/** A world with one number, its endpoint, and a client for its Graph API. Everything ends with the test. */
export async function openSimulatedWorld(config: Partial<Config> = {}) {
  const endpoint = new Endpoint();
  await endpoint.open();
  const simulator = await createSimulator({
    version: 1,
    listen: { port: 0 },
    accounts: [{ ...ACCOUNT, webhookUrl: endpoint.url }],
    ...config,
    timing: { connectWebhookAfterMs: 20, ringingAfterMs: 20, webhookRetryMs: 10, ...config.timing },
  });
  onTestFinished(() => simulator.close());
  return { simulator, endpoint, graph: graphClient(simulator) };
}

export function openPeer(): BusinessPeer {
  const peer = new BusinessPeer();
  onTestFinished(() => peer.close());
  return peer;
}

/** An answer of the Graph API with the parts that tests check. */
interface GraphAnswer {
  status: number;
  body: {
    success?: boolean;
    calls?: { id: string }[];
    messages?: { id: string }[];
    error?: {
      code: number;
      type: string;
      message: string;
      error_subcode?: number;
      error_data?: { details: string };
      fbtrace_id: string;
    };
    [key: string]: unknown;
  };
}

function graphClient(simulator: Simulator) {
  const request = async (
    method: 'GET' | 'POST',
    edge: string,
    body?: unknown,
    token: string = ACCOUNT.accessToken,
  ): Promise<GraphAnswer> => {
    const answer = await fetch(`${simulator.baseUrl}/v23.0/${ACCOUNT.phoneNumberId}/${edge}`, {
      method,
      headers: { authorization: `Bearer ${token}`, connection: 'close' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // The tests check this shape.
    const json: GraphAnswer['body'] = await answer.json();
    return { status: answer.status, body: json };
  };
  const call = (body: Record<string, unknown>) =>
    request('POST', 'calls', { messaging_product: 'whatsapp', ...body });
  const session = (sdp_type: 'offer' | 'answer', sdp: string) => ({ session: { sdp_type, sdp } });
  return {
    request,
    call,
    preAccept: (call_id: string, sdp: string) =>
      call({ action: 'pre_accept', call_id, ...session('answer', sdp) }),
    accept: (call_id: string, sdp: string) =>
      call({ action: 'accept', call_id, ...session('answer', sdp) }),
    reject: (call_id: string) => call({ action: 'reject', call_id }),
    terminate: (call_id: string) => call({ action: 'terminate', call_id }),
    connect: (to: string, sdp: string) =>
      call({
        action: 'connect',
        to,
        ...session('offer', sdp),
        biz_opaque_callback_data: 'order-1',
      }),
    requestPermission: (to: string) =>
      request('POST', 'messages', {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to,
        type: 'interactive',
        interactive: {
          type: 'call_permission_request',
          action: { name: 'call_permission_request' },
          body: { text: 'May we call you?' },
        },
      }),
    permissions: (number: string) => request('GET', `call_permissions?user_wa_id=${number}`),
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

function valueOf(body: string): WebhookValue | undefined {
  try {
    const parsed: { entry: { changes: { field: string; value: object }[] }[] } = JSON.parse(body);
    const change = parsed.entry[0]?.changes[0];
    return change && { ...change.value, field: change.field };
  } catch {
    return undefined;
  }
}
