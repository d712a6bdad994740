import { describe, expect, it } from 'vitest';
import { AgentConnection } from '../../../../src/relay/connections/agent-connection.ts';
import type { Audience } from '../../../../src/relay/connections/audience.ts';
import { ConnectedAgents } from '../../../../src/relay/connections/connected-agents.ts';
import { LogFeed } from '../../../../src/relay/connections/log-feed.ts';
import { PAGE } from '../../../../src/relay/connections/log-tail.ts';
import { PROTOCOL_VERSION } from '../../../../src/shared/protocol/versions.ts';
import type { LogEntry } from '../../../../src/relay/store/store.ts';

const audienceOf = (accountId: string): Audience => ({
  key: accountId,
  agentId: 'ana',
  hears: (one) => one === accountId,
  hearsEntry: (entry) => entry.accountId === accountId,
});

/** A growing log, its feed, and consoles that record what they receive. */
class World {
  readonly #entries: LogEntry[] = [];
  readonly #connected = new ConnectedAgents();
  reads = 0;
  readonly feed = new LogFeed({
    store: {
      entriesAfter: async (cursor, limit) => {
        this.reads++;
        return this.#entries.filter((entry) => entry.cursor > cursor).slice(0, limit);
      },
      extent: async () => ({ head: this.#entries.length, prunedTo: 0 }),
    },
    connectedAgents: this.#connected,
    handleRead: () => undefined,
    handleSent: () => undefined,
    handleFailure: (error) => {
      throw error;
    },
  });

  add(accountId: string, count: number): void {
    for (let added = 0; added < count; added++) {
      const body = { type: 'dtmf', callId: `${accountId}/1`, digit: '5' } as const;
      this.#entries.push({ cursor: this.#entries.length + 1, at: 1, accountId, body });
    }
  }

  /** Connects a console that has the log up to a cursor. */
  join(
    id: string,
    accountId: string,
    from: number,
  ): { connection: AgentConnection; got: number[] } {
    const got: number[] = [];
    const socket = {
      isOpen: true,
      isCongested: false,
      drained: async () => undefined,
      send: () => true,
      write: (frames: Buffer) => {
        for (const [, cursor] of frames.toString('utf8').matchAll(/"cursor":(\d+)/g)) {
          got.push(Number(cursor));
        }
      },
      refuse: () => undefined,
    };
    const rights = { role: 'agent', calls: 'all', numbers: [] } as const;
    const audience = audienceOf(accountId);
    const following = {
      version: PROTOCOL_VERSION,
      from,
      head: this.#entries.length,
      rights: { ...rights, numbers: [] },
      audience: () => audience,
    };
    const connection = new AgentConnection(socket, { id, name: id }, 'available', following);
    this.#connected.add(connection);
    this.feed.pump(connection);
    return { connection, got };
  }
}

describe('the feed of the log', () => {
  it('reads whole pages for a console that lags, even if it acknowledges entry by entry', async () => {
    const world = new World();
    const total = 12 * PAGE;
    world.add('sales', total);
    await world.feed.start();
    const { connection, got } = world.join('ana', 'sales', 0);
    for (let acked = 1; acked <= total; acked++) {
      await expect.poll(() => got.length).toBeGreaterThanOrEqual(acked);
      connection.ack(acked);
      world.feed.pump(connection);
    }
    expect(got).toEqual(Array.from({ length: total }, (_, index) => index + 1));
    expect(world.reads).toBe(12);
  });

  it('sends a console nothing that its agent may not see, and what follows in order', async () => {
    const world = new World();
    await world.feed.start();
    const sales = world.join('ana', 'sales', 0);
    const support = world.join('ben', 'support', 0);
    world.add('support', 30);
    world.feed.notify();
    await expect.poll(() => support.got).toHaveLength(30);
    expect(sales.got).toEqual([]);
    expect(sales.connection.sent).toBe(30);
    world.add('sales', 2);
    world.feed.notify();
    await expect.poll(() => sales.got).toEqual([31, 32]);
    expect(support.got).toHaveLength(30);
  });

  it('waits for acknowledgements, and a console that sends none delays no other', async () => {
    const world = new World();
    await world.feed.start();
    const silent = world.join('ana', 'sales', 0);
    const prompt = world.join('ben', 'sales', 0);
    for (let round = 1; round <= 9; round++) {
      world.add('sales', PAGE);
      world.feed.notify();
      await expect.poll(() => prompt.got).toHaveLength(round * PAGE);
      prompt.connection.ack(round * PAGE);
    }
    expect(silent.got).toHaveLength(5 * PAGE);
    silent.connection.ack(5 * PAGE);
    world.feed.pump(silent.connection);
    await expect.poll(() => silent.got).toEqual(prompt.got);
  });
});
