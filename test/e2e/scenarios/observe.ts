import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { HistoryDetail } from '../../../src/shared/ipc/history.ts';
import type { Snapshot } from '../../../src/shared/ipc/snapshot.ts';
import { readLog } from '../harness/log.ts';

/** Returns the phases of a call so far, by the provider's id. */
export type Phases = (callId: string) => Promise<string[]>;

/** Notes from now on what the console says of each call; of an external one, the context. */
export async function recordPhases(page: Page): Promise<Phases> {
  const notes = await page.evaluateHandle(() => {
    const seen = new Map<string, { callId: string | undefined; phases: string[] }>();
    const note = ({ calls }: Snapshot) => {
      for (const { id, providerCallId, phase } of calls) {
        const noted = seen.get(id) ?? { callId: undefined, phases: [] };
        noted.callId = providerCallId ?? noted.callId;
        const said = phase.name === 'external' ? `external: ${phase.stage}` : phase.name;
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

/** Longer than the delayed second query for a call's cost. */
const SETTLED_MS = 40_000;
const AGAIN_MS = 250;

/** Waits for a complete ended call in the log; returns what there is after too long. */
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
