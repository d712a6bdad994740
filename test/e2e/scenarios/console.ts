import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { HistoryDetail, Snapshot } from '../../../src/shared/ipc/model.ts';
import { readLog } from '../harness/log.ts';

/** Tells the phases one call has been through, by the provider's id. */
export type Phases = (callId: string) => Promise<string[]>;

/** Notes from now on what the console says of each call; of a bridged one, the stage. */
export async function notePhases(console: Page): Promise<Phases> {
  const notes = await console.evaluateHandle(() => {
    const seen = new Map<string, { callId: string | undefined; phases: string[] }>();
    const note = ({ calls }: Snapshot) => {
      for (const { id, providerCallId, phase } of calls) {
        const noted = seen.get(id) ?? { callId: undefined, phases: [] };
        noted.callId = providerCallId ?? noted.callId;
        const said = phase.name === 'bridged' ? `bridged: ${phase.stage}` : phase.name;
        if (noted.phases.at(-1) !== said) noted.phases.push(said);
        seen.set(id, noted);
      }
    };
    window.ringdesk.onEvent((event) => {
      if (event.type === 'snapshot') note(event.snapshot);
    });
    return seen;
  });
  return (wanted) =>
    notes.evaluate(
      (seen, id) => [...seen.values()].find(({ callId }) => callId === id)?.phases ?? [],
      wanted,
    );
}

/** More than the second look at what a call cost takes. */
const SETTLED_MS = 40_000;
const AGAIN_MS = 250;

/** Waits until the log holds an ended call of which all is known that is wanted. After too long, gives what there is. */
export async function inLog(
  window: Page,
  is: (call: HistoryDetail) => boolean,
  isWhole: (call: HistoryDetail) => boolean = () => true,
): Promise<HistoryDetail | undefined> {
  const until = performance.now() + SETTLED_MS;
  for (;;) {
    const call = (await readLog(window)).find(is);
    if ((call && isWhole(call)) || performance.now() > until) return call;
    await setTimeout(AGAIN_MS);
  }
}
