import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll } from 'vitest';
import { inboundCallId } from '../../../../src/shared/call/ids.ts';
import { parseConfig } from '../../../../src/relay/config/load.ts';
import { openSqliteStore } from '../../../../src/relay/store/sqlite.ts';
import type { Rights } from '../../../../src/relay/store/agent-store.ts';
import type { Store } from '../../../../src/relay/store/store.ts';
import { createSimulator, type Simulator } from '../../../../src/simulator/simulator.ts';
import { FakeClock } from '../fake-clock.ts';
import {
  APP_SECRET,
  NUMBER_ID,
  offer,
  postRaw,
  sign,
  startRelay,
  temporaryFolder,
  terminate,
  VERIFY_TOKEN,
  type TestRelay,
} from '../harness.ts';
import { postTo } from '../numbers.ts';
import { TestConsole } from '../test-console.ts';

/**
 * Whose numbers: of the agents who try to cross, of teammates with other numbers, of another workspace.
 * The names of accounts begin with it.
 */
const PLACES = ['own', 'north', 'west'] as const;
export type Place = (typeof PLACES)[number];
export const FOREIGN = ['north', 'west'] as const;

const SIGNING = 'the secret of the subscription';
const PHONE_NUMBER_ID: Record<Place, { direct: string; relayed: string }> = {
  own: { direct: '100000000000011', relayed: '100000000000012' },
  north: { direct: '100000000000021', relayed: '100000000000022' },
  west: { direct: '100000000000031', relayed: '100000000000032' },
};
export const CUSTOMER: Record<Place, { waId: string; name: string }> = {
  own: { waId: '5511988880000', name: 'Bia' },
  north: { waId: '5511977770001', name: 'Zoe North' },
  west: { waId: '5511977770002', name: 'Zoe West' },
};
/** Whom the agents of a place call. */
export const CALLED: Record<Place, { waId: string; name: string }> = {
  own: { waId: '5511988880010', name: 'Caio' },
  north: { waId: '5511977770011', name: 'Zoe Called North' },
  west: { waId: '5511977770012', name: 'Zoe Called West' },
};

const accountsOf = (place: Place, apiBase: string) => {
  const meta = { provider: 'meta', appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN };
  const zernio = { provider: 'zernio', signingSecret: SIGNING };
  return [
    { id: `${place}-direct`, ...meta, phoneNumberId: PHONE_NUMBER_ID[place].direct },
    {
      id: `${place}-relayed`,
      ...meta,
      phoneNumberId: PHONE_NUMBER_ID[place].relayed,
      path: 'relayed',
      accessToken: 'token',
      apiBase,
    },
    { id: `${place}-streamed`, ...zernio, stream: { secret: 'letters-and-digits-4' } },
    { id: `${place}-external`, ...zernio },
  ];
};

/**
 * One relay for a file: two workspaces with a number of every kind for each place, at a simulated provider, on a clock
 * that stands still.
 */
export class AccessWorld {
  readonly clock = new FakeClock(Date.now());
  #folder = { dir: '', remove: () => undefined as void };
  #relay: TestRelay | undefined;
  #simulator: Simulator | undefined;
  readonly #consoles: TestConsole[] = [];
  readonly #tokens = new Map<string, string>();

  constructor() {
    beforeAll(() => this.#start());
    afterAll(() => this.#end());
  }

  get relay(): TestRelay {
    if (!this.#relay) throw new Error('the relay does not run');
    return this.#relay;
  }

  get simulator(): Simulator {
    if (!this.#simulator) throw new Error('the simulator does not run');
    return this.#simulator;
  }

  async #start(): Promise<void> {
    this.#folder = temporaryFolder();
    this.#simulator = await createSimulator({
      version: 1,
      listen: { port: 0 },
      accounts: PLACES.map((place, index) => ({
        id: `${place}-relayed`,
        provider: 'meta',
        phoneNumberId: PHONE_NUMBER_ID[place].relayed,
        wabaId: `${index + 1}`,
        displayPhoneNumber: `1555111222${index}`,
        accessToken: 'token',
        appSecret: APP_SECRET,
        verifyToken: VERIFY_TOKEN,
      })),
      customers: [...Object.values(CUSTOMER), ...Object.values(CALLED)].map((customer) => ({
        ...customer,
        permission: 'permanent',
        answerAfterMs: 50,
      })),
      timing: { webhookRetryMs: 20, connectWebhookAfterMs: 20, ringingAfterMs: 10 },
    });
    const at = this.#simulator.baseUrl;
    const config = {
      version: 1,
      listen: { host: '127.0.0.1', port: 0 },
      dataDir: this.#folder.dir,
      media: { processes: 1 },
      workspaces: [
        {
          id: 'east',
          name: 'East',
          accounts: [...accountsOf('own', at), ...accountsOf('north', at)],
        },
        { id: 'west', name: 'West', accounts: accountsOf('west', at) },
      ],
    };
    this.#relay = await startRelay(parseConfig(config, this.#folder.dir), this.clock);
    for (const place of PLACES) {
      const id = `${place}-relayed`;
      await this.#simulator.setWebhookUrl(`${this.#relay.url}/webhooks/meta/${id}`, id);
    }
  }

  async #end(): Promise<void> {
    for (const console of this.#consoles) console.terminate();
    await this.#simulator?.close();
    await this.#relay?.close();
    this.#folder.remove();
  }

  /** Adds an agent with some of the numbers of their workspace. */
  async add(id: string, place: Place, rights: Partial<Rights> = {}): Promise<void> {
    const workspace = place === 'west' ? 'west' : 'east';
    const numbers = accountsOf(place, '').map((account) => account.id);
    const name = `Agent ${id}`;
    const added = await this.relay.agents.add({ id, name, workspace, numbers, ...rights });
    this.#tokens.set(id, added.token);
  }

  /** Connects the console of an agent who was added. */
  async join(id: string, hello?: { cursor: number; epoch: string }): Promise<TestConsole> {
    const console = await TestConsole.join(this.relay.url, this.#tokens.get(id) ?? '', hello);
    this.#consoles.push(console);
    return console;
  }

  /** A customer calls a direct number, or their call ends there. Returns our id of the call. */
  async direct(place: Place, id: string, what: 'offer' | 'end' = 'offer'): Promise<string> {
    const make = what === 'offer' ? offer : terminate;
    const body = JSON.stringify(make(id, this.clock.now()))
      .replaceAll(NUMBER_ID, PHONE_NUMBER_ID[place].direct)
      .replaceAll('5511999991234', CUSTOMER[place].waId)
      .replaceAll('Bia', CUSTOMER[place].name);
    const { status } = await postRaw(this.relay.url, body, { account: `${place}-direct` });
    if (status !== 200) throw new Error(`the webhook was answered with ${status}`);
    return inboundCallId(`${place}-direct`, id);
  }

  /** A stranger sends a webhook to a direct number, which is refused. */
  async forge(place: Place): Promise<void> {
    await postRaw(this.relay.url, '{}', { account: `${place}-direct`, signature: null });
  }

  /** A customer calls a relayed number. Returns our id of the call. */
  async relayed(place: Place): Promise<string> {
    const account = `${place}-relayed`;
    const customer = { waId: CUSTOMER[place].waId };
    const { callId } = await this.simulator.startCall({ account, customer });
    return inboundCallId(account, callId);
  }

  /** Zernio tells of a call, or of its end. Returns our id of the call. */
  async zernio(
    accountId: string,
    place: Place,
    id: string,
    what: 'received' | 'ended' = 'received',
    direction: 'inbound' | 'outbound' = 'inbound',
  ): Promise<string> {
    const at = new Date(this.clock.now()).toISOString();
    const sides = [`+${CUSTOMER[place].waId}`, '+551130000000'];
    const [from, to] = direction === 'inbound' ? sides : sides.toReversed();
    const body = JSON.stringify({
      id: `${what}/${id}`,
      event: `call.${what}`,
      timestamp: at,
      account: { id: 'acc', platform: 'whatsapp', username: 'u' },
      call: {
        id,
        direction,
        from,
        to,
        startedAt: at,
        ...(what === 'ended' && { endedAt: at, durationSeconds: 3, endReason: 'hangup' }),
      },
    });
    const signature = sign(body, SIGNING).replace('sha256=', '');
    const { status } = await postTo(this.relay.url, `zernio/${accountId}`, body, {
      'x-zernio-signature': signature,
    });
    if (status !== 200) throw new Error(`the webhook was answered with ${status}`);
    return inboundCallId(accountId, id);
  }

  /** Writes into the relay's store as another process would. */
  async write(task: (store: Store) => Promise<unknown>): Promise<void> {
    const store = openSqliteStore(this.#folder.dir);
    try {
      await task(store);
    } finally {
      await store.close();
    }
  }

  /** Everything in the store, by table, but how far consoles are. */
  content(): Record<string, unknown[]> {
    const db = new Database(path.join(this.#folder.dir, 'relay.sqlite'), { readonly: true });
    try {
      const tables = db
        .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .all();
      return Object.fromEntries(
        tables.map(({ name }) => [
          name,
          db
            .prepare<[], Record<string, unknown>>(`SELECT * FROM ${name}`)
            .all()
            .map(({ acked_cursor: _cursor, acked_at: _at, ...row }) => row),
        ]),
      );
    } finally {
      db.close();
    }
  }
}
