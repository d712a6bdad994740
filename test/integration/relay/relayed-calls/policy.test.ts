import { describe, expect, it } from 'vitest';
import { CUSTOMER, CUSTOMER_HZ, RelayedCallWorld } from '../relayed-call-world.ts';
import { FakeClock } from '../fake-clock.ts';
import { ACCOUNT } from '../harness.ts';

describe('hideSupervision', () => {
  const world = new RelayedCallWorld({ policy: { hideSupervision: true } });

  it('L10 hides the listener from the agent and the log, and from no supervisor', async () => {
    const ana = await world.join('ana');
    const sam = await world.join('sam', { role: 'supervisor' });
    const callId = await world.talk(ana);
    await sam.console.call(({ state }) => state === 'talking');
    const peer = await sam.bringLeg(callId);
    expect(await sam.console.supervise(callId, 'listen')).toEqual({ kind: 'granted' });
    await peer.detectors[0].hears(CUSTOMER_HZ);
    await sam.console.call(({ supervisors }) => supervisors[0]?.agent.id === 'sam');
    // The agent gets the call again, after the supervisor joined.
    await ana.console.hold(callId);
    await ana.console.call(({ state }) => state === 'on-hold');
    expect(ana.console.all('call').flatMap(({ call }) => call.supervisors)).toEqual([]);
    // Consoles keep the whole log: a later entry shows that none was missed.
    expect(await sam.console.supervise(callId, 'off')).toEqual({ kind: 'granted' });
    await ana.console.hangUp(callId);
    for (const { console } of [ana, sam]) {
      await console.entry('ended');
      expect(console.all('entry').map(({ body }) => body.type)).not.toContain('supervision');
      expect(JSON.stringify(console.all('entry'))).not.toMatch(/sam/i);
    }
  });

  it('tells of one who has spoken to the customer that they stopped, not that they listen', async () => {
    const ana = await world.join('ana');
    const sam = await world.join('sam', { role: 'supervisor' });
    const callId = await world.talk(ana);
    await sam.bringLeg(callId);
    await sam.console.supervise(callId, 'barge');
    await ana.console.entry('supervision', ({ mode }) => mode === 'barge');
    await sam.console.supervise(callId, 'listen');
    await sam.console.supervise(callId, 'off');
    await ana.console.hangUp(callId);
    await ana.console.entry('ended');
    const modes = ana.console
      .all('entry')
      .flatMap(({ body }) => (body.type === 'supervision' ? [body.mode] : []));
    expect(modes).toEqual(['barge', 'off']);
  });
});

describe('wrapUpSeconds', () => {
  let clock = new FakeClock();
  const world = new RelayedCallWorld({
    clock: () => (clock = new FakeClock(Date.now())),
    policy: { wrapUpSeconds: 30 },
  });

  it('keeps an agent from being asked after a call for that long', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const callId = await world.talk(ana);
    await ana.console.hangUp(callId);
    const until = clock.now() + 30_000;
    expect(await ben.console.sees('ana', 'wrap-up')).toMatchObject({ until });
    const next = await world.ring(ben);
    await ben.console.ringing(next, ['ben']);
    clock.advance(29_999);
    await ben.bringLeg(next);
    await ben.console.claim(next);
    expect(await ben.console.transfer(next, 'ana')).toMatchObject({ why: 'wrap-up' });
    clock.advance(1);
    await ben.console.sees('ana', 'available');
    expect(await ben.console.transfer(next, 'ana')).toEqual({ kind: 'granted' });
  });

  it('lasts over a restart of the relay, until its end', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    await ana.console.hangUp(await world.talk(ana));
    await ben.console.sees('ana', 'wrap-up');
    await world.relay.close();
    await world.startRelay();
    const again = await world.join('ben');
    await world.join('ana');
    await again.console.sees('ana', 'wrap-up');
    clock.advance(30_000);
    expect(await again.console.sees('ana', 'available')).toMatchObject({ id: 'ana' });
  });

  it('begins after a direct call, too, and again holds rings until its end', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    ana.console.send({ type: 'presence', presence: 'on-call' });
    await ben.console.sees('ana', 'on-call');
    ana.console.send({ type: 'presence', presence: 'available', afterCall: true });
    const until = clock.now() + 30_000;
    expect(await ben.console.sees('ana', 'wrap-up')).toMatchObject({ until });
    const next = await world.ring(ben);
    await ben.console.ringing(next, ['ben']);
    clock.advance(30_000);
    await ben.console.ringing(next, ['ana', 'ben']);
  });

  it('is not ended by the presence that follows from the end of a relayed call', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const callId = await world.talk(ana);
    ana.console.send({ type: 'presence', presence: 'on-call' });
    await ana.console.hangUp(callId);
    ana.console.send({ type: 'presence', presence: 'available', afterCall: true });
    const until = clock.now() + 30_000;
    expect(await ben.console.sees('ana', 'wrap-up')).toMatchObject({ until });
    await ben.console.ringing(await world.ring(ben), ['ben']);
  });

  it('does not begin after a call that nobody answered', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const [callId, to] = ['out/1', CUSTOMER.waId];
    await ana.console.ask({ type: 'place', callId, accountId: ACCOUNT, to });
    await ben.console.sees('ana', 'on-call');
    await ana.console.hangUp(callId);
    expect(await ben.console.sees('ana', 'available')).toMatchObject({ id: 'ana' });
  });

  it('ends wrap-up as soon as the agent says again that they are available', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    await ana.console.hangUp(await world.talk(ana));
    await ben.console.sees('ana', 'wrap-up');
    ana.console.send({ type: 'presence', presence: 'available' });
    expect(await ben.console.sees('ana', 'available')).toMatchObject({ id: 'ana' });
  });

  it('ends wrap-up as soon as the agent sets another presence', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    await ana.console.hangUp(await world.talk(ana));
    await ben.console.sees('ana', 'wrap-up');
    ana.console.send({ type: 'presence', presence: 'dnd' });
    await ben.console.sees('ana', 'dnd');
    ana.console.send({ type: 'presence', presence: 'available' });
    expect(await ben.console.sees('ana', 'available')).toMatchObject({ id: 'ana' });
  });
});

describe('a ring order', () => {
  let clock = new FakeClock();
  const world = new RelayedCallWorld({
    clock: () => (clock = new FakeClock(Date.now())),
    account: {
      ring: [
        { who: 'assigned', seconds: 10 },
        { who: 'team:support', seconds: 10 },
        { who: 'anyone', seconds: 10 },
      ],
    },
  });

  it('rings at the assigned agent, then the team, then anyone', async () => {
    const ana = await world.join('ana');
    const ben = await world.join('ben', { team: 'support' });
    const cid = await world.join('cid');
    await ana.console.sees('cid', 'available');
    // A first-time caller has no assigned agent, so the team is asked at once.
    const first = await world.ring(ana);
    await ana.console.ringing(first, ['ben']);
    await ana.bringLeg(first);
    // Only those whom it rings may accept.
    expect(await ana.console.claim(first)).toEqual({ kind: 'refused', why: 'others' });
    await ben.console.decline(first);
    await ana.console.ringing(first, ['ana', 'cid']);
    expect(await ana.console.claim(first)).toEqual({ kind: 'granted' });
    await ana.console.hangUp(first);
    await ana.console.sees('ana', 'available');

    // Offers carry the provider's time in whole seconds; the clock should be in the middle of each
    // step.
    clock.advance(Date.now() - clock.now());
    const second = await world.ring(ana);
    await ana.console.ringing(second, ['ana']);
    clock.advance(15_000);
    await ana.console.ringing(second, ['ana', 'ben']);
    // A heartbeat was due in between, and an agent without an answer until the next is
    // disconnected.
    await Promise.all([ana, ben, cid].map(({ console }) => console.speaks()));
    clock.advance(10_000);
    await ana.console.ringing(second, ['ana', 'ben', 'cid']);
    expect(await ana.console.claim(second)).toEqual({ kind: 'granted' });
  });

  it('skips a step without an eligible agent', async () => {
    const ana = await world.join('ana');
    const ben = await world.join('ben', { team: 'support' });
    ben.console.send({ type: 'presence', presence: 'dnd' });
    await ana.console.sees('ben', 'dnd');
    const callId = await world.ring(ana);
    await ana.console.ringing(callId, ['ana']);
    expect(await ana.console.decline(callId)).toEqual({ kind: 'declined', last: false });
    expect(await world.ended(callId)).toMatchObject({ reason: 'rejected' });
  });
});
