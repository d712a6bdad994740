import type { DemoReport } from './report.ts';
import type { DemoContext } from './runtime.ts';
import { playInbound, playMissed, playOutbound, playWritten } from './steps.ts';

/** A customer calls, is called back and writes; another one gives up. */
export async function playDay(
  context: DemoContext,
): Promise<Pick<DemoReport, 'inbound' | 'outbound' | 'missed' | 'log'>> {
  const inbound = await playInbound(context);
  const outbound = await playOutbound(context);
  const missed = await playMissed(context);
  await playWritten(context);
  return { inbound, outbound, missed, log: await context.screenshots.history(context.app.window) };
}
