import type { DemoReport } from './report.ts';
import { playInbound, playMissed, playOutbound, type Stage } from './scenes.ts';

/** A customer calls and is answered, is called back, and one call is missed. */
export async function playDay(
  stage: Stage,
): Promise<Pick<DemoReport, 'inbound' | 'outbound' | 'missed' | 'log'>> {
  const inbound = await playInbound(stage);
  const outbound = await playOutbound(stage);
  const missed = await playMissed(stage);
  return { inbound, outbound, missed, log: await stage.shots.history(stage.desk.window) };
}
