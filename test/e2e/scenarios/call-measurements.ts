import { measureTone } from '../harness/agent-audio.ts';
import { inLog } from './observe.ts';
import { type CallFigures, reasonsOf } from './report.ts';
import type { DemoContext } from './runtime.ts';

/** Pitch of the agent's fake microphone, in Hz. */
export const microphoneHz = 1000;
/** Pitch the customer sends, in Hz: far from the microphone's and its harmonics. */
export const customerHz = 440;
/** Talk time in ms: enough for a second of clean tone in both directions. */
export const talkMs = 5000;

type Figures = Omit<CallFigures, 'ringMs'>;

/** Measures both directions, then hangs up as the agent. */
export async function talk(context: DemoContext, callId: string, shot: string): Promise<Figures> {
  const { backend, app, say, screenshots, number } = context;
  const { simulator } = backend;
  /** A failed measurement is missing in the report; the rest goes on. */
  const missing = (error: Error) => {
    say(error.message);
    return null;
  };
  const first = await measureTone(app.window).then(() => Date.now(), missing);
  const since = first ?? Date.now();
  const uplink = await simulator
    .waitFor(
      () => {
        const hz = simulator.report(callId)?.media.toneHz ?? null;
        return hz !== null && Date.now() - since >= talkMs && { hz };
      },
      { what: 'a tone at the customer', timeoutMs: 20_000 },
    )
    .then(({ hz }) => hz, missing);
  // Measured again because the very first audio may be uneven.
  const downlink =
    first === null ? null : await measureTone(app.window).then(({ hz }) => hz, missing);
  say(`The agent hears ${inHz(downlink)}, the customer ${inHz(uplink)}.`);
  await screenshots.take(app.window, shot);
  const hangUp = app.window.getByRole('button', { name: 'Hang up', exact: true });
  await hangUp.click();
  const report = await whenEnded(context, callId);
  await hangUp.waitFor({ state: 'detached' });
  say(`Hung up after ${report.durationSeconds} s.`);
  const priced = number.capabilities.cost === 'available';
  const logged = await inLog(
    app.window,
    ({ providerCallId }) => providerCallId === callId,
    ({ quality, bill }) => quality !== undefined && (bill !== undefined || !priced),
  );
  const at = (wanted: { from: string; kind: string }) =>
    logged?.timeline.find(({ from, kind }) => from === wanted.from && kind === wanted.kind)?.at;
  const heardAt = at({ from: 'media', kind: 'audio' });
  const answeredAt = at({ from: 'agent', kind: 'accept' }) ?? report.startedAt;
  const { quality, bill } = logged ?? {};
  return {
    acceptToAudioMs:
      heardAt === undefined || answeredAt === null ? null : Math.max(0, heardAt - answeredAt),
    downlinkToneHz: toTenths(downlink),
    uplinkToneHz: toTenths(uplink),
    packetsLost: quality ? quality.packetsLost + report.media.packetsLost : null,
    durationSeconds: report.durationSeconds,
    bill: bill ?? null,
    phases: await context.phases(callId),
    reason: reasonsOf(number.capabilities).call,
  };
}

/** Follows a call that is answered and ended elsewhere. */
export async function watch(context: DemoContext, callId: string, shot: string): Promise<Figures> {
  const { app, say, screenshots, number } = context;
  const card = app.window.getByRole('article', { name: /^Call: / });
  await card.getByText('Answered at the destination').waitFor();
  say('Answered where the calls are forwarded to.');
  await screenshots.take(app.window, shot);
  const report = await whenEnded(context, callId);
  await card.waitFor({ state: 'detached' });
  const { bill } =
    (await inLog(
      app.window,
      ({ providerCallId }) => providerCallId === callId,
      (call) => call.bill !== undefined || number.capabilities.cost !== 'available',
    )) ?? {};
  const cost = bill?.billable === undefined ? '' : `; the provider bills ${bill.billable} USD`;
  say(`Over after ${report.durationSeconds} s${cost}.`);
  return {
    acceptToAudioMs: null,
    downlinkToneHz: null,
    uplinkToneHz: null,
    packetsLost: null,
    durationSeconds: report.durationSeconds,
    bill: bill ?? null,
    phases: await context.phases(callId),
    reason: reasonsOf(number.capabilities).call,
  };
}

const inHz = (hz: number | null) => (hz === null ? 'nothing' : `${Math.round(hz)} Hz`);
const toTenths = (hz: number | null) => (hz === null ? null : Math.round(hz * 10) / 10);

function whenEnded({ backend }: DemoContext, callId: string) {
  const { simulator } = backend;
  return simulator.waitFor(
    () => {
      const report = simulator.report(callId);
      return report?.endedAt ? report : undefined;
    },
    { what: 'the end of the call' },
  );
}
