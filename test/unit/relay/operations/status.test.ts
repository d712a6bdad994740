import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../src/relay/config/load.ts';
import { notReady, readStatus, type StatusPorts } from '../../../../src/relay/operations/status.ts';
import { statusPage } from '../../../../src/relay/operations/status-page.ts';
import type { AgentRecord } from '../../../../src/relay/store/agent-store.ts';

const SECRET = 'a-secret-in-the-address';
const config = parseConfig(
  {
    version: 1,
    listen: { host: '127.0.0.1', port: 0 },
    dataDir: 'data',
    workspaces: [
      {
        id: 'sales',
        name: 'Sales',
        accounts: [
          { id: 'main', provider: 'pilot-web', webhookSecret: SECRET },
          { id: 'away', provider: 'zernio', signingSecret: 'signing' },
          {
            id: 'relayed',
            provider: 'pilot-meta',
            webhookSecret: SECRET,
            apiKey: 'key',
            path: 'relayed',
          },
        ],
      },
      {
        id: 'help',
        name: 'Help',
        accounts: [{ id: 'other', provider: 'pilot-web', webhookSecret: SECRET }],
      },
    ],
  },
  '/etc',
);

const agent = (id: string, more: Partial<AgentRecord> = {}): AgentRecord => ({
  id,
  name: id.toUpperCase(),
  workspace: 'sales',
  numbers: 'all',
  role: 'agent',
  calls: 'all',
  addedAt: 0,
  tokenHash: 'hash',
  ...more,
});

function portsOf({
  agents = [agent('ana')],
  present = { ana: 'available' },
  webhooks = ['main', 'relayed', 'other'],
  alive = true,
  durable = true,
  isClosing = false,
}: {
  agents?: AgentRecord[];
  present?: Record<string, 'available' | 'away'>;
  webhooks?: string[];
  alive?: boolean;
  durable?: boolean;
  isClosing?: boolean;
} = {}): StatusPorts {
  return {
    config,
    store: {
      lastWebhooks: async () => new Map(webhooks.map((id) => [id, { takenAt: 1_000 }])),
      extent: async () => ({ head: 10, prunedTo: 0 }),
      agents: { list: async () => agents },
    },
    isStoreTaking: () => durable,
    connections: () =>
      Object.entries(present).map(([id, presence]) => ({ agent: { id }, presence, acked: 7 })),
    relayedCalls: () => [],
    media: { processes: () => [{ isAlive: alive, calls: 0 }] },
    elsewhere: () => new Map(),
    isDraining: () => false,
    isClosing: () => isClosing,
    now: () => 61_000,
    startedAt: 0,
  };
}

/** Why a number cannot ring. */
async function obstacle(ports: StatusPorts, number = 'main') {
  const { numbers } = await readStatus(ports, { kind: 'all' });
  return numbers.find(({ id }) => id === number)?.obstacle;
}

describe('whether a number can ring', () => {
  it('is yes, or the first obstacle', async () => {
    expect(await obstacle(portsOf())).toBeUndefined();
    expect(await obstacle(portsOf(), 'away')).toBe('external');
    expect(await obstacle(portsOf({ isClosing: true }))).toBe('closing');
    expect(await obstacle(portsOf({ webhooks: [] }))).toBe('no-webhook');
    expect(await obstacle(portsOf({ agents: [agent('ana', { calls: 'none' })] }))).toBe(
      'nobody-may',
    );
    expect(await obstacle(portsOf({ agents: [agent('ana', { numbers: ['away'] })] }))).toBe(
      'nobody-may',
    );
    expect(await obstacle(portsOf({ present: {} }))).toBe('nobody-connected');
    expect(await obstacle(portsOf({ present: { ana: 'away' } }))).toBe('nobody-available');
  });

  it('requires media for relayed calls only, and agents of its own workspace', async () => {
    expect(await obstacle(portsOf({ alive: false }), 'relayed')).toBe('media');
    expect(await obstacle(portsOf({ alive: false }))).toBeUndefined();
    expect(await obstacle(portsOf(), 'other')).toBe('nobody-may');
  });
});

describe('whether the relay is ready', () => {
  it('names every obstacle', () => {
    expect(notReady(portsOf())).toEqual([]);
    expect(notReady(portsOf({ alive: false, durable: false, isClosing: true }))).toEqual([
      'closing',
      'store',
      'media',
    ]);
  });
});

describe('the status of a workspace', () => {
  it('shows nothing of another', async () => {
    const agents = [agent('ana'), agent('hal', { workspace: 'help' })];
    const ports = portsOf({ agents, present: { ana: 'available', hal: 'available' } });
    const status = await readStatus(ports, { kind: 'workspace', id: 'help' });
    expect(status.numbers.map(({ id }) => id)).toEqual(['other']);
    expect(status.agents).toEqual([
      { id: 'hal', name: 'HAL', workspace: 'help', presence: 'available', lag: 3 },
    ]);
    expect(statusPage(status)).not.toMatch(/ana|sales|main/i);
  });
});

describe('the page', () => {
  it('writes names as text, whatever they are', async () => {
    const name = `<script>alert(1)</script>"'&`;
    const page = statusPage(
      await readStatus(portsOf({ agents: [agent('ana', { name })] }), { kind: 'all' }),
    );
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
    expect(page).not.toContain('<script');
  });
});
