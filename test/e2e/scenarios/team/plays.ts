import type { Desk } from '../../harness/desk.ts';
import { hears } from '../../harness/ear.ts';
import {
  accept,
  ana,
  bea,
  callerHz,
  cara,
  ended,
  longestPause,
  onCall,
  type Player,
  talk,
  transfer,
} from '../../harness/team.ts';
import type { WorldOptions } from '../../harness/world.ts';
import { EarWatch } from './heard.ts';
import type { ScenarioReport } from './report.ts';
import type { TeamStage } from './stage.ts';

type Figures = Omit<ScenarioReport, 'scenario' | 'consoles' | 'logRows'>;

/** A scenario under way: two consoles, and the customer talks with Ana, who has one of them. */
interface Scene extends Pick<TeamStage, 'world' | 'say' | 'open'> {
  callId: string;
  ear: EarWatch;
  a: Desk;
  /** The teammate's. */
  b: Desk;
  /** Waits until the customer and this agent hear each other. */
  talking: (desk: Desk, player: Player) => Promise<void>;
  /** The longest pause since then, ms. */
  gapSince: (at: number) => number;
}

interface Scenario {
  /** Of the relay. */
  policy: NonNullable<WorldOptions['policy']>;
  teammate: Player;
  /** Gives what was measured, and on which console the call is at the end. */
  play(
    scene: Scene,
  ): Promise<Pick<Figures, 'audioGapMs' | 'revertAfterMs' | 'notes'> & { at: Desk }>;
}

export const scenarios: Readonly<Record<string, Scenario>> = {
  transfer: { policy: {}, teammate: bea, play: playTransfer },
  // The real deadline of 30 s is waited for.
  revert: { policy: {}, teammate: bea, play: playRevert },
  consult: { policy: {}, teammate: bea, play: playConsult },
  'console-crash': { policy: { rejoinGraceSeconds: 15 }, teammate: cara, play: playConsoleCrash },
  'relay-restart': { policy: { transferSeconds: 20 }, teammate: bea, play: playRelayRestart },
};

/** Plays a scenario from the customer's call until somebody hangs up; what was measured. */
export async function play(stage: TeamStage, scenario: Scenario): Promise<Figures> {
  const { world, say } = stage;
  const a = await stage.open(ana);
  const b = await stage.open(scenario.teammate);
  const callId = await talk(world, a, ana);
  const ear = new EarWatch(world, callId);
  const talking = async ({ window }: Desk, player: Player) => {
    await Promise.all([ear.until(player), hears(window, [callerHz])]);
    say(`The customer and ${player.name} hear each other.`);
  };
  await talking(a, ana);
  const gapSince = (at: number) => longestPause(world, callId, at);
  const scene = { world, say, open: stage.open, callId, ear, a, b, talking, gapSince };
  const { at, ...figures } = await scenario.play(scene);
  await press(at, 'Hang up');
  const by = await ended(world, callId);
  await button(at, 'Hang up').waitFor({ state: 'detached' });
  say(`Hung up; the provider says it was ended by the ${by}.`);
  return { ...figures, heardBy: ear.stop(), ended: by };
}

const button = ({ window }: Desk, name: string) =>
  window.getByRole('button', { name, exact: true });
const press = (desk: Desk, name: string) => button(desk, name).click();
/** Waits for words that may stand in several places. */
const reads = ({ window }: Desk, words: RegExp) =>
  window.getByText(words).first().waitFor({ timeout: 45_000 });

async function playTransfer({ a, b, ear, say, talking, gapSince }: Scene) {
  await transfer(a, bea, { note: 'Order 17 came broken' });
  await ear.until('hold');
  say('Offered to Bea; the customer hears hold audio.');
  const switchedAt = Date.now();
  await accept(b);
  await talking(b, bea);
  return {
    at: b,
    audioGapMs: gapSince(switchedAt),
    revertAfterMs: null,
    notes: ['revertAfterMs: the teammate accepted, nothing came back'],
  };
}

async function playRevert({ a, b, ear, say, talking, gapSince }: Scene) {
  const offeredAt = Date.now();
  await transfer(a, bea);
  await button(b, 'Accept').waitFor();
  await ear.until('hold');
  say('Offered to Bea, who does not answer.');
  await reads(a, /Bea Rocha did not answer/);
  const revertAfterMs = Date.now() - offeredAt;
  say(`Ana reads that Bea did not answer, after ${revertAfterMs} ms.`);
  await talking(a, ana);
  const audioGapMs = gapSince(offeredAt + revertAfterMs - 1000);
  return { at: a, audioGapMs, revertAfterMs, notes: [] };
}

async function playConsult({ a, b, ear, say, talking, gapSince }: Scene) {
  await transfer(a, bea, { consult: true, note: 'Wants a refund' });
  await press(b, 'Accept');
  await Promise.all([
    hears(a.window, [bea.hz], [callerHz]),
    hears(b.window, [ana.hz], [callerHz]),
    ear.until('hold'),
  ]);
  say('Ana and Bea hear each other; the customer hears hold audio.');
  const switchedAt = Date.now();
  await press(a, 'Transfer now');
  await talking(b, bea);
  return {
    at: b,
    audioGapMs: gapSince(switchedAt),
    revertAfterMs: null,
    notes: ['revertAfterMs: handed over, nothing came back'],
  };
}

async function playConsoleCrash({ a, b, ear, say, open, talking, gapSince }: Scene) {
  const killedAt = Date.now();
  await a.kill();
  say('Ana’s console was ended by kill -9.');
  await ear.until('hold');
  say('The customer hears hold audio.');
  const again = await open(ana);
  await onCall(again.window);
  await talking(again, ana);
  say(`Ana’s console rejoined by itself, ${Date.now() - killedAt} ms after the crash.`);
  await again.kill();
  say('It crashes again, and stays away.');
  await reads(b, /On hold: Ana Lima/);
  say('The call rings Cara as on hold.');
  await accept(b);
  await talking(b, cara);
  const audioGapMs = gapSince(killedAt);
  // Her log is read, too.
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

async function playRelayRestart({ a, b, ear, say, world, talking, gapSince }: Scene) {
  const offeredAt = Date.now();
  await transfer(a, bea);
  await button(b, 'Accept').waitFor();
  await ear.until('hold');
  await world.restartRelay(async () => {
    say('The relay was ended by kill -9 during the countdown.');
    await ear.until('hold');
    say('The customer still hears hold audio.');
  }, 'SIGKILL');
  say('The relay is back.');
  await reads(a, /Bea Rocha did not answer/);
  const revertAfterMs = Date.now() - offeredAt;
  say(`The countdown of 20 s went on: back with Ana after ${revertAfterMs} ms.`);
  await talking(a, ana);
  return {
    at: a,
    audioGapMs: gapSince(offeredAt),
    revertAfterMs,
    notes: ['audioGapMs: from the offer on, the restart included'],
  };
}
