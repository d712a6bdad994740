import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Backend } from '../../e2e/harness/backend.ts';
import type { ConsoleApp } from '../../e2e/harness/console-app.ts';
import { Desk } from '../app/desk.ts';
import { scrollThrough } from './scroll.ts';

/**
 * `npm run bench:lists -- [--rows 2000] [--agents 300] [--frames 600] [--json FILE]`
 *
 * Scrolls through To do, some rows for each frame, and through the team as a supervisor sees it, and counts the frames that
 * Chromium dropped by its own trace. The same time without scrolling shows what the machine drops by itself.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '2000' },
    agents: { type: 'string', default: '300' },
    frames: { type: 'string', default: '600' },
    json: { type: 'string' },
  },
});
const rows = Number(values.rows);
const agents = Number(values.agents);
const frames = Number(values.frames);

/** Chromium's events about frames. */
const CATEGORIES = ['disabled-by-default-devtools.timeline.frame'];
const trace = z.object({
  traceEvents: z.array(z.object({ name: z.string() })),
});

/** Messages that are written without a pause, and the pause, in ms. */
const WRITTEN_AT_ONCE = 25;
/** In ms. */
const FILLED_WITHIN_MS = 120_000;

const TODO = 'Waiting customers';
const TEAM = 'Team';

const desk = await Desk.open();
try {
  const { backend, open } = await desk.workspace({ role: 'supervisor' });
  for (let n = 0; n < agents; n++) {
    await backend.relay.addAgent({ id: `agent-${n}`, name: `Agent ${n}` });
  }
  await fill(backend);
  const app = await open();
  await waitsFor(app);
  const rowsOf = (label: string) => app.window.getByRole('list', { name: label, exact: true });
  await rowsOf(TODO)
    .getByRole('button', { name: /^Customer/ })
    .first()
    .waitFor();
  const todo = {
    rows,
    still: await traced(app, { label: TODO, step: 0 }),
    scrolled: await traced(app, { label: TODO, step: 360 }),
  };
  await app.window.getByRole('button', { name: 'Team', exact: true }).click();
  await rowsOf(TEAM).getByText('Agent 0', { exact: true }).waitFor();
  const team = {
    agents,
    still: await traced(app, { label: TEAM, step: 0 }),
    scrolled: await traced(app, { label: TEAM, step: 120 }),
  };
  const text = JSON.stringify({ todo, team }, null, 2);
  process.stdout.write(`${text}\n`);
  if (values.json !== undefined) writeFileSync(values.json, `${text}\n`);
  await app.close();
} finally {
  await desk.close();
}

/** So many customers who wait: each has written. */
async function fill({ simulator }: Backend): Promise<void> {
  for (let n = 0; n < rows; n++) {
    const customer = { waId: `5511900${String(n).padStart(6, '0')}`, name: `Customer ${n}` };
    simulator.writeMessage({ customer, text: `Message ${n} of somebody who waits` });
    if (n % WRITTEN_AT_ONCE === 0) await setTimeout(WRITTEN_AT_ONCE);
  }
}

/** Until everybody who wrote is in the list. */
async function waitsFor({ window }: ConsoleApp): Promise<void> {
  const until = Date.now() + FILLED_WITHIN_MS;
  for (;;) {
    const waiting = await window.evaluate(async () => {
      const list = await globalThis.window.ringdesk.request('todo.list', {});
      return list.ok ? list.value.length : 0;
    });
    if (waiting >= rows) return;
    if (Date.now() > until) throw new Error(`only ${waiting} of ${rows} customers wait`);
    await setTimeout(500);
  }
}

/** Frames while a list is scrolled by `step` px for each of them. */
async function traced(
  { electron, window }: ConsoleApp,
  { label, step }: { label: string; step: number },
) {
  const file = join(desk.folder, 'trace.json');
  await electron.evaluate(
    ({ contentTracing }, categories) =>
      contentTracing.startRecording({ included_categories: categories }),
    CATEGORIES,
  );
  const seen = await window.evaluate(scrollThrough, { label, frames, step });
  await electron.evaluate(({ contentTracing }, path) => contentTracing.stopRecording(path), file);
  const { traceEvents } = trace.parse(JSON.parse(readFileSync(file, 'utf8')));
  const count = (event: string) => traceEvents.filter((one) => one.name === event).length;
  return { drawn: count('DrawFrame'), dropped: count('DroppedFrame'), ...seen };
}
