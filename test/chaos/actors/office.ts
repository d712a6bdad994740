import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { numbers, webhookPathOf, type BusinessNumber } from '../fleet.ts';
import { factsOf } from '../facts.ts';
import type { HistoryWriter, ProviderEvent } from '../history.ts';
import { Chance } from '../lib.ts';
import type { RelayAddress } from './orders.ts';

/** The timeout of the strictest provider (docs/providers/zernio.md#webhooks). */
const PATIENCE_MS = 5_000;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 3_000;

interface Letter {
  id: number;
  account: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * The providers' outgoing mail: takes the simulator's signed webhooks and delivers each until it is
 * answered with 200, as providers do for days. Some are delayed, so that they overtake each other,
 * and some are delivered several times.
 */
export class PostOffice {
  /** Webhooks that no relay has acknowledged. */
  pending = 0;
  readonly url: string;
  readonly #seed: number;
  readonly #relays: readonly RelayAddress[];
  readonly #history: HistoryWriter<ProviderEvent>;
  #nextId = 1;
  #nextRelay = 0;
  /** Stops delaying; what is left is delivered at once. */
  #hurried = false;
  readonly #waiting = new Set<() => void>();

  private constructor(
    url: string,
    seed: number,
    relays: readonly RelayAddress[],
    history: HistoryWriter<ProviderEvent>,
  ) {
    this.url = url;
    this.#seed = seed;
    this.#relays = relays;
    this.#history = history;
  }

  static async open(
    seed: number,
    relays: readonly RelayAddress[],
    history: HistoryWriter<ProviderEvent>,
  ): Promise<PostOffice> {
    const port = 4200;
    const office = new PostOffice(`http://127.0.0.1:${port}`, seed, relays, history);
    const server = createServer((incoming, response) => {
      const url = new URL(incoming.url ?? '/', office.url);
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        // Meta's handshake, which this test does not check.
        response.end(url.searchParams.get('hub.challenge') ?? '{}');
        if (incoming.method !== 'POST') return;
        office.#take(url.pathname, incoming.headers, Buffer.concat(chunks).toString());
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return office;
  }

  /** Delivers everything that is waiting. */
  hurry(): void {
    this.#hurried = true;
    for (const go of this.#waiting) go();
  }

  #take(path: string, headers: IncomingHttpHeaders, body: string): void {
    const number = numbers.find((one) => webhookPathOf(one) === path);
    if (!number) throw new Error(`a webhook to ${path}`);
    const facts = factsOf(number.provider, body);
    const id = this.#nextId++;
    this.#history.write({ what: 'webhook', id, account: number.id, facts });
    const letter = { id, account: number.id, path, headers: signatureOf(headers), body };
    this.pending += 1;
    void this.#deliver(letter, this.#fateOf(number, letter, facts));
  }

  /** Depends on the customer's number and the reported facts, because ids differ in every run. */
  #fateOf({ id }: BusinessNumber, { body }: Letter, facts: readonly string[]) {
    const [waId] = /55119\d{8}/.exec(body) ?? [];
    const kind = facts[0]?.split(' ').at(-1);
    const chance = Chance.of(this.#seed, `webhook ${id} ${waId} ${kind}`);
    const isLate = chance.percent(35);
    return {
      copies: chance.percent(20) ? chance.between(1, 3) : 0,
      delayMs: isLate ? chance.between(10, chance.percent(20) ? 15_000 : 1_500) : 0,
    };
  }

  async #deliver(letter: Letter, fate: { copies: number; delayMs: number }): Promise<void> {
    if (fate.copies > 0 || fate.delayMs > 0) {
      this.#history.write({ what: 'fate', id: letter.id, ...fate });
    }
    await this.#pause(fate.delayMs);
    // All at once, so that they race in the relay.
    const copies = Array.from({ length: fate.copies }, () => this.#attempt(letter));
    let pauseMs = FIRST_PAUSE_MS;
    while (!(await this.#attempt(letter))) {
      await this.#pause(pauseMs);
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
    await Promise.all(copies);
    this.pending -= 1;
  }

  async #attempt(letter: Letter): Promise<boolean> {
    const relay = this.#nextRelay++ % this.#relays.length;
    const { id } = letter;
    try {
      const status = await this.#post(letter, relay);
      this.#history.write({ what: 'attempt', id, relay, status });
      return status === 200;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#history.write({ what: 'attempt', id, relay, error: why });
      return false;
    }
  }

  #post({ path, headers, body }: Letter, relay: number): Promise<number> {
    const address = this.#relays[relay];
    if (!address) throw new Error(`no relay ${relay}`);
    return new Promise((resolve, reject) => {
      const sent = request(
        { ...address, path, method: 'POST', headers, agent: false },
        (response) => {
          response.resume();
          response.on('error', reject);
          response.on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      const late = setTimeout(() => sent.destroy(new Error('no answer')), PATIENCE_MS);
      sent.on('close', () => clearTimeout(late));
      sent.on('error', reject);
      sent.end(body);
    });
  }

  #pause(ms: number): Promise<void> {
    const least = this.#hurried ? Math.min(ms, FIRST_PAUSE_MS) : ms;
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, least);
      this.#waiting.add(go);
    });
  }
}

/** The headers that authenticate a webhook, and its content type. */
function signatureOf(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && (name.startsWith('x-') || name === 'content-type')
        ? [[name, value]]
        : [],
    ),
  );
}
