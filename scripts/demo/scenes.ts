import { listen } from '../stage/ear.ts';
import type { Desk } from '../stage/desk.ts';
import type { World } from '../stage/world.ts';
import type { Photographs } from './photographs.ts';
import type { CallFigures } from './report.ts';

export interface Stage {
  world: World;
  desk: Desk;
  say: (line: string) => void;
  shots: Photographs;
}

/** Pitch of the agent's fake microphone, Hz. */
export const microphoneHz = 1000;
/** Pitch the customer sends, Hz: far from the other and its harmonics. */
const customerHz = 440;
/** How long the two talk, ms: long enough for a second of undisturbed tone in both directions. */
const talkMs = 5000;

export const customer = {
  waId: '5511987654321',
  name: 'Camila Souza',
  permission: 'temporary',
  onCall: 'answer',
  answerAfterMs: 1500,
  sends: { kind: 'tone', hz: customerHz },
} as const;

/** A customer calls; the agent answers, talks and hangs up. */
export async function playInbound({ world, desk, say, shots }: Stage): Promise<CallFigures> {
  const { simulator } = world;
  const { window } = desk;
  const rung = desk.window.getByRole('button', { name: 'Accept', exact: true });
  const startedAt = performance.now();
  const { callId } = await simulator.startCall({
    customer: { waId: customer.waId, name: customer.name },
    kind: 'tone',
    hz: customerHz,
    ctaPayload: 'order-991',
  });
  await rung.waitFor();
  const ringMs = performance.now() - startedAt;
  say(`${customer.name} calls; the desk rings after ${Math.round(ringMs)} ms.`);
  await shots.take(window, 'ringing');
  await shots.take(await desk.ringWindow(), 'ring-window');
  await simulator.waitFor(() => simulator.report(callId)?.preAcceptedAt, { what: 'pre-accept' });
  await simulator.waitFor(() => simulator.report(callId)?.media.connected, {
    what: 'media while it rings',
  });
  await rung.click();
  await simulator.waitFor(() => simulator.report(callId)?.acceptedAt, { what: 'accept' });
  say('Accepted.');
  const figures = await talk({ world, desk, say, shots }, callId, 'on-call');
  return { ringMs: Math.round(ringMs), ...figures };
}

/** The agent calls the customer, who answers. */
export async function playOutbound({ world, desk, say, shots }: Stage): Promise<CallFigures> {
  const { simulator } = world;
  const { window } = desk;
  await window.getByRole('button', { name: 'Calls', exact: true }).click();
  await window.getByLabel('Number', { exact: true }).fill(`+${customer.waId}`);
  const call = window.getByRole('button', { name: 'Call', exact: true });
  await window
    .getByText(/Temporary permission/i)
    .first()
    .waitFor();
  await shots.take(window, 'permission');
  const startedAt = performance.now();
  const known = new Set(simulator.calls().map((report) => report.callId));
  await call.click();
  const { callId } = await simulator.waitFor(
    () => simulator.calls().find((report) => !known.has(report.callId)),
    { what: 'the call placed' },
  );
  await window
    .getByText(/^Ringing/)
    .first()
    .waitFor();
  const ringMs = performance.now() - startedAt;
  say(`Calling back; the customer's phone rings after ${Math.round(ringMs)} ms.`);
  await simulator.waitFor(() => simulator.report(callId)?.startedAt, { what: 'pick-up' });
  say('The customer picked up.');
  const figures = await talk({ world, desk, say, shots }, callId, 'outbound-call');
  return { ringMs: Math.round(ringMs), ...figures };
}

/** A customer gives up before anyone answers. */
export async function playMissed({ world, desk, say }: Stage): Promise<boolean> {
  const { simulator } = world;
  const { window } = desk;
  const { callId } = await simulator.startCall({
    customer: { waId: '5215512345678', name: 'Mateo Ruiz' },
    kind: 'silent',
    ringForMs: 2500,
  });
  await window.getByRole('button', { name: 'Accept', exact: true }).waitFor();
  await simulator.waitFor(() => simulator.report(callId)?.endedAt, { what: 'caller to give up' });
  await window
    .getByText(/hung up/i)
    .first()
    .waitFor();
  say('Mateo Ruiz called and gave up.');
  await window.getByRole('button', { name: /^History/ }).click();
  await window.getByText('Missed', { exact: true }).first().waitFor();
  return true;
}

type Talk = Omit<CallFigures, 'ringMs'>;

/** Measures both directions, then the agent hangs up. */
async function talk(stage: Stage, callId: string, shot: string): Promise<Talk> {
  const { world, desk, say, shots } = stage;
  const { simulator } = world;
  const heard = await listen(desk.window);
  const started = simulator.report(callId)?.startedAt ?? Date.now();
  await simulator.waitFor(
    () => {
      const media = simulator.report(callId)?.media;
      return (
        media?.toneHz !== null && media?.toneHz !== undefined && Date.now() - started >= talkMs
      );
    },
    { what: 'a tone at the customer', timeoutMs: 20_000 },
  );
  const uplink = simulator.report(callId)?.media.toneHz ?? null;
  say(`The agent hears ${Math.round(heard.hz)} Hz, the customer ${Math.round(uplink ?? 0)} Hz.`);
  await shots.take(desk.window, shot);
  await desk.window.getByRole('button', { name: 'Hang up', exact: true }).click();
  const report = await simulator.waitFor(
    () => {
      const last = simulator.report(callId);
      return last?.endedAt ? last : undefined;
    },
    { what: 'the end of the call' },
  );
  await desk.window
    .getByRole('button', { name: 'Hang up', exact: true })
    .waitFor({ state: 'detached' });
  const { quality, timeline } = await stored(stage, callId);
  const heardAt = timeline.find(({ from, kind }) => from === 'media' && kind === 'audio')?.at;
  const answeredAt =
    timeline.find(({ from, kind }) => from === 'agent' && kind === 'accept')?.at ??
    report.startedAt;
  say(`Hung up after ${report.durationSeconds} s.`);
  return {
    acceptToAudioMs: heardAt && answeredAt ? Math.max(0, heardAt - answeredAt) : null,
    downlinkToneHz: Math.round(heard.hz * 10) / 10,
    uplinkToneHz: uplink === null ? null : Math.round(uplink * 10) / 10,
    packetsLost: quality.packetsLost + report.media.packetsLost,
    durationSeconds: report.durationSeconds,
  };
}

/** What the console's own log keeps of a call: its timeline, and the quality it measured. */
async function stored({ desk }: Stage, providerCallId: string) {
  return desk.window.evaluate(async (wanted) => {
    for (let attempt = 0; attempt < 50; attempt++) {
      const page = await window.ringdesk.request('history.list', { filter: {}, limit: 20 });
      if (!page.ok) throw new Error(page.error.message);
      for (const row of page.data.rows) {
        const detail = await window.ringdesk.request('history.get', { callId: row.id });
        if (!detail.ok || detail.data.providerCallId !== wanted) continue;
        const { quality, timeline } = detail.data;
        if (quality) return { quality, timeline };
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the log has no figures of the call');
  }, providerCallId);
}
