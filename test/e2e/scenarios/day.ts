import type { DemoReport } from './report.ts';
import { playInbound, playMissed, playOutbound, playWritten, type Stage } from './steps.ts';

/** A customer calls and is answered, is called back, one call is missed, and the customer writes. */
export async function playDay(
  stage: Stage,
): Promise<Pick<DemoReport, 'inbound' | 'outbound' | 'missed' | 'log'>> {
  const inbound = await playInbound(stage);
  const outbound = await playOutbound(stage);
  const missed = await playMissed(stage);
  await playWritten(stage);
  return { inbound, outbound, missed, log: await stage.shots.history(stage.desk.window) };
}
