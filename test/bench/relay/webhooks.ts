import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { accountOf, APP_SECRET, numberIdOf, type Kind } from './wire.ts';

/** Identifies the n-th webhook in its body and in the resulting frame. */
const MARK = 'wamid.bench-';
const TEXT = 'Hello, where is my order 4711? It should have been here on Tuesday.';
const CUSTOMER = { waId: '5511999991234', name: 'Bia' };

/** The number of the webhook that a frame is about; undefined for any other frame. */
export function numberOf(frame: string): number | undefined {
  const at = frame.indexOf(MARK);
  return at === -1 ? undefined : Number.parseInt(frame.slice(at + MARK.length, at + 60), 10);
}

interface Post {
  path: string;
  body: string;
  headers: Record<string, string>;
}

/**
 * A customer's message, as Meta posts it to the relay; for the others what the relay makes of it.
 */
function postOf(kind: Kind, number: number, workspace: number): Post {
  const isRelay = kind === 'relay';
  const told = isRelay ? metaWebhook(number, workspace) : entryBody(number, workspace);
  const body = JSON.stringify(told);
  const signature = createHmac('sha256', APP_SECRET).update(body).digest('hex');
  return {
    path: isRelay ? `/webhooks/meta/${accountOf(workspace)}` : `/${workspace}`,
    body,
    headers: {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'x-hub-signature-256': `sha256=${signature}`,
    },
  };
}

function metaWebhook(number: number, workspace: number): unknown {
  const { waId, name } = CUSTOMER;
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15551112222', phone_number_id: numberIdOf(workspace) },
    contacts: [{ profile: { name }, wa_id: waId }],
    messages: [
      {
        id: `${MARK}${number}`,
        from: waId,
        timestamp: String(Math.floor(Date.now() / 1000)),
        type: 'text',
        text: { body: TEXT },
      },
    ],
  };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: 'waba', changes: [{ field: 'messages', value }] }],
  };
}

function entryBody(number: number, workspace: number): unknown {
  const at = Math.floor(Date.now() / 1000) * 1000;
  const message = { messageId: `${MARK}${number}`, type: 'text', text: TEXT };
  const event = { kind: 'message', at, party: CUSTOMER, ...message };
  return { type: 'provider', accountId: accountOf(workspace), event };
}

/** The workspaces whose numbers get webhooks: all in turn, or one. */
interface Workspaces {
  of: number;
  only?: number;
}

/** Posts webhooks over connections that stay open, as providers do. */
export class Webhooks {
  readonly #kind: Kind;
  readonly #url: string;
  readonly #workspaces: Workspaces;
  #next = 0;
  /** When each was posted, by its number; ms of `performance.now()`. */
  readonly postedAt: number[] = [];

  constructor(kind: Kind, url: string, workspaces: Workspaces) {
    this.#kind = kind;
    this.#url = url;
    this.#workspaces = workspaces;
  }

  /** The workspace that a webhook is for. */
  workspaceOf(number: number): number {
    return this.#workspaces.only ?? number % this.#workspaces.of;
  }

  /**
   * Posts that many, `concurrency` at once.
   *
   * @returns how long each took until it was answered 200, in ms
   */
  async post(count: number, concurrency: number): Promise<number[]> {
    const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
    const first = this.#next;
    this.#next += count;
    const posts = Array.from({ length: count }, (_, index) =>
      postOf(this.#kind, first + index, this.workspaceOf(first + index)),
    );
    const tookMs: number[] = [];
    const work = posts.entries();
    const worker = async () => {
      for (const [index, post] of work) {
        const startedAt = performance.now();
        this.postedAt[first + index] = startedAt;
        // A busy server may close idle connections just when they are reused; a new one is not idle.
        await this.#send(agent, post).catch(() => this.#send(false, post));
        tookMs.push(performance.now() - startedAt);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    agent.destroy();
    return tookMs;
  }

  #send(agent: Agent | false, { path, body, headers }: Post): Promise<void> {
    return new Promise((resolve, reject) => {
      const sent = request(this.#url + path, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`a webhook was answered with ${response.statusCode}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
