import { describe, expect, it } from 'vitest';
import { withinGoal } from '../../../helpers/held-up.ts';
import { RelayedCallWorld, CUSTOMER_HZ, HZ, type AgentMachine } from '../relayed-call-world.ts';
import { FakeClock } from '../fake-clock.ts';

/** Goal for the customer's audio gap at a switch, ms. */
const MAX_GAP_MS = 300;

let clock = new FakeClock();
const world = new RelayedCallWorld({ clock: () => (clock = new FakeClock(Date.now())) });
const hz = (machine: AgentMachine) => HZ[machine.id] ?? 0;

/** The call offer that a console received last. */
const offered = (machine: AgentMachine, why = 'transfer') =>
  machine.console.entry('call-offer', ({ callOffer }) => callOffer.why === why);

describe('a transfer', () => {
  it('moves the customer to the teammate who accepts, and on to the next', async () => {
    const ana = await world.join('ana');
    const ben = await world.join('ben');
    const callId = await world.talk(ana);
    const talkingAt = Date.now();
    expect(await ana.console.transfer(callId, 'ben', 'blind', 'Order 17')).toEqual({
      kind: 'granted',
    });
    const { callOffer } = await offered(ben);
    expect(callOffer).toMatchObject({
      callId,
      from: { id: 'ana' },
      to: [{ id: 'ben' }],
      note: 'Order 17',
    });
    await world.customerHearsHold(callId);
    await ben.bringLeg(callOffer.callOfferId);
    await ben.console.ringing(callOffer.callOfferId, ['ben']);
    expect(await ben.console.claim(callOffer.callOfferId)).toEqual({ kind: 'granted' });
    await Promise.all([world.customerHears(callId, hz(ben)), ben.hears(CUSTOMER_HZ)]);
    await ana.console.entry(
      'call-offer-ended',
      ({ end, by }) => end === 'accepted' && by?.id === 'ben',
    );
    await ana.console.sees('ana', 'available');
    await ana.console.sees('ben', 'on-call');

    // Ben knows the call by the offer's id, and transfers it.
    const cid = await world.join('cid');
    await ben.console.sees('cid', 'available');
    await ben.console.transfer(callOffer.callOfferId, 'cid');
    const next = (await offered(cid)).callOffer;
    await cid.bringLeg(next.callOfferId);
    await cid.console.claim(next.callOfferId);
    await Promise.all([world.customerHears(callId, hz(cid)), cid.hears(CUSTOMER_HZ)]);
    const media = world.report(callId)?.media;
    expect(media?.maxGapMs).toBeLessThan(withinGoal(MAX_GAP_MS, talkingAt));
    expect(media?.ssrcs).toHaveLength(1);
    expect(world.simulator.requests().filter(({ action }) => action === 'terminate')).toEqual([]);
    await cid.console.hangUp(next.callOfferId);
    expect(await world.ended(callId)).toMatchObject({ by: 'business' });
  });

  it('gives the call back when the teammate declines, does not answer, or disconnects', async () => {
    const ana = await world.join('ana');
    const ben = await world.join('ben');
    const callId = await world.talk(ana);

    await ana.console.transfer(callId, 'ben');
    const { callOffer } = await offered(ben);
    await ben.console.decline(callOffer.callOfferId);
    await ana.console.entry('call-offer-ended', ({ end }) => end === 'declined');
    await world.customerHears(callId, hz(ana));

    await ana.console.transfer(callId, 'ben');
    await ana.console.call((call) => call.callOffer !== undefined);
    clock.advance(29_999);
    expect(ana.console.all('entry').at(-1)?.body.type).toBe('call-offer');
    clock.advance(1);
    await ana.console.entry('call-offer-ended', ({ end }) => end === 'unanswered');
    await Promise.all([world.customerHears(callId, hz(ana)), ana.hears(CUSTOMER_HZ)]);

    await ana.console.transfer(callId, 'ben');
    ben.die();
    await ana.console.sees('ben', 'offline');
    clock.advance(10_000);
    await ana.console.entry('call-offer-ended', ({ end }) => end === 'teammate-gone');
    await world.customerHears(callId, hz(ana));
    expect(await ana.console.transfer(callId, 'ben')).toMatchObject({ why: 'offline' });
  });

  it('refuses a transfer to an unavailable teammate; an offered one can be cancelled', async () => {
    const ana = await world.join('ana');
    const ben = await world.join('ben', { calls: 'no-transfers' });
    const cid = await world.join('cid');
    const callId = await world.talk(ana);
    expect(await ana.console.transfer(callId, 'ben')).toMatchObject({ why: 'restricted' });
    expect(await ana.console.transfer(callId, 'zoe')).toMatchObject({ why: 'unknown-teammate' });
    cid.console.send({ type: 'presence', presence: 'dnd' });
    await ana.console.sees('cid', 'dnd');
    expect(await ana.console.transfer(callId, 'cid')).toMatchObject({ why: 'dnd' });
    expect(await ben.console.hangUp(callId)).toMatchObject({ why: 'not-yours', by: { id: 'ana' } });
    cid.console.send({ type: 'presence', presence: 'available' });
    await ana.console.sees('cid', 'available');
    await ana.console.transfer(callId, 'cid');
    expect(await ana.console.cancelTransfer(callId)).toEqual({ kind: 'granted' });
    const { callOffer } = await offered(cid);
    await cid.console.entry('call-offer-ended', ({ end }) => end === 'cancelled');
    expect(await cid.console.claim(callOffer.callOfferId)).toMatchObject({
      kind: 'refused',
      by: { id: 'ana' },
    });
    await world.customerHears(callId, hz(ana));
  });

  it('lets the agents talk first in an attended transfer', async () => {
    const ana = await world.join('ana');
    const ben = await world.join('ben');
    const callId = await world.talk(ana);
    await ana.console.transfer(callId, 'ben', 'consult');
    const { callOffer } = await offered(ben);
    await ben.bringLeg(callOffer.callOfferId);
    await ben.console.claim(callOffer.callOfferId);
    await Promise.all([ana.hears(hz(ben)), ben.hears(hz(ana)), world.customerHearsHold(callId)]);
    await ben.console.call(
      ({ state, consulting }) => state === 'consulting' && consulting?.id === 'ben',
    );
    expect(await ana.console.completeTransfer(callId)).toEqual({ kind: 'granted' });
    await Promise.all([world.customerHears(callId, hz(ben)), ben.hears(CUSTOMER_HZ)]);
  });

  it('rings at the reachable members of a team, the first of whom has it', async () => {
    const ana = await world.join('ana', { team: 'Care' });
    const ben = await world.join('ben', { team: 'Care' });
    const cid = await world.join('cid', { team: 'Care' });
    const sam = await world.join('sam', { team: 'Care', calls: 'no-transfers' });
    const callId = await world.talk(ana);
    expect(await ana.console.transferToTeam(callId, 'Sales')).toMatchObject({
      why: 'unknown-team',
    });
    for (const { console } of [ben, cid]) console.send({ type: 'presence', presence: 'away' });
    await Promise.all([ana.console.sees('ben', 'away'), ana.console.sees('cid', 'away')]);
    expect(await ana.console.transferToTeam(callId, 'Care')).toMatchObject({
      why: 'team-unreachable',
    });
    for (const { console } of [ben, cid]) console.send({ type: 'presence', presence: 'available' });
    await Promise.all([ana.console.sees('ben', 'available'), ana.console.sees('cid', 'available')]);
    expect(await ana.console.transferToTeam(callId, 'Care', 'Order 17')).toEqual({
      kind: 'granted',
    });
    const { callOffer } = await offered(ben);
    expect(callOffer).toMatchObject({
      from: { id: 'ana' },
      to: [{ id: 'ben' }, { id: 'cid' }],
      team: 'Care',
      note: 'Order 17',
    });
    await cid.console.ringing(callOffer.callOfferId, ['ben', 'cid']);
    await world.customerHearsHold(callId);
    expect(await sam.console.claim(callOffer.callOfferId)).toMatchObject({ kind: 'refused' });

    // One declines and goes on ringing at the other; then nobody answers.
    await ben.console.decline(callOffer.callOfferId);
    await cid.console.ringing(callOffer.callOfferId, ['cid']);
    clock.advance(30_000);
    await ana.console.entry('call-offer-ended', ({ end }) => end === 'unanswered');
    await world.customerHears(callId, hz(ana));

    await ana.console.transferToTeam(callId, 'Care');
    const again = await cid.console.entry(
      'call-offer',
      (one) => one.callOffer.callOfferId !== callOffer.callOfferId,
    );
    const { callOfferId } = again.callOffer;
    await cid.bringLeg(callOfferId);
    expect(await cid.console.claim(callOfferId)).toEqual({ kind: 'granted' });
    expect(await ben.console.claim(callOfferId)).toMatchObject({ why: 'taken', by: { id: 'cid' } });
    await Promise.all([world.customerHears(callId, hz(cid)), cid.hears(CUSTOMER_HZ)]);
    await ben.console.entry(
      'call-offer-ended',
      ({ end, by }) => end === 'accepted' && by?.id === 'cid',
    );
  });

  it('goes back when all of a team decline or disconnect', async () => {
    const ana = await world.join('ana');
    const ben = await world.join('ben', { team: 'Care' });
    const cid = await world.join('cid', { team: 'Care' });
    const callId = await world.talk(ana);
    await ana.console.transferToTeam(callId, 'Care');
    const { callOffer } = await offered(ben);
    cid.die();
    await ana.console.sees('cid', 'offline');
    clock.advance(10_000);
    await ben.console.decline(callOffer.callOfferId);
    expect(await ana.console.entry('call-offer-ended')).toMatchObject({ end: 'declined' });
    await Promise.all([world.customerHears(callId, hz(ana)), ana.hears(CUSTOMER_HZ)]);
  });

  it('ends for everybody when the customer hangs up', async () => {
    const ana = await world.join('ana');
    const ben = await world.join('ben');
    const callId = await world.talk(ana);
    await ana.console.transfer(callId, 'ben');
    await offered(ben);
    world.simulator.hangUp(callId.slice('main/'.length));
    for (const { console } of [ana, ben]) {
      expect(await console.entry('call-offer-ended')).toMatchObject({ end: 'caller-gone' });
      await console.call(({ state }) => state === 'ended');
    }
  });
});

describe('supervision', () => {
  it('lets a supervisor hear both, whisper to the agent only, and logs it', async () => {
    const ana = await world.join('ana');
    const sam = await world.join('sam', { role: 'supervisor' });
    const callId = await world.talk(ana);
    expect(await ana.console.supervise(callId, 'listen')).toMatchObject({ why: 'role' });
    await sam.console.call(({ state }) => state === 'talking');
    const peer = await sam.bringLeg(callId);
    expect(await sam.console.supervise(callId, 'listen')).toEqual({ kind: 'granted' });
    await Promise.all([peer.detectors[0].hears(CUSTOMER_HZ), peer.detectors[1].hears(hz(ana))]);
    expect(await ana.console.entry('supervision')).toMatchObject({ mode: 'listen', shown: true });
    await ana.console.call(({ supervisors }) => supervisors[0]?.agent.id === 'sam');
    await sam.console.supervise(callId, 'whisper');
    await ana.peer?.detectors[1].hears(hz(sam));
    await world.customerHears(callId, hz(ana));
    await sam.console.supervise(callId, 'off');
    await ana.console.call(({ supervisors }) => supervisors.length === 0);
  });

  it('lets several supervisors listen, one of whom whispers', async () => {
    const ana = await world.join('ana');
    const sam = await world.join('sam', { role: 'supervisor' });
    const cid = await world.join('cid', { role: 'supervisor' });
    const callId = await world.talk(ana);
    const [first, second] = [await sam.bringLeg(callId), await cid.bringLeg(callId)];
    await sam.console.supervise(callId, 'whisper');
    expect(await cid.console.supervise(callId, 'listen')).toEqual({ kind: 'granted' });
    await Promise.all([
      first.detectors[1].hears(hz(ana)),
      second.detectors[0].hears(CUSTOMER_HZ),
      second.detectors[1].hears(hz(ana)),
      ana.peer?.detectors[1].hears(hz(sam)),
    ]);
    expect(await cid.console.supervise(callId, 'whisper')).toMatchObject({
      kind: 'refused',
      why: 'taken',
      by: { id: 'sam' },
    });
    await sam.console.supervise(callId, 'off');
    await ana.console.call(
      ({ supervisors }) => supervisors.map((one) => one.agent.id).join() === 'cid',
    );
    expect(await cid.console.supervise(callId, 'whisper')).toEqual({ kind: 'granted' });
    await ana.peer?.detectors[1].hears(hz(cid));
  });

  it('lets a supervisor speak to both, who keep the customer if the agent hangs up', async () => {
    const ana = await world.join('ana');
    const sam = await world.join('sam', { role: 'supervisor' });
    const callId = await world.talk(ana);
    const peer = await sam.bringLeg(callId);
    expect(await sam.console.supervise(callId, 'barge')).toEqual({ kind: 'granted' });
    await Promise.all([
      peer.detectors[0].hears(CUSTOMER_HZ),
      peer.detectors[1].hears(hz(ana)),
      ana.peer?.detectors[1].hears(hz(sam)),
      ana.console.entry('supervision', ({ mode }) => mode === 'barge'),
    ]);
    ana.peer?.speak({ kind: 'silent' });
    await world.customerHears(callId, hz(sam));
    expect(await ana.console.hangUp(callId)).toEqual({ kind: 'granted' });
    const { callOffer } = await offered(sam, 'take-over');
    // Nobody else is asked, and the customer goes on hearing the supervisor.
    expect(callOffer).toMatchObject({ from: { id: 'ana' }, to: [{ id: 'sam' }] });
    await sam.bringLeg(callOffer.callOfferId);
    expect(await sam.console.claim(callOffer.callOfferId)).toEqual({ kind: 'granted' });
    await Promise.all([world.customerHears(callId, hz(sam)), sam.hears(CUSTOMER_HZ)]);
    await sam.console.hangUp(callOffer.callOfferId);
    expect(await world.ended(callId)).toMatchObject({ by: 'business' });
  });

  it('leaves the call with its agent when the supervisor who speaks is lost', async () => {
    const ana = await world.join('ana');
    const sam = await world.join('sam', { role: 'supervisor' });
    const callId = await world.talk(ana);
    await sam.bringLeg(callId);
    expect(await sam.console.supervise(callId, 'barge')).toEqual({ kind: 'granted' });
    await ana.peer?.detectors[1].hears(hz(sam));
    sam.die();
    await ana.console.call(({ supervisors }) => supervisors.length === 0);
    await Promise.all([world.customerHears(callId, hz(ana)), ana.hears(CUSTOMER_HZ)]);
  });

  it('keeps the customer with the supervisor who speaks while the agent is lost, and gives them the call', async () => {
    const ana = await world.join('ana');
    const sam = await world.join('sam', { role: 'supervisor' });
    const callId = await world.talk(ana);
    await sam.bringLeg(callId);
    await sam.console.supervise(callId, 'barge');
    await ana.peer?.detectors[1].hears(hz(sam));
    ana.die();
    await sam.console.sees('ana', 'offline');
    clock.advance(1_500);
    await sam.console.entry('agent-disconnected');
    await world.customerHears(callId, hz(sam));
    clock.advance(20_000);
    const { callOffer } = await offered(sam, 'take-over');
    await sam.bringLeg(callOffer.callOfferId);
    expect(await sam.console.claim(callOffer.callOfferId)).toEqual({ kind: 'granted' });
    await Promise.all([world.customerHears(callId, hz(sam)), sam.hears(CUSTOMER_HZ)]);
  });

  it('lets a supervisor take the call over, whose agent keeps the customer until then', async () => {
    const ana = await world.join('ana');
    const sam = await world.join('sam', { role: 'supervisor' });
    const ben = await world.join('ben', { role: 'supervisor', calls: 'none' });
    const callId = await world.talk(ana);
    expect(await ana.console.takeOver(callId)).toMatchObject({ why: 'role' });
    expect(await ben.console.takeOver(callId)).toMatchObject({ why: 'restricted' });
    // The customer would be theirs if the agent hung up.
    await ben.bringLeg(callId);
    expect(await ben.console.supervise(callId, 'barge')).toMatchObject({ why: 'restricted' });
    expect(await ben.console.supervise(callId, 'whisper')).toEqual({ kind: 'granted' });
    await ben.console.supervise(callId, 'off');
    await sam.bringLeg(callId);
    await sam.console.supervise(callId, 'listen');
    expect(await sam.console.takeOver(callId)).toEqual({ kind: 'granted' });
    expect(await sam.console.takeOver(callId)).toMatchObject({ why: 'moving' });
    const { callOffer } = await offered(sam, 'take-over');
    await ana.console.call(
      (call) => call.callOffer?.why === 'take-over' && call.state === 'talking',
    );
    // The console that never answers.
    clock.advance(10_000);
    await ana.console.entry('call-offer-ended', ({ end }) => end === 'unanswered');
    expect(await sam.console.claim(callOffer.callOfferId)).toMatchObject({ kind: 'refused' });

    // On hold, it stays so until the supervisor has it.
    await ana.console.hold(callId);
    await sam.console.takeOver(callId);
    const again = await sam.console.entry(
      'call-offer',
      (one) => one.callOffer.callOfferId !== callOffer.callOfferId,
    );
    await world.customerHearsHold(callId);
    // Stopping to listen leaves the new leg.
    await sam.bringLeg(again.callOffer.callOfferId);
    await sam.console.supervise(callId, 'off');
    expect(await sam.console.claim(again.callOffer.callOfferId)).toEqual({ kind: 'granted' });
    await Promise.all([world.customerHears(callId, hz(sam)), sam.hears(CUSTOMER_HZ)]);
    await ana.console.entry(
      'call-offer-ended',
      ({ end, by }) => end === 'accepted' && by?.id === 'sam',
    );
    await ana.console.sees('ana', 'available');
    expect(world.report(callId)?.media.ssrcs).toHaveLength(1);
  });

  it('lets a supervisor take the call over even if the leg they listened on closes first', async () => {
    const ana = await world.join('ana');
    const sam = await world.join('sam', { role: 'supervisor' });
    const callId = await world.talk(ana);
    await sam.bringLeg(callId);
    await sam.console.supervise(callId, 'barge');
    await sam.console.takeOver(callId);
    const { callOffer } = await offered(sam, 'take-over');
    await sam.peer?.close();
    await ana.console.entry('supervision', ({ mode }) => mode === 'off');
    await sam.bringLeg(callOffer.callOfferId);
    expect(await sam.console.claim(callOffer.callOfferId)).toEqual({ kind: 'granted' });
    await Promise.all([world.customerHears(callId, hz(sam)), sam.hears(CUSTOMER_HZ)]);
  });

  it('ends when the supervisor takes the call over', async () => {
    const ana = await world.join('ana');
    const sam = await world.join('sam', { role: 'supervisor' });
    const callId = await world.talk(ana);
    await sam.bringLeg(callId);
    await sam.console.supervise(callId, 'listen');
    await ana.console.transfer(callId, 'sam');
    const { callOffer } = await offered(sam);
    expect(await sam.console.claim(callOffer.callOfferId)).toEqual({ kind: 'granted' });
    await Promise.all([world.customerHears(callId, hz(sam)), sam.hears(CUSTOMER_HZ)]);
    await ana.console.entry('supervision', ({ mode }) => mode === 'off');
    expect(await sam.console.supervise(callId, 'listen')).toMatchObject({ why: 'busy' });
  });
});
