import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckId } from '../../../src/shared/checks/ids.ts';
import { capabilities } from '../../../src/shared/providers/capabilities.ts';
import type { ContractNumber } from '../contract/numbers.ts';
import { openReadyWorld, type ReadyWorld } from './ready-world.ts';

type Kind = ContractNumber['kind'];
const every: readonly Kind[] = ['meta', 'd360', 'pilot-meta', 'pilot-web', 'zernio'];
const cloud: readonly Kind[] = ['meta', 'd360', 'pilot-meta'];

/** A fault that can be played, the only check that it turns red, and how it is put right. */
interface Fault {
  name: string;
  of: readonly Kind[];
  check: CheckId;
  play: (world: ReadyWorld) => unknown;
  repair: (world: ReadyWorld) => unknown;
}

const wellAgain = (world: ReadyWorld) => world.simulator.clearFaults();
const checked = ({ workspace }: ReadyWorld) => workspace.ready.check();
const press = (
  world: ReadyWorld,
  action: Parameters<ReadyWorld['workspace']['ready']['repair']>[1],
) => world.workspace.ready.repair(world.id, action);
/** Somebody changes the settings elsewhere, in the API's words. */
const elsewhere = async (world: ReadyWorld, calling: object) => {
  world.simulator.changeSettings({ calling });
  await checked(world);
};
/** A webhook comes, and the relay is asked about it. */
const webhookComes = async (world: ReadyWorld) => {
  const { simulator } = world;
  const before = simulator.webhooks().length;
  world.write();
  await simulator.waitFor(() =>
    simulator
      .webhooks()
      .slice(before)
      .find(({ attempts }) => attempts.length > 0),
  );
  await checked(world);
};
const signed: readonly Kind[] = ['meta', 'd360'];

const faults: readonly Fault[] = [
  {
    name: 'the relay is away',
    of: every,
    check: 'relay',
    play: (world) => world.stopRelay(),
    repair: (world) => world.startRelay(),
  },
  {
    name: 'the relay’s clock is behind',
    of: cloud,
    check: 'relay-clock',
    async play(world) {
      world.setRelayAhead(-200_000);
      await checked(world);
    },
    async repair(world) {
      world.setRelayAhead(0);
      await checked(world);
    },
  },
  {
    name: 'webhooks go elsewhere',
    of: ['meta'],
    check: 'webhook-address',
    async play(world) {
      await world.simulator.setWebhookUrl(`${world.simulator.baseUrl}/nowhere`);
      await checked(world);
    },
    async repair(world) {
      await world.simulator.setWebhookUrl(world.webhookUrl);
      await checked(world);
    },
  },
  {
    name: 'the signing secret is wrong',
    of: signed,
    check: 'webhook-signature',
    async play(world) {
      world.simulator.setFaults({ webhooks: { damage: 'bad-signature' } });
      await webhookComes(world);
    },
    async repair(world) {
      wellAgain(world);
      await webhookComes(world);
    },
  },
  {
    name: 'webhooks are not signed',
    of: signed,
    check: 'webhook-signature',
    async play(world) {
      world.simulator.setFaults({ webhooks: { damage: 'unsigned' } });
      await webhookComes(world);
    },
    async repair(world) {
      wellAgain(world);
      await webhookComes(world);
    },
  },
  {
    name: 'webhooks cannot be read',
    of: signed,
    check: 'webhook-signature',
    async play(world) {
      world.simulator.setFaults({ webhooks: { damage: 'garbage' } });
      await webhookComes(world);
    },
    async repair(world) {
      wellAgain(world);
      await webhookComes(world);
    },
  },
  {
    name: 'the app is not subscribed',
    of: ['meta'],
    check: 'subscription',
    async play(world) {
      await fetch(`${world.simulator.baseUrl}/v26.0/1022901293/subscribed_apps`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${world.number.secret}` },
      });
      await checked(world);
    },
    repair: (world) => press(world, 'subscribe'),
  },
  {
    name: 'calls are switched off elsewhere',
    of: ['meta', 'd360'],
    check: 'calling',
    play: (world) => elsewhere(world, { status: 'DISABLED' }),
    repair: (world) => press(world, 'switch-calling-on'),
  },
  {
    name: 'SIP is on',
    of: ['meta', 'd360'],
    check: 'sip',
    play: (world) =>
      elsewhere(world, { sip: { status: 'ENABLED', servers: [{ hostname: 'sip.example' }] } }),
    repair: (world) => elsewhere(world, { sip: { status: 'DISABLED' } }),
  },
  {
    name: 'keys are exchanged by SDES',
    of: ['meta', 'd360'],
    check: 'key-exchange',
    play: (world) => elsewhere(world, { srtp_key_exchange_protocol: 'SDES' }),
    repair: (world) => elsewhere(world, { srtp_key_exchange_protocol: 'DTLS' }),
  },
  {
    name: 'the telephone is not connected',
    of: ['pilot-web'],
    check: 'phone',
    async play(world) {
      world.simulator.setFaults({ api: { disconnected: true } });
      await checked(world);
    },
    async repair(world) {
      wellAgain(world);
      await checked(world);
    },
  },
  {
    name: 'WhatsApp restricts the number',
    of: ['meta'],
    check: 'restriction',
    play: (world) =>
      world.simulator.announce({
        what: 'restriction',
        type: 'RESTRICTED_USER_INITIATED_CALLING',
        expiresAt: Date.now() + 60_000,
      }),
    async repair(world) {
      world.setAhead(61_000);
      await checked(world);
    },
  },
  {
    name: 'nothing can be played',
    of: ['meta', 'pilot-web'],
    check: 'ring',
    play(world) {
      world.setPlays(false);
      world.workspace.ringer.probe();
    },
    repair(world) {
      world.setPlays(true);
      world.workspace.ringer.probe();
    },
  },
  {
    name: 'the microphone is unplugged',
    of: ['meta', 'pilot-web'],
    check: 'microphone',
    play: (world) => world.setDevices({ microphone: 'none' }),
    repair: (world) => world.setDevices({ microphone: 'ready' }),
  },
  {
    name: 'there is no speaker',
    of: ['d360'],
    check: 'speaker',
    play: (world) => world.setDevices({ speaker: 'none' }),
    repair: (world) => world.setDevices({ speaker: 'ready' }),
  },
  {
    name: 'UDP is blocked',
    of: cloud,
    check: 'udp',
    play: (world) => world.setNetwork({ stun: 'silent', turnByUdp: 'silent' }),
    repair: (world) => world.setNetwork({}),
  },
  {
    name: 'the messaging limit is too low',
    of: ['meta'],
    check: 'tier',
    async play(world) {
      world.simulator.setFaults({ api: { messagingLimit: 250 } });
      await checked(world);
    },
    async repair(world) {
      wellAgain(world);
      await checked(world);
    },
  },
];

describe.each(every)('a number of %s', (kind) => {
  let world: ReadyWorld;
  beforeAll(async () => {
    world = await openReadyWorld(kind);
    await world.until(() => (world.stateOf('relay') === 'ok' ? true : undefined));
    await world.ring();
    await world.workspace.ready.check();
  });
  afterAll(() => world.close());

  it('has no fault at first', () => {
    expect(world.red()).toEqual([]);
    expect(world.stateOf('webhook-seen')).toBe('ok');
    const { settings } = capabilities[kind];
    expect(world.stateOf('calling')).toBe(settings === 'available' ? 'ok' : 'not-applicable');
  });

  it.each(faults.filter(({ of }) => of.includes(kind)))(
    'shows in $check alone that $name, until it is put right',
    async ({ check, play, repair }) => {
      await play(world);
      await world.settled([check]);
      const found = world.checks().find(({ id }) => id === check);
      expect(found?.state === 'fault' && found.repair).toBeTruthy();
      await repair(world);
      await world.settled([]);
      expect(['ok', 'warning']).toContain(world.stateOf(check));
    },
  );
});

it('the first webhook of a number turns its checks green, and nobody has to ask', async () => {
  const world = await openReadyWorld('meta');
  await world.until(() => (world.stateOf('relay') === 'ok' ? true : undefined));
  await world.workspace.ready.check();
  expect(world.stateOf('webhook-seen')).toBe('unknown');
  expect(world.stateOf('webhook-signature')).toBe('unknown');
  world.write();
  await world.until(() => (world.stateOf('webhook-seen') === 'ok' ? true : undefined));
  expect(world.stateOf('webhook-signature')).toBe('ok');
  await world.close();
});

describe('a token', () => {
  it('that ends soon is warned about', async () => {
    const world = await openReadyWorld('meta');
    world.simulator.setFaults({ api: { tokenEndsAt: Date.now() + 86_400_000 } });
    await world.workspace.ready.check();
    expect(world.stateOf('key')).toBe('warning');
    await world.close();
  });

  it('of an agent that the relay rejects is the only fault', async () => {
    const world = await openReadyWorld('d360');
    await world.until(() => (world.stateOf('relay') === 'ok' ? true : undefined));
    await world.relay().agents.rotate('bea');
    await world.settled(['agent-token']);
    const found = world.checks().find(({ id }) => id === 'agent-token');
    expect(found?.state === 'fault' && found.repair).toEqual({
      kind: 'command',
      command: 'relay agent rotate --config relay.json --id bea',
    });
    await world.close();
  });
});
