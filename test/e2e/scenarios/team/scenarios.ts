import { agentHears } from '../../harness/agent-audio.ts';
import { type TestAgent, ana, bea, cara } from '../../harness/agents.ts';
import { longestPause } from '../../harness/customer-audio.ts';
import { accept, callerHz, ended, onCall, talk, transfer } from '../../harness/team.ts';
import type { ConsoleApp } from '../../harness/console-app.ts';
import type { BackendOptions } from '../../harness/backend.ts';
import { CustomerAudioLog } from './customer-audio-log.ts';
import type { ScenarioReport } from './report.ts';
import type { TeamContext } from './context.ts';

type Figures = Omit<ScenarioReport, 'scenario' | 'consoles' | 'logRows'>;

/** A running scenario: two consoles, and a customer who talks with Ana on the first. */
interface TeamCall extends Pick<TeamContext, 'backend' | 'say' | 'open'> {
  callId: string;
  heard: CustomerAudioLog;
  a: ConsoleApp;
  /** The teammate's console. */
  b: ConsoleApp;
  /** Waits until the customer and this agent hear each other. */
  hearEachOther: (app: ConsoleApp, agent: TestAgent) => Promise<void>;
  /** The customer's longest pause since then, in ms. */
  gapSince: (at: number) => number;
}

interface Scenario {
  /** The relay's policy. */
  policy: NonNullable<BackendOptions['policy']>;
  teammate: TestAgent;
  /** Returns the measurements and the console that has the call at the end. */
  play(
    call: TeamCall,
  ): Promise<Pick<Figures, 'audioGapMs' | 'revertAfterMs' | 'notes'> & { at: ConsoleApp }>;
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  transfer: { policy: {}, teammate: bea, play: playTransfer },
  // Waits for the real deadline of 30 s.
  revert: { policy: {}, teammate: bea, play: playRevert },
  consult: { policy: {}, teammate: bea, play: playConsult },
  'console-crash': { policy: { rejoinGraceSeconds: 15 }, teammate: cara, play: playConsoleCrash },
  'relay-restart': { policy: { transferSeconds: 20 }, teammate: bea, play: playRelayRestart },
};

/** Plays a scenario from the customer's call until the hang-up and returns the measurements. */
export async function play(context: TeamContext, scenario: Scenario): Promise<Figures> {
  const { backend, say } = context;
  const a = await context.open(ana);
  const b = await context.open(scenario.teammate);
  const callId = await talk(backend, a, ana);
  const heard = new CustomerAudioLog(backend, callId);
  const hearEachOther = async ({ window }: ConsoleApp, agent: TestAgent) => {
    await Promise.all([heard.until(agent), agentHears(window, [callerHz])]);
    say(`The customer and ${agent.name} hear each other.`);
  };
  await hearEachOther(a, ana);
  const gapSince = (at: number) => longestPause(backend, callId, at);
  const call = { backend, say, open: context.open, callId, heard, a, b, hearEachOther, gapSince };
  const { at, ...figures } = await scenario.play(call);
  await press(at, 'Hang up');
  const by = await ended(backend, callId);
  await button(at, 'Hang up').waitFor({ state: 'detached' });
  say(`Hung up; the provider says it was ended by the ${by}.`);
  return { ...figures, heardBy: heard.stop(), ended: by };
}

const button = ({ window }: ConsoleApp, name: string) =>
  window.getByRole('button', { name, exact: true });
const press = (app: ConsoleApp, name: string) => button(app, name).click();
/** Waits for a text that may appear in several places. */
const reads = ({ window }: ConsoleApp, words: RegExp) =>
  window.getByText(words).first().waitFor({ timeout: 45_000 });

async function playTransfer({ a, b, heard, say, hearEachOther, gapSince }: TeamCall) {
  await transfer(a, bea, { note: 'Order 17 came broken' });
  await heard.until('hold');
  say('Offered to Bea; the customer hears hold audio.');
  const switchedAt = Date.now();
  await accept(b);
  await hearEachOther(b, bea);
  return {
    at: b,
    audioGapMs: gapSince(switchedAt),
    revertAfterMs: null,
    notes: ['revertAfterMs: the teammate accepted, nothing came back'],
  };
}

async function playRevert({ a, b, heard, say, hearEachOther, gapSince }: TeamCall) {
  const offeredAt = Date.now();
  await transfer(a, bea);
  await button(b, 'Accept').waitFor();
  await heard.until('hold');
  say('Offered to Bea, who does not answer.');
  await reads(a, /Bea Rocha did not answer/);
  const revertAfterMs = Date.now() - offeredAt;
  say(`Ana reads that Bea did not answer, after ${revertAfterMs} ms.`);
  await hearEachOther(a, ana);
  const audioGapMs = gapSince(offeredAt + revertAfterMs - 1000);
  return { at: a, audioGapMs, revertAfterMs, notes: [] };
}

async function playConsult({ a, b, heard, say, hearEachOther, gapSince }: TeamCall) {
  await transfer(a, bea, { consult: true, note: 'Wants a refund' });
  await press(b, 'Accept');
  await Promise.all([
    agentHears(a.window, [bea.hz], [callerHz]),
    agentHears(b.window, [ana.hz], [callerHz]),
    heard.until('hold'),
  ]);
  say('Ana and Bea hear each other; the customer hears hold audio.');
  const switchedAt = Date.now();
  await press(a, 'Transfer now');
  await hearEachOther(b, bea);
  return {
    at: b,
    audioGapMs: gapSince(switchedAt),
    revertAfterMs: null,
    notes: ['revertAfterMs: handed over, nothing came back'],
  };
}

async function playConsoleCrash({ a, b, heard, say, open, hearEachOther, gapSince }: TeamCall) {
  const killedAt = Date.now();
  await a.kill();
  say('Ana’s console was ended by kill -9.');
  await heard.until('hold');
  say('The customer hears hold audio.');
  const again = await open(ana);
  await onCall(again.window);
  await hearEachOther(again, ana);
  say(`Ana’s console rejoined by itself, ${Date.now() - killedAt} ms after the crash.`);
  await again.kill();
  say('It crashes again, and stays away.');
  await reads(b, /On hold: Ana Lima/);
  say('The call rings Cara as on hold.');
  await accept(b);
  await hearEachOther(b, cara);
  const audioGapMs = gapSince(killedAt);
  // Her log is part of the report.
  await open(ana);
  return {
    at: b,
    audioGapMs,
    revertAfterMs: null,
    notes: [
      'revertAfterMs: nothing was offered to a teammate',
      'audioGapMs: from the first crash on, the worst of all switches; hold audio counts as sound',
    ],
  };
}

async function playRelayRestart({ a, b, heard, say, backend, hearEachOther, gapSince }: TeamCall) {
  const offeredAt = Date.now();
  await transfer(a, bea);
  await button(b, 'Accept').waitFor();
  await heard.until('hold');
  await backend.restartRelay(async () => {
    say('The relay was ended by kill -9 during the countdown.');
    await heard.until('hold');
    say('The customer still hears hold audio.');
  }, 'SIGKILL');
  say('The relay is back.');
  await reads(a, /Bea Rocha did not answer/);
  const revertAfterMs = Date.now() - offeredAt;
  say(`The countdown of 20 s went on: back with Ana after ${revertAfterMs} ms.`);
  await hearEachOther(a, ana);
  return {
    at: a,
    audioGapMs: gapSince(offeredAt),
    revertAfterMs,
    notes: ['audioGapMs: from the offer on, the restart included'],
  };
}
