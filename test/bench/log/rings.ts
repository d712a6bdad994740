import { join } from 'node:path';
import type { ConsoleApp } from '../../e2e/harness/console-app.ts';
import { latency, type Latency, ringOnce } from '../app/calls.ts';
import { connected, Desk } from '../app/desk.ts';
import { watchMoments } from '../app/page-clock.ts';
import { makeSampleLog, sampleOf } from './sample-log.ts';

/** From the webhook's first byte until the ring was painted, and until it was heard, in ms. */
export interface RingsMeasured {
  /** Of the log. */
  calls: number;
  rings: number;
  idle: { painted: Latency; sounded: Latency };
  exporting: { painted: Latency; sounded: Latency };
  /** Of the medians until it was painted. */
  ratio: number;
  exports: number;
}

/** A start encrypts its log, which must not outlast the patience of what drives the window. */
const CALLS = 100_000;
/** Rings in a row, idle and beside an export in turn, so that both meet the same machine. */
const ROUND = 10;

/**
 * How soon the app rings, idle and while it writes workbooks of its whole log one after the other: the format that
 * keeps most of the machine busy.
 */
export async function measureRingsBesideExport(
  rings: number,
  say: (line: string) => void,
): Promise<RingsMeasured> {
  const desk = await Desk.open();
  try {
    const { backend, open } = await desk.workspace({
      // The app would look for the files of recordings.
      fill: (path) => makeSampleLog(path, CALLS, (n) => ({ ...sampleOf(n), isRecorded: false })),
    });
    const app = await open();
    await connected(app);
    await watchMoments(app);
    const busy = new Exports(app, join(desk.folder, 'calls.xlsx'));
    const idle = { painted: [] as number[], sounded: [] as number[] };
    const exporting = { painted: [] as number[], sounded: [] as number[] };
    // The first ring also loads what every later one finds.
    await ringOnce(backend, app);
    for (let round = 0; round < rings / ROUND; round++) {
      for (const taken of [idle, exporting]) {
        if (taken === exporting) await busy.start();
        for (let ring = 0; ring < ROUND; ring++) {
          const { painted, sounded } = await ringOnce(backend, app);
          taken.painted.push(painted);
          taken.sounded.push(sounded);
        }
        if (taken === exporting) await busy.stop();
      }
      say(`  ${(round + 1) * ROUND} rings of each`);
    }
    await app.close();
    const of = ({ painted, sounded }: typeof idle) => ({
      painted: latency(painted),
      sounded: latency(sounded),
    });
    const measured = { idle: of(idle), exporting: of(exporting) };
    const ratio = measured.exporting.painted.p50 / measured.idle.painted.p50;
    return { calls: CALLS, rings, ...measured, ratio, exports: busy.written };
  } finally {
    await desk.close();
  }
}

/** Exports that the window asks for, one after the other. */
class Exports {
  readonly #app: ConsoleApp;
  readonly #path: string;
  #running: Promise<void> = Promise.resolve();
  #stopped = true;
  written = 0;

  constructor(app: ConsoleApp, path: string) {
    this.#app = app;
    this.#path = path;
  }

  async start(): Promise<void> {
    this.#stopped = false;
    await this.#app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, this.#path);
    this.#running = this.#run();
  }

  /** Cancels the one that runs. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#app.window.evaluate(() =>
      window.ringdesk.request('export.cancel', { id: 'bench' }),
    );
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const { ok } = await this.#app.window.evaluate(() =>
        window.ringdesk.request('export.calls', { id: 'bench', format: 'xlsx', filter: {} }),
      );
      if (ok) this.written += 1;
      else if (!this.#stopped) throw new Error('a workbook could not be written');
    }
  }
}
