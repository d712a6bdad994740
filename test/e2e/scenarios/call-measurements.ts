import { listen } from '../harness/ear.ts';
import { inLog } from './console.ts';
import { type CallFigures, reasonsOf } from './report.ts';
import type { Stage } from './steps.ts';

/** Pitch of the agent's fake microphone, Hz. */
export const microphoneHz = 1000;
/** Pitch the customer sends, Hz: far from the other and its harmonics. */
export const customerHz = 440;
/** How long the two talk, ms: long enough for a second of undisturbed tone in both directions. */
export const talkMs = 5000;

type Figures = Omit<CallFigures, 'ringMs'>;

/** Measures both directions, then the agent hangs up. */
export async function talk(stage: Stage, callId: string, shot: string): Promise<Figures> {
  const { world, desk, say, shots, number } = stage;
  const { simulator } = world;
  /** What cannot be measured is missing in the report, and does not keep the rest out of it. */
  const missing = (error: Error) => {
    say(error.message);
    return null;
  };
  const first = await listen(desk.window).then(() => Date.now(), missing);
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
  // Again, because the very first sound need not be even yet.
  const downlink = first === null ? null : await listen(desk.window).then(({ hz }) => hz, missing);
  say(`The agent hears ${inHz(downlink)}, the customer ${inHz(uplink)}.`);
  await shots.take(desk.window, shot);
  const hangUp = desk.window.getByRole('button', { name: 'Hang up', exact: true });
  await hangUp.click();
  const report = await whenEnded(stage, callId);
  await hangUp.waitFor({ state: 'detached' });
  say(`Hung up after ${report.durationSeconds} s.`);
  const priced = number.capabilities.cost === 'available';
  const logged = await inLog(
    desk.window,
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
    phases: await stage.phases(callId),
    reason: reasonsOf(number.capabilities).call,
  };
}

/** Sees how a call goes on elsewhere and ends there. */
export async function watch(stage: Stage, callId: string, shot: string): Promise<Figures> {
  const { desk, say, shots, number } = stage;
  const card = desk.window.getByRole('article', { name: /^Call: / });
  await card.getByText('Answered at the destination').waitFor();
  say('Answered where the calls are forwarded to.');
  await shots.take(desk.window, shot);
  const report = await whenEnded(stage, callId);
  await card.waitFor({ state: 'detached' });
  const { bill } =
    (await inLog(
      desk.window,
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
    phases: await stage.phases(callId),
    reason: reasonsOf(number.capabilities).call,
  };
}

const inHz = (hz: number | null) => (hz === null ? 'nothing' : `${Math.round(hz)} Hz`);
const toTenths = (hz: number | null) => (hz === null ? null : Math.round(hz * 10) / 10);

function whenEnded({ world }: Stage, callId: string) {
  const { simulator } = world;
  return simulator.waitFor(
    () => {
      const report = simulator.report(callId);
      return report?.endedAt ? report : undefined;
    },
    { what: 'the end of the call' },
  );
}
