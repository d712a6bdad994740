import { showHistory } from '../harness/navigation.ts';
import { inLog } from './observe.ts';
import type { DemoNumber } from './number.ts';
import type { DemoContext } from './runtime.ts';
import type { CallFigures } from './report.ts';
import { customerHz, talk, talkMs, watch } from './call-measurements.ts';

/** Ringing time until the customer gives up or somebody answers elsewhere, in ms. */
const ringMs = 2500;

const caller = { waId: '5511987654321', name: 'Camila Souza' } as const;
const hasty = { waId: '5215512345678', name: 'Mateo Ruiz' } as const;

/** The demo's customer, who hangs up if the agent cannot. */
export const customerOf = ({ capabilities }: DemoNumber) =>
  ({
    ...caller,
    permission: 'temporary',
    onCall: 'answer',
    answerAfterMs: ringMs,
    sends: { kind: 'tone', hz: customerHz },
    ...(capabilities.hangUp !== 'available' && { hangUpAfterMs: talkMs }),
  }) as const;

/** A customer calls. The agent answers, talks and hangs up, or sees it answered elsewhere. */
export async function playInbound(context: DemoContext): Promise<CallFigures> {
  const { backend, app, number, say, screenshots } = context;
  const { simulator } = backend;
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
  await rings(context).waitFor();
  const rang = Math.round(performance.now() - startedAt);
  say(`${caller.name} calls; the console shows it after ${rang} ms.`);
  await screenshots.take(app.window, 'ringing');
  if (accept !== 'available') {
    return { ringMs: rang, ...(await watch(context, callId, 'inbound-elsewhere')) };
  }
  await screenshots.take(await app.ringWindow(), 'ring-window');
  if (preAccept === 'available') {
    await simulator.waitFor(() => simulator.report(callId)?.preAcceptedAt, { what: 'pre-accept' });
    await simulator.waitFor(() => simulator.report(callId)?.media.connected, {
      what: 'media while it rings',
    });
  }
  await rings(context).click();
  await simulator.waitFor(() => simulator.report(callId)?.acceptedAt, { what: 'accept' });
  say('Accepted.');
  return { ringMs: rang, ...(await talk(context, callId, 'on-call')) };
}

/** The agent calls the customer, who answers. */
export async function playOutbound(context: DemoContext): Promise<CallFigures> {
  const { backend, app, number, say, screenshots } = context;
  const { simulator } = backend;
  const { window } = app;
  await window.getByRole('button', { name: 'New call', exact: true }).click();
  await window.getByLabel('Number', { exact: true }).fill(`+${caller.waId}`);
  await window
    .getByRole('region', { name: 'Calling rules' })
    .getByText(/^You can call/)
    .waitFor();
  await screenshots.take(window, 'permission');
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
      ? await talk(context, callId, 'outbound-call')
      : await watch(context, callId, 'outbound-elsewhere');
  return { ringMs: rang, ...figures };
}

/** A customer gives up before anyone answers. */
export async function playMissed(context: DemoContext): Promise<boolean> {
  const { app, say } = context;
  const callId = await giveUp(context, ringMs, () => rings(context).waitFor());
  await app.window
    .getByText(/hung up/i)
    .first()
    .waitFor();
  say(`${hasty.name} called and gave up.`);
  await showHistory(app.window);
  const logged = await inLog(app.window, (call) => call.providerCallId === callId);
  return logged?.outcome === 'missed';
}

/** The customer writes and the agent replies, if the number delivers messages here. */
export async function playWritten({ backend, app, number, say }: DemoContext): Promise<void> {
  if (number.capabilities.messages !== 'available') return;
  const { window } = app;
  const question = 'Has order 991 left yet?';
  const answer = 'It left this morning and is with you tomorrow.';
  backend.simulator.writeMessage({ customer: caller, text: question });
  await window.getByRole('button', { name: /^Contacts/ }).click();
  await window.getByRole('list', { name: 'Contacts' }).getByText(caller.name).click();
  const person = window.getByRole('article', { name: 'Contact' });
  await person.getByText(question, { exact: true }).waitFor();
  await person.getByLabel('Write a message').fill(answer);
  await person.getByRole('button', { name: 'Send', exact: true }).click();
  await backend.simulator.waitFor(
    () => backend.simulator.messages().some(({ text }) => text === answer),
    { what: 'the answer at the customer' },
  );
  say(`${caller.name} wrote and was answered.`);
}

/**
 * A customer calls and gives up while the console is closed, and no webhook reports it.
 *
 * @returns the provider's id of the call
 */
export async function playUnreported({
  backend,
  number,
}: Pick<DemoContext, 'backend' | 'number'>): Promise<string> {
  backend.simulator.setFaults({
    webhooks: { drop: ['announced', 'connect', 'ringing', 'accepted', 'rejected', 'terminate'] },
  });
  return giveUp({ backend, number }, 500);
}

async function giveUp(
  { backend, number }: Pick<DemoContext, 'backend' | 'number'>,
  afterMs: number,
  meanwhile?: () => Promise<void>,
): Promise<string> {
  const { simulator } = backend;
  if (number.capabilities.accept !== 'available') simulator.setDestination({ onCall: 'ignore' });
  const { callId } = await simulator.startCall({
    customer: hasty,
    kind: 'silent',
    ringForMs: afterMs,
    // The provider reports a call streamed to the relay as answered at once.
    hangUpAfterMs: afterMs,
  });
  await meanwhile?.();
  await simulator.waitFor(() => simulator.report(callId)?.endedAt, { what: 'caller to give up' });
  return callId;
}

/** The sign of an inbound call: Accept or, if it cannot be answered here, the card. */
const rings = ({ app, number }: DemoContext) =>
  number.capabilities.accept === 'available'
    ? app.window.getByRole('button', { name: 'Accept', exact: true })
    : app.window.getByRole('article', { name: /^Call: / });
