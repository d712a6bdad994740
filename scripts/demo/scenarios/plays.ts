import { hears } from '../../stage/ear.ts';
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
} from '../../stage/team.ts';
import type { Desk } from '../../stage/desk.ts';
import { EarWatch } from './heard.ts';
import type { ScenarioReport } from './report.ts';
import type { TeamStage } from './stage.ts';

type Figures = Omit<ScenarioReport, 'scenario' | 'consoles' | 'logRows'>;

/** How each scenario is played, and what the relay's policy is in it. */
export const plays: Readonly<
  Record<string, { policy: Record<string, number>; play: (stage: TeamStage) => Promise<Figures> }>
> = {
  transfer: { policy: {}, play: playTransfer },
  // The real deadline of 30 s is waited for.
  revert: { policy: {}, play: playRevert },
  consult: { policy: {}, play: playConsult },
  'console-crash': { policy: { rejoinGraceSeconds: 15 }, play: playConsoleCrash },
  'relay-restart': { policy: { transferSeconds: 20 }, play: playRelayRestart },
};

const press = ({ window }: Desk, name: string) =>
  window.getByRole('button', { name, exact: true }).click();

/** Both directions at once: the customer hears this agent, and the agent the customer. */
async function talking(
  { say }: TeamStage,
  ear: EarWatch,
  desk: Desk,
  player: Player,
): Promise<void> {
  await Promise.all([ear.until(player), hears(desk.window, [callerHz])]);
  say(`The customer and ${player.name} hear each other.`);
}

/** An agent hangs up; what was measured. */
async function finish(
  stage: TeamStage,
  {
    callId,
    desk,
    ear,
    figures,
  }: {
    callId: string;
    desk: Desk;
    ear: EarWatch;
    figures: Pick<Figures, 'audioGapMs' | 'revertAfterMs' | 'notes'>;
  },
): Promise<Figures> {
  await press(desk, 'Hang up');
  const by = await ended(stage.world, callId);
  await desk.window
    .getByRole('button', { name: 'Hang up', exact: true })
    .waitFor({ state: 'detached' });
  stage.say(`Hung up; the provider says it was ended by the ${by}.`);
  return { ...figures, heardBy: ear.stop(), ended: by };
}

async function playTransfer(stage: TeamStage): Promise<Figures> {
  const { world, say } = stage;
  const a = await stage.open(ana);
  const b = await stage.open(bea);
  const callId = await talk(world, a, ana);
  const ear = new EarWatch(world, callId);
  await talking(stage, ear, a, ana);
  await transfer(a, bea, { note: 'Order 17 came broken' });
  await ear.until('hold');
  say('Offered to Bea; the customer hears hold audio.');
  const switchedAt = Date.now();
  await accept(b);
  await talking(stage, ear, b, bea);
  const audioGapMs = longestPause(world, callId, switchedAt);
  const notes = ['revertAfterMs: the teammate accepted, nothing came back'];
  return finish(stage, {
    callId,
    desk: b,
    ear,
    figures: { audioGapMs, revertAfterMs: null, notes },
  });
}

async function playRevert(stage: TeamStage): Promise<Figures> {
  const { world, say } = stage;
  const a = await stage.open(ana);
  const b = await stage.open(bea);
  const callId = await talk(world, a, ana);
  const ear = new EarWatch(world, callId);
  await talking(stage, ear, a, ana);
  const offeredAt = Date.now();
  await transfer(a, bea);
  await b.window.getByRole('button', { name: 'Accept', exact: true }).waitFor();
  await ear.until('hold');
  say('Offered to Bea, who does not answer.');
  await a.window
    .getByText(/Bea Rocha did not answer/)
    .first()
    .waitFor({ timeout: 45_000 });
  const revertAfterMs = Date.now() - offeredAt;
  say(`Ana reads that Bea did not answer, after ${revertAfterMs} ms.`);
  await talking(stage, ear, a, ana);
  const audioGapMs = longestPause(world, callId, offeredAt + revertAfterMs - 1000);
  return finish(stage, { callId, desk: a, ear, figures: { audioGapMs, revertAfterMs, notes: [] } });
}

async function playConsult(stage: TeamStage): Promise<Figures> {
  const { world, say } = stage;
  const a = await stage.open(ana);
  const b = await stage.open(bea);
  const callId = await talk(world, a, ana);
  const ear = new EarWatch(world, callId);
  await talking(stage, ear, a, ana);
  await transfer(a, bea, { consult: true, note: 'Wants a refund' });
  await press(b, 'Accept');
  await Promise.all([
    hears(a.window, [bea.hz], [callerHz]),
    hears(b.window, [ana.hz], [callerHz]),
    ear.until('hold'),
  ]);
  say('Ana and Bea hear each other; the customer hears hold audio.');
  const switchedAt = Date.now();
  await press(a, 'Hand over');
  await talking(stage, ear, b, bea);
  const audioGapMs = longestPause(world, callId, switchedAt);
  const notes = ['revertAfterMs: handed over, nothing came back'];
  return finish(stage, {
    callId,
    desk: b,
    ear,
    figures: { audioGapMs, revertAfterMs: null, notes },
  });
}

async function playConsoleCrash(stage: TeamStage): Promise<Figures> {
  const { world, say } = stage;
  const a = await stage.open(ana);
  const c = await stage.open(cara);
  const callId = await talk(world, a, ana);
  const ear = new EarWatch(world, callId);
  await talking(stage, ear, a, ana);
  const killedAt = Date.now();
  await a.kill();
  say('Ana’s console was ended by kill -9.');
  await ear.until('hold');
  say('The customer hears hold audio.');
  const again = await stage.open(ana);
  await onCall(again.window);
  await talking(stage, ear, again, ana);
  say(`Ana’s console rejoined by itself, ${Date.now() - killedAt} ms after the crash.`);
  await again.kill();
  say('It crashes again, and stays away.');
  await c.window
    .getByText(/Caller waiting: Ana Lima/)
    .first()
    .waitFor({ timeout: 45_000 });
  say('The call rings Cara as “caller waiting”.');
  await accept(c);
  await talking(stage, ear, c, cara);
  const audioGapMs = longestPause(world, callId, killedAt);
  const last = await stage.open(ana);
  await last.window.getByRole('button', { name: /^History/ }).click();
  const notes = [
    'revertAfterMs: nothing was offered to a teammate',
    'audioGapMs: from the first crash on, the worst of all switches; hold audio counts as sound',
  ];
  return finish(stage, {
    callId,
    desk: c,
    ear,
    figures: { audioGapMs, revertAfterMs: null, notes },
  });
}

async function playRelayRestart(stage: TeamStage): Promise<Figures> {
  const { world, say } = stage;
  const a = await stage.open(ana);
  const b = await stage.open(bea);
  const callId = await talk(world, a, ana);
  const ear = new EarWatch(world, callId);
  await talking(stage, ear, a, ana);
  const offeredAt = Date.now();
  await transfer(a, bea);
  await b.window.getByRole('button', { name: 'Accept', exact: true }).waitFor();
  await ear.until('hold');
  await world.restartRelay(async () => {
    say('The relay was ended by kill -9 during the countdown.');
    await ear.until('hold');
    say('The customer still hears hold audio.');
  }, 'SIGKILL');
  say('The relay is back.');
  await a.window
    .getByText(/Bea Rocha did not answer/)
    .first()
    .waitFor({ timeout: 45_000 });
  const revertAfterMs = Date.now() - offeredAt;
  say(`The countdown of 20 s went on: back with Ana after ${revertAfterMs} ms.`);
  await talking(stage, ear, a, ana);
  const audioGapMs = longestPause(world, callId, offeredAt);
  const notes = ['audioGapMs: from the offer on, the restart included'];
  return finish(stage, { callId, desk: a, ear, figures: { audioGapMs, revertAfterMs, notes } });
}
