import { agentHearsTone } from './harness/agent-audio.ts';
import { customerHearsTone } from './harness/customer-audio.ts';
import { press } from './harness/presses.ts';
import {
  answeringCustomer,
  button,
  dial,
  expect,
  logged,
  microphoneHz,
  talk,
  test,
} from './fixture.ts';

/** A Zernio number that forwards its calls to the relay as 8 kHz µ-law; agents answer here. */
test.use({
  number: 'zernio-softphone',
  simulated: { customers: [answeringCustomer] },
});

test('a call forwarded to the relay is answered and hung up in the softphone', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const callId = await talk(backend, app);
  await press(button(app, 'Hang up'));
  await simulator.waitFor(() => simulator.report(callId)?.endedAt);
  await expect
    .poll(async () => (await logged(app))[0])
    .toMatchObject({
      direction: 'inbound',
      outcome: 'answered',
      endReason: { kind: 'agent-hung-up' },
    });
});

test('an outbound call talks through the relay and ends when the customer hangs up', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const callId = await dial(backend, app, '+5521912345678');
  await agentHearsTone(app, 520);
  await customerHearsTone(backend, callId, microphoneHz);
  simulator.hangUp(callId);
  await expect(button(app, 'Hang up')).toHaveCount(0);
  await expect
    .poll(async () => (await logged(app))[0])
    .toMatchObject({ direction: 'outbound', endReason: { kind: 'customer-hung-up' } });
});
