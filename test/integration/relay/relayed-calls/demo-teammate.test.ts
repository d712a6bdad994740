import { expect, it, onTestFinished } from 'vitest';
import { Teammate, type TeammateBehaviour } from '../../../../src/main/demo/teammate.ts';
import { CUSTOMER_HZ, HZ, RelayedCallWorld } from '../relayed-call-world.ts';

const world = new RelayedCallWorld({ policy: { transferSeconds: 5 } });
const NOTE = 'The customer is with you again';

/** The demo's teammate at this relay. */
async function teammate(id: string, does: TeammateBehaviour) {
  const { token } = await world.relay.agents.add({ id, name: `${id} (simulated)` });
  const one = new Teammate({
    id,
    does,
    url: `${world.url.replace('http', 'ws')}/v1/agents`,
    token,
    agentId: 'ana',
    note: () => NOTE,
    speechFile: 'resources/speech/customer.opus20',
    acceptsAfterMs: 50,
    talksForMs: 1_500,
  });
  onTestFinished(() => one.close());
}

/** Resolves when the customer hears speech: loud, and no agent's tone. */
const customerHearsSpeech = (callId: string) =>
  world.simulator.waitFor(
    () => {
      const { levelDbfs, toneHz } = world.report(callId)?.media ?? {};
      const isLoud = typeof levelDbfs === 'number' && levelDbfs > -50;
      return isLoud && Math.abs((toneHz ?? 0) - (HZ['ana'] ?? 0)) > 60;
    },
    { what: 'speech at the customer' },
  );

it('a simulated teammate accepts a transfer, talks to the customer, and gives the call back', async () => {
  const ana = await world.join('ana');
  await teammate('bea', 'gives-back');
  await ana.console.sees('bea', 'available');
  const callId = await world.talk(ana);
  expect(await ana.console.transfer(callId, 'bea')).toEqual({ kind: 'granted' });
  await ana.console.entry(
    'call-offer-ended',
    ({ end, by }) => end === 'accepted' && by?.id === 'bea',
  );
  await customerHearsSpeech(callId);
  const back = await ana.console.entry(
    'call-offer',
    ({ callOffer }) => callOffer.from.id === 'bea',
  );
  expect(back.callOffer).toMatchObject({ to: [{ id: 'ana' }], note: NOTE });
  const { callOfferId } = back.callOffer;
  await ana.bringLeg(callOfferId);
  expect(await ana.console.claim(callOfferId)).toEqual({ kind: 'granted' });
  await Promise.all([world.customerHears(callId, HZ['ana'] ?? 0), ana.hears(CUSTOMER_HZ)]);
  // And once more with the same teammate, who was left free.
  await ana.console.sees('bea', 'available');
  expect(await ana.console.transfer(callOfferId, 'bea', 'consult')).toEqual({ kind: 'granted' });
  await ana.console.call(({ consulting }) => consulting?.id === 'bea');
  await ana.console.hangUp(callId);
});

it('one who does not answer lets the call come back by itself', async () => {
  const ana = await world.join('ana');
  await teammate('leo', 'does-not-answer');
  await ana.console.sees('leo', 'available');
  const callId = await world.talk(ana);
  expect(await ana.console.transfer(callId, 'leo')).toEqual({ kind: 'granted' });
  await ana.console.entry('call-offer-ended', ({ end }) => end === 'unanswered');
  await world.customerHears(callId, HZ['ana'] ?? 0);
});
