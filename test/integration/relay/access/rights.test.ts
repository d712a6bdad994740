import { describe, expect, it } from 'vitest';
import type { CallRights } from '../../../../src/shared/protocol/rights.ts';
import { accounts, deliver } from '../numbers.ts';
import { FLAT } from '../../../unit/shared/providers/pilot-status/samples.ts';
import { RelayWorld } from '../relay-world.ts';
import { CUSTOMER_HZ, OTHER, RelayedCallWorld } from '../relayed-call-world.ts';
import { ACCOUNT, APP_SECRET, NUMBER_ID, VERIFY_TOKEN } from '../harness.ts';

const meta = { provider: 'meta', appSecret: APP_SECRET, verifyToken: VERIFY_TOKEN };

describe('an agent without the right to', () => {
  const world = new RelayWorld();

  it.each(['none', 'outbound-only'] as const)(
    'B2 take calls (%s) is refused each of them, though nobody else is there',
    async (calls: CallRights) => {
      await world.token('eva', { calls });
      const eva = await world.join('eva');
      const callId = await world.ring('wacid.1');
      await eva.entry('provider');
      for (const ask of [eva.claim, eva.reserve, eva.stream]) {
        expect(await ask(callId)).toEqual({ kind: 'refused', why: 'restricted' });
      }
      expect(eva.all('ringing').flatMap(({ agents }) => agents)).toEqual([]);
      const ana = await world.join('ana');
      await ana.ringing(callId, ['ana']);
      expect(await ana.claim(callId)).toEqual({ kind: 'granted' });
    },
  );

  it('B2 place calls is refused to announce one', async () => {
    await world.token('eva', { calls: 'none' });
    const eva = await world.join('eva');
    const dial = { type: 'dial', accountId: ACCOUNT, to: '5511999990000' } as const;
    expect(await eva.ask(dial)).toEqual({ kind: 'refused', why: 'restricted' });
  });
});

describe('an agent who may take no calls', () => {
  const world = new RelayedCallWorld();

  it('B2 gets a relayed one in no other way', async () => {
    const ana = await world.join('ana');
    const eva = await world.join('eva', { calls: 'none', role: 'agent' });
    const ringing = await world.ring(ana);
    const ask = eva.console.ask;
    const to = OTHER.waId;
    const attempts = [
      { type: 'claim', callId: ringing },
      { type: 'reserve', callId: ringing },
      { type: 'stream', callId: ringing },
      { type: 'leg', callId: ringing, sdp: 'v=0' },
      { type: 'hold', callId: ringing },
      { type: 'hang-up', callId: ringing },
      { type: 'transfer', callId: ringing, to: 'eva', mode: 'blind' },
      { type: 'supervise', callId: ringing, mode: 'whisper' },
      { type: 'take-over', callId: ringing },
      { type: 'place', callId: 'out/1', accountId: ACCOUNT, to },
      { type: 'dial', accountId: ACCOUNT, to },
      {
        type: 'sent',
        accountId: ACCOUNT,
        party: { waId: to },
        sent: { what: 'permission-request' },
      },
    ] as const;
    for (const attempt of attempts) {
      expect([attempt.type, (await ask(attempt)).kind]).toEqual([attempt.type, 'refused']);
    }
    await ana.bringLeg(ringing);
    expect(await ana.console.claim(ringing)).toEqual({ kind: 'granted' });
    // A teammate cannot hand it to them either.
    for (const mode of ['blind', 'consult'] as const) {
      const handed = await ana.console.transfer(ringing, 'eva', mode);
      expect(handed).toMatchObject({ kind: 'refused', why: 'restricted' });
    }
    expect(world.simulator.calls()).toHaveLength(1);
    expect(eva.console.all('ringing').flatMap(({ agents }) => agents)).not.toContainEqual(
      expect.objectContaining({ id: 'eva' }),
    );
  });
});

describe('a ring order', () => {
  const world = new RelayWorld({
    accounts: [
      {
        ...meta,
        id: ACCOUNT,
        phoneNumberId: NUMBER_ID,
        ring: [
          { who: 'team:care', seconds: 20 },
          { who: 'anyone', seconds: 20 },
        ],
      },
    ],
  });

  it('B1 lets nobody claim or reserve a call before it is their turn', async () => {
    await world.token('ana', { team: 'care' });
    await world.token('eva', { team: 'sales' });
    const [ana, eva] = [await world.join('ana'), await world.join('eva')];
    const callId = await world.ring('wacid.1');
    await ana.ringing(callId, ['ana']);
    for (const ask of [eva.claim, eva.reserve]) {
      expect(await ask(callId)).toEqual({ kind: 'refused', why: 'others' });
    }
    world.clock.advance(20_000);
    await eva.ringing(callId, ['ana', 'eva']);
    expect(await eva.claim(callId)).toEqual({ kind: 'granted' });
    expect(await ana.claim(callId)).toMatchObject({ kind: 'refused', why: 'taken' });
  });
});

describe('a call that was claimed by an agent who', () => {
  const world = new RelayWorld({ accounts });
  /** A call on a number without SDP, and on one with. */
  async function ring(id: string): Promise<string> {
    const timestamp = new Date(world.clock.now()).toISOString();
    await deliver(world.url, 'web', { ...FLAT.ringing, externalCallId: id, timestamp });
    return `web/${id}`;
  }

  it('C1 is removed rings again at once, and can be taken', async () => {
    const [eva, ana] = [await world.join('eva'), await world.join('ana')];
    const callId = await ring('1');
    await eva.ringing(callId, ['ana', 'eva']);
    expect(await eva.claim(callId)).toEqual({ kind: 'granted' });
    expect(await ana.claim(callId)).toMatchObject({ why: 'taken' });
    await world.relay.agents.remove('eva');
    expect(await ana.entry('released')).toMatchObject({ by: { id: 'eva' }, why: 'agent-gone' });
    await ana.ringing(callId, ['ana']);
    expect(await ana.claim(callId)).toEqual({ kind: 'granted' });
  });

  it('C1 loses the number rings again at once, and can be taken', async () => {
    const [eva, ana] = [await world.join('eva'), await world.join('ana')];
    const callId = await ring('1');
    await eva.claim(callId);
    await world.relay.agents.update('eva', { numbers: ['meta'] });
    await ana.entry('released');
    expect(await ana.claim(callId)).toEqual({ kind: 'granted' });
  });

  it.each([
    ['may take none any more', { calls: 'none' }],
    ['may only place them', { calls: 'outbound-only' }],
    ['has no numbers any more', { numbers: [] }],
  ] as const)('C1 %s rings again at once, and can be taken', async (_, change) => {
    const [eva, ana] = [await world.join('eva'), await world.join('ana')];
    const callId = await ring('1');
    await eva.claim(callId);
    await world.relay.agents.update('eva', change);
    await ana.entry('released');
    expect(await ana.claim(callId)).toEqual({ kind: 'granted' });
    expect(await eva.claim(callId)).toMatchObject({ kind: 'refused' });
  });

  it('C1 was removed while they were away rings again when the relay is back', async () => {
    const [eva, ana] = [await world.join('eva'), await world.join('ana')];
    const callId = await ring('1');
    await eva.claim(callId);
    eva.terminate();
    await world.left('eva');
    await world.relay.agents.remove('eva');
    await world.restart();
    const again = await world.join('ana');
    world.clock.advance(10_000);
    await again.entry('released');
    expect(await again.claim(callId)).toEqual({ kind: 'granted' });
    ana.terminate();
  });

  it('C1 has another token by now rings again unless they come back with it', async () => {
    const [eva, ana] = [await world.join('eva'), await world.join('ana')];
    const callId = await ring('1');
    await eva.claim(callId);
    await world.relay.agents.rotate('eva');
    await eva.closed;
    await world.left('eva');
    expect(await ana.claim(callId)).toMatchObject({ why: 'taken' });
    world.clock.advance(10_000);
    await ana.entry('released');
    expect(await ana.claim(callId)).toEqual({ kind: 'granted' });
  });

  it.each([false, true])(
    'C1 vanishes rings again soon, and can be taken (the relay restarts: %s)',
    async (restarts) => {
      const eva = await world.join('eva');
      const callId = await ring('1');
      await eva.claim(callId);
      eva.terminate();
      await world.left('eva');
      if (restarts) await world.restart();
      const ana = await world.join('ana');
      expect(await ana.claim(callId)).toMatchObject({ why: 'taken' });
      world.clock.advance(10_000);
      await ana.entry('released');
      await ana.ringing(callId, ['ana']);
      expect(await ana.claim(callId)).toEqual({ kind: 'granted' });
    },
  );

  it('C1 comes back in time stays theirs', async () => {
    const [eva, ana] = [await world.join('eva'), await world.join('ana')];
    const callId = await ring('1');
    await eva.claim(callId);
    eva.terminate();
    await world.left('eva');
    world.clock.advance(9_000);
    await world.join('eva');
    world.clock.advance(9_000);
    expect(await ana.claim(callId)).toMatchObject({ why: 'taken', by: { id: 'eva' } });
  });

  it('C1 is removed with a reservation no longer keeps it', async () => {
    const eva = await world.join('eva');
    const callId = await ring('1');
    await eva.ringing(callId, ['eva']);
    expect(await eva.reserve(callId)).toEqual({ kind: 'granted' });
    const ana = await world.join('ana');
    expect(await ana.claim(callId)).toMatchObject({ why: 'reserved' });
    await world.relay.agents.remove('eva');
    await ana.ringing(callId, ['ana']);
    expect(await ana.claim(callId)).toEqual({ kind: 'granted' });
  });
});

describe('rights that are taken away during a call', () => {
  const world = new RelayedCallWorld();

  it.each([
    ['their numbers', { numbers: [] }],
    ['their calls', { calls: 'none' }],
  ] as const)('(%s) cut the sound and give the customer hold music', async (_, change) => {
    const ana = await world.join('ana');
    const callId = await world.talk(ana);
    await world.relay.agents.update('ana', change);
    await world.customerHearsHold(callId);
    expect(await ana.console.leg(callId, 'v=0')).toMatchObject({ kind: 'refused' });
  });

  it('end what a supervisor listens to', async () => {
    const ana = await world.join('ana');
    const sam = await world.join('sam', { role: 'supervisor' });
    const callId = await world.talk(ana);
    const peer = await sam.bringLeg(callId);
    expect(await sam.console.supervise(callId, 'listen')).toEqual({ kind: 'granted' });
    await peer.detectors[0].hears(CUSTOMER_HZ);
    await world.relay.agents.update('sam', { role: 'agent' });
    expect(await sam.console.first('rights')).toMatchObject({ rights: { role: 'agent' } });
    await ana.console.entry('supervision', ({ mode }) => mode === 'off');
    expect(await sam.console.supervise(callId, 'listen')).toEqual({ kind: 'refused', why: 'role' });
  });

  it('C17 one agent may place a few calls at once, and no more reach the provider', async () => {
    const ana = await world.join('ana');
    const placed = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        ana.console.ask({
          type: 'place',
          callId: `out/${n}`,
          accountId: ACCOUNT,
          to: '5511999995678',
        }),
      ),
    );
    const refused = placed.filter((one) => one.kind === 'refused' && one.why === 'too-many');
    expect(refused).toHaveLength(8);
    // A call that is over makes room.
    for (let n = 0; n < 4; n++) await ana.console.hangUp(`out/${n}`);
    const next = await ana.console.ask({
      type: 'place',
      callId: 'out/next',
      accountId: ACCOUNT,
      to: '5511999991234',
    });
    expect(next).not.toMatchObject({ why: 'too-many' });
  });
});
