import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byCode, checkOfError } from '../../../src/shared/checks/checks.ts';
import { checkIds, type CheckId } from '../../../src/shared/checks/ids.ts';
import { capabilities } from '../../../src/shared/providers/capabilities.ts';
import { noFaults, type FaultsPatch, type WebhookFaults } from '../../../src/simulator/faults.ts';
import { graphErrorCodes } from '../../../src/simulator/meta/errors.ts';
import { noticeSchema } from '../../../src/simulator/providers.ts';
import { numberOf } from '../contract/numbers.ts';
import { ofCalls } from './ready-acts.ts';
import { every, faults } from './ready-faults.ts';
import { openReadyWorld, type ReadyWorld } from './ready-world.ts';

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

describe('every fault that the simulator can play', () => {
  const played = new Set(faults.flatMap(({ plays }) => plays));

  it('has a row above, or concerns calls and not the number', () => {
    const { webhooks, api, media } = ofCalls;
    for (const [group, harmless] of [
      ['webhooks', webhooks],
      ['api', api],
      ['media', media],
    ] as const) {
      const missing = Object.keys(noFaults[group]).filter(
        (knob) => !(knob in harmless) && !played.has(`${group}.${knob}`),
      );
      expect(missing).toEqual([]);
    }
  });

  it('has a row above for each way to damage webhooks', () => {
    // A new one is a type error here.
    const ways: Record<Exclude<WebhookFaults['damage'], 'none'>, true> = {
      unsigned: true,
      'bad-signature': true,
      garbage: true,
    };
    expect(Object.keys(ways).filter((way) => !played.has(`webhooks.damage.${way}`))).toEqual([]);
  });

  it('has a row above for each check that one can turn red', () => {
    const elsewhere: readonly CheckId[] = [
      // Below, because the console or the relay is set up otherwise.
      'agent-token',
      'graph-version',
      // Never more than a warning.
      'webhook-seen',
      'hours',
      'icon',
      'turn',
      'prices',
      // Its provider takes no calls without a destination; the relay's sound is tried in test/e2e.
      'forwarding',
      'echo',
    ];
    const shown = new Set([...faults.map(({ check }) => check), ...elsewhere]);
    expect(checkIds.filter((id) => !shown.has(id))).toEqual([]);
  });

  it('has a row above for each code that a check explains', () => {
    expect(Object.keys(byCode).filter((code) => !played.has(code))).toEqual([]);
  });

  it('has a row above for each notice, but those of which nothing is wrong', () => {
    const notices = noticeSchema.options.map(({ shape }) => shape.what.value);
    expect(notices.filter((what) => !played.has(`notice.${what}`))).toEqual([
      'violation',
      'price-tier',
    ]);
  });

  it('and concerns calls turns no check red', async () => {
    const world = await openReadyWorld('meta');
    await world.until(() => (world.stateOf('relay') === 'ok' ? true : undefined));
    world.simulator.setFaults(ofCalls satisfies FaultsPatch);
    await world.ring();
    for (const code of graphErrorCodes.filter((one) => !checkOfError(`${one}`))) {
      world.simulator.setFaults({ api: { fail: { connect: { code } } } });
      await world.dial();
    }
    await world.simulator.announce({ what: 'violation', type: 'SPAM' });
    await world.simulator.announce({ what: 'price-tier', tier: '0:50000' });
    await world.workspace.ready.check();
    expect(world.red()).toEqual([]);
    await world.close();
  });
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

it('a call in which WhatsApp heard nothing counts after a restart, until one goes well', async () => {
  const world = await openReadyWorld('meta');
  await world.until(() => (world.stateOf('relay') === 'ok' ? true : undefined));
  world.simulator.setFaults({ api: { fail: { connect: { code: 138_021 } } } });
  await world.dial();
  await world.settled(['udp']);
  await world.restart();
  await world.workspace.ready.check();
  expect(world.red()).toEqual(['udp']);
  world.simulator.clearFaults();
  await world.dial();
  await world.settled([]);
  await world.restart();
  await world.workspace.ready.check();
  expect(world.red()).toEqual([]);
  await world.close();
});

it('a number of a country that may not call shows so in its country alone', async () => {
  const number = numberOf('zernio');
  const american = '+13125550123';
  const world = await openReadyWorld('zernio', {
    ...number,
    simulated: { ...number.simulated, displayPhoneNumber: american },
    account: (root) => ({ ...number.account(root), number: american }),
  });
  await world.until(() => (world.stateOf('relay') === 'ok' ? true : undefined));
  await world.workspace.ready.check();
  expect(world.red()).toEqual(['country']);
  await world.close();
});

it('a version of Graph that has ended shows in its check alone, until the profile names a newer one', async () => {
  const number = numberOf('meta');
  const at = async (apiVersion: string) => {
    const account = (root: string) => ({ ...number.account(root), apiVersion });
    const aheadMs = Date.UTC(2027, 9, 9) - Date.now();
    const world = await openReadyWorld('meta', { ...number, account }, { aheadMs });
    await world.until(() => (world.stateOf('relay') === 'ok' ? true : undefined));
    await world.workspace.ready.check();
    const red = world.red();
    await world.close();
    return red;
  };
  expect(await at('v23.0')).toEqual(['graph-version']);
  expect(await at('v26.0')).toEqual([]);
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
