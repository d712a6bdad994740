import type { Desk } from '../harness/desk.ts';
import type { World } from '../harness/world.ts';
import { inLog, type Phases } from './console.ts';
import type { DemoNumber } from './number.ts';
import type { Photographs } from './screenshots.ts';
import type { CallFigures } from './report.ts';
import { customerHz, talk, talkMs, watch } from './call-measurements.ts';

export interface Stage {
  world: World;
  desk: Desk;
  number: DemoNumber;
  phases: Phases;
  say: (line: string) => void;
  shots: Photographs;
}

/** How long it rings until the customer gives up, or somebody takes it elsewhere, ms. */
const ringMs = 2500;

const caller = { waId: '5511987654321', name: 'Camila Souza' } as const;
const hasty = { waId: '5215512345678', name: 'Mateo Ruiz' } as const;

/** The customer of the demo. Where nobody can hang up here, they do. */
export const customerOf = ({ capabilities }: DemoNumber) =>
  ({
    ...caller,
    permission: 'temporary',
    onCall: 'answer',
    answerAfterMs: ringMs,
    sends: { kind: 'tone', hz: customerHz },
    ...(capabilities.hangUp !== 'available' && { hangUpAfterMs: talkMs }),
  }) as const;

/** A customer calls. The agent answers, talks and hangs up; or watches how it is answered elsewhere. */
export async function playInbound(stage: Stage): Promise<CallFigures> {
  const { world, desk, number, say, shots } = stage;
  const { simulator } = world;
  const { accept, preAccept } = number.capabilities;
  if (accept !== 'available') {
    simulator.setDestination({ onCall: 'answer', answerAfterMs: ringMs });
  }
  const startedAt = performance.now();
  const { callId } = await simulator.startCall({
    customer: caller,
    kind: 'tone',
    hz: customerHz,
    ctaPayload: 'order-991',
  });
  await rings(stage).waitFor();
  const rang = Math.round(performance.now() - startedAt);
  say(`${caller.name} calls; the desk shows it after ${rang} ms.`);
  await shots.take(desk.window, 'ringing');
  if (accept !== 'available') {
    return { ringMs: rang, ...(await watch(stage, callId, 'inbound-elsewhere')) };
  }
  await shots.take(await desk.ringWindow(), 'ring-window');
  if (preAccept === 'available') {
    await simulator.waitFor(() => simulator.report(callId)?.preAcceptedAt, { what: 'pre-accept' });
    await simulator.waitFor(() => simulator.report(callId)?.media.connected, {
      what: 'media while it rings',
    });
  }
  await rings(stage).click();
  await simulator.waitFor(() => simulator.report(callId)?.acceptedAt, { what: 'accept' });
  say('Accepted.');
  return { ringMs: rang, ...(await talk(stage, callId, 'on-call')) };
}

/** The agent calls the customer, who answers. */
export async function playOutbound(stage: Stage): Promise<CallFigures> {
  const { world, desk, number, say, shots } = stage;
  const { simulator } = world;
  const { window } = desk;
  await window.getByRole('button', { name: 'Calls', exact: true }).click();
  await window.getByLabel('Number', { exact: true }).fill(`+${caller.waId}`);
  await window
    .getByRole('region', { name: 'Calling rules' })
    .getByText(/^You can call/)
    .waitFor();
  await shots.take(window, 'permission');
  const known = new Set(simulator.calls().map((report) => report.callId));
  const startedAt = performance.now();
  await window.getByRole('button', { name: 'Call', exact: true }).click();
  const { callId } = await simulator.waitFor(
    () => simulator.calls().find((report) => !known.has(report.callId)),
    { what: 'the call placed' },
  );
  await window
    .getByText(/^Ringing/)
    .first()
    .waitFor();
  const rang = Math.round(performance.now() - startedAt);
  say(`Calling back; the customer's phone rings after ${rang} ms.`);
  await simulator.waitFor(() => simulator.report(callId)?.startedAt, { what: 'pick-up' });
  say('The customer picked up.');
  const figures =
    number.capabilities.accept === 'available'
      ? await talk(stage, callId, 'outbound-call')
      : await watch(stage, callId, 'outbound-elsewhere');
  return { ringMs: rang, ...figures };
}

/** A customer gives up before anyone answers. */
export async function playMissed(stage: Stage): Promise<boolean> {
  const { desk, say } = stage;
  const callId = await giveUp(stage, ringMs, () => rings(stage).waitFor());
  await desk.window
    .getByText(/hung up/i)
    .first()
    .waitFor();
  say(`${hasty.name} called and gave up.`);
  await desk.window.getByRole('button', { name: /^History/ }).click();
  const logged = await inLog(desk.window, (call) => call.providerCallId === callId);
  return logged?.outcome === 'missed';
}

/** The customer writes, and the agent answers on their page; where the number's messages come here at all. */
export async function playWritten({ world, desk, number, say }: Stage): Promise<void> {
  if (number.capabilities.messages !== 'available') return;
  const { window } = desk;
  const question = 'Has order 991 left yet?';
  const answer = 'It left this morning and is with you tomorrow.';
  world.simulator.writeMessage({ customer: caller, text: question });
  await window.getByRole('button', { name: 'Contacts', exact: true }).click();
  await window.getByRole('list', { name: 'Customers' }).getByText(caller.name).click();
  const person = window.getByRole('article', { name: 'Customer' });
  await person.getByText(question).waitFor();
  await person.getByLabel('Write a message').fill(answer);
  await person.getByRole('button', { name: 'Send', exact: true }).click();
  await world.simulator.waitFor(
    () => world.simulator.messages().some(({ text }) => text === answer),
    { what: 'the answer at the customer' },
  );
  say(`${caller.name} wrote and was answered.`);
}

/**
 * A customer calls and gives up while the console is shut, and no webhook tells of it.
 *
 * @returns the provider's id of the call
 */
export async function playUntold({
  world,
  number,
}: Pick<Stage, 'world' | 'number'>): Promise<string> {
  world.simulator.setFaults({
    webhooks: { drop: ['announced', 'connect', 'ringing', 'accepted', 'rejected', 'terminate'] },
  });
  return giveUp({ world, number }, 500);
}

async function giveUp(
  { world, number }: Pick<Stage, 'world' | 'number'>,
  afterMs: number,
  meanwhile?: () => Promise<void>,
): Promise<string> {
  const { simulator } = world;
  if (number.capabilities.accept !== 'available') simulator.setDestination({ onCall: 'ignore' });
  const { callId } = await simulator.startCall({
    customer: hasty,
    kind: 'silent',
    ringForMs: afterMs,
    // Of a call that the relay holds, the provider says that it was answered as soon as it began.
    hangUpAfterMs: afterMs,
  });
  await meanwhile?.();
  await simulator.waitFor(() => simulator.report(callId)?.endedAt, { what: 'caller to give up' });
  return callId;
}

/** What shows that a customer calls: the button to take it or, where none can be taken, the card. */
const rings = ({ desk, number }: Stage) =>
  number.capabilities.accept === 'available'
    ? desk.window.getByRole('button', { name: 'Accept', exact: true })
    : desk.window.getByRole('article', { name: /^Call: / });
