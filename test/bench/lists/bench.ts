import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openDatabase } from '../../../src/main/db/open.ts';
import { TodoStore } from '../../../src/main/db/todos.ts';
import type { Todo } from '../../../src/shared/protocol/todo.ts';
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

const TODO = 'Waiting customers';
const TEAM = 'Team';

const desk = await Desk.open();
try {
  const { backend, userData, open } = await desk.workspace({ role: 'supervisor' });
  for (let n = 0; n < agents; n++) {
    await backend.relay.addAgent({ id: `agent-${n}`, name: `Agent ${n}` });
  }
  fill(join(userData, 'ringdesk.db'));
  const app = await open();
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

/** So many customers who wait, as if the relay had told of them. */
function fill(path: string): void {
  const { db } = openDatabase({ path });
  const now = Date.now();
  const items = Array.from({ length: rows }, (_, n): Todo => {
    const waId = `5511900${String(n).padStart(6, '0')}`;
    const since = now - n * 60_000;
    const text = `Message ${n} of somebody who waits`;
    return {
      accountId: 'support',
      customer: waId,
      party: { waId, name: `Customer ${n}` },
      reasons: { messages: { count: 1, since, last: since, type: 'text', text } },
      cursor: 0,
    };
  });
  new TodoStore(db).takeOver(['support'], items, [], now);
  db.close();
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
