import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Deletions } from '../../../../src/relay/recordings/deletions.ts';
import { hashOfCall } from '../../../../src/sqlite/call-hash.ts';
import { Cluster } from '../cluster-world.ts';
import { ACCOUNT } from '../harness.ts';
import { RECORDING_SECRET, recordingsIn } from '../recordings/recording-files.ts';
import { CUSTOMER, CUSTOMER_HZ } from '../relayed-call-world.ts';

it('a recording is stopped from another node, and not deleted while its call is on legal hold', async () => {
  const cluster = await Cluster.open(2, {
    relayed: true,
    recording: { by: 'relay', consent: 'agent', where: 'relay' },
    more: { recording: { key: RECORDING_SECRET } },
  });
  onTestFinished(() => cluster.close());
  await cluster.token('sue', { role: 'supervisor' });
  // The provider's webhooks, and so the call, come to the first node.
  const [ana, sue] = [await cluster.joinMachine('ana', 1), await cluster.join('sue', 0)];
  const call = await cluster.simulator.startCall({
    customer: { waId: CUSTOMER.waId },
    kind: 'tone',
    hz: CUSTOMER_HZ,
  });
  const callId = `${ACCOUNT}/${call.callId}`;
  await ana.console.first('ringing', (frame) => frame.callId === callId);
  await ana.bringLeg(callId);
  expect(await ana.console.claim(callId)).toEqual({ kind: 'granted' });
  await ana.hears(CUSTOMER_HZ);
  const is = (step: string) => (one: { recording?: { state: { step: string } } | undefined }) =>
    one.recording?.state.step === step;
  await ana.console.call(is('asking'));
  expect(await ana.console.record(callId, 'confirm')).toEqual({ kind: 'granted' });
  const { recording } = await ana.console.call(is('on'));
  const id = recording?.id ?? '';

  const hold = (on: boolean) =>
    sue.ask({
      type: 'legal-hold',
      accountId: ACCOUNT,
      call: hashOfCall(callId),
      on,
      recordings: [],
    });
  expect(await hold(true)).toEqual({ kind: 'granted' });
  await ana.console.entry('legal-hold', ({ on }) => on);
  expect(await ana.console.record(callId, 'stop-and-delete')).toEqual({
    kind: 'refused',
    why: 'legal-hold',
  });
  // It goes on.
  expect(await ana.console.record(callId, 'pause')).toEqual({ kind: 'granted' });
  expect(await hold(false)).toEqual({ kind: 'granted' });
  await ana.console.entry('legal-hold', ({ on }) => !on);
  expect(await ana.console.record(callId, 'stop-and-delete')).toEqual({ kind: 'granted' });
  await ana.console.call((one) => is('over')(one));
  const data = cluster.dataOf(0);
  await expect.poll(() => recordingsIn(data)).toEqual([]);
  expect(await new Deletions(path.join(data, 'recordings')).of(id)).toMatchObject({ by: 'ANA' });
}, 60_000);
