import { describe, expect, it } from 'vitest';
import { inboundCallId } from '../../../src/shared/call/ids.ts';
import { openStreamedSound } from '../../helpers/streamed-sound.ts';
import { inSoftphone, numberOf, streamPath } from './numbers.ts';
import { openContract } from './contract.ts';

const CUSTOMER_HZ = 440;
const AGENT_HZ = 1000;
const near = (hz: number | null | undefined, wanted: number) =>
  typeof hz === 'number' && Math.abs(hz - wanted) < 5;

/** Numbers with streamed calls: by Pilot Status, or by our relay for what Zernio forwards to it. */
describe.each([
  { name: 'a web number', number: numberOf('pilot-web') },
  { name: 'a Zernio number in the softphone', number: inSoftphone },
])('a streamed call of $name', ({ number }) => {
  const accountId = number.simulated.id;

  it('is heard both ways by the agent who accepted it', async () => {
    const contract = await openContract(number);
    if (number === inSoftphone) {
      const forwardTo = `${contract.relay.url.replace('http', 'ws')}${streamPath}`;
      contract.simulator.changeSettings({ forwardTo });
    }
    const call = await contract.rung({ kind: 'tone', hz: CUSTOMER_HZ });
    expect(call.reported.kind).toBe('announced');
    const callId = inboundCallId(accountId, call.callId);
    expect(await contract.listener.client.claim(callId)).toMatchObject({ kind: 'granted' });
    await contract.take(call);
    const ends = { provider: () => contract.provider, relay: contract.listener.client.streams };
    const { hears } = openStreamedSound(ends, callId, AGENT_HZ);
    await Promise.all([
      hears(CUSTOMER_HZ),
      contract.simulator.waitFor(
        () => near(contract.simulator.report(call.callId)?.media.toneHz, AGENT_HZ),
        { timeoutMs: 30_000, what: 'the agent’s tone' },
      ),
    ]);
    contract.simulator.hangUp(call.callId);
    expect(await contract.end(call.callId)).toMatchObject({ startedAt: expect.any(Number) });
  });
});
