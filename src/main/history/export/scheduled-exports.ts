import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ExportPeriod } from '../../../shared/ipc/export.ts';
import type { ExportPreset } from '../../../shared/ipc/settings.ts';
import type { HistoryFilter } from '../../../shared/ipc/history.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Log } from '../../log.ts';
import { exportCalls, type ExportCallsOptions } from './export-calls.ts';

export interface ScheduledExportsPorts {
  presets: () => readonly ExportPreset[];
  /** When the calls that go on began, Unix ms. */
  live: () => readonly number[];
  reader: ExportCallsOptions['reader'];
  clock: Clock;
  log: Log;
  /** A file was written. */
  written: (path: string, filter: HistoryFilter) => void;
  /** The agent must hear of it. */
  failed: (preset: string, why: string) => void;
}

/** Once the start is over, and then each so often, in ms. */
const FIRST_MS = 2 * 60_000;
const INTERVAL_MS = 30 * 60_000;

/**
 * Exports that repeat by themselves: when a day, week or month is over, its calls are written to a file of its own in
 * the preset's folder. A file that stands there is never written again, so a console that was off catches up with the
 * last period.
 */
export class ScheduledExports {
  readonly #ports: ScheduledExportsPorts;
  /** The file whose failure the agent knows of, by preset. */
  readonly #said = new Map<string, string>();
  #cancel: () => void = () => undefined;
  #closed = false;

  constructor(ports: ScheduledExportsPorts) {
    this.#ports = ports;
    this.#schedule(FIRST_MS);
  }

  /** Writes what is due. */
  async run(): Promise<void> {
    for (const preset of this.#ports.presets()) await this.#runOne(preset);
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  async #runOne({ name, every, folder, filter, ...what }: ExportPreset): Promise<void> {
    if (every === undefined || folder === undefined) return;
    const { live, reader, clock, log, failed } = this.#ports;
    const { label, ...range } = periodBefore(every, clock.now());
    const path = join(folder, `${fileName(name)}-${label}.${what.format}`);
    if (existsSync(path)) return;
    // A call that began before midnight is this period's, and would be in no file.
    if (live().some((begunAt) => begunAt <= range.to)) return;
    try {
      const { rows } = await exportCalls({
        reader,
        path,
        ...what,
        filter: { ...filter, ...range },
      });
      this.#ports.written(path, { ...filter, ...range });
      this.#said.delete(name);
      log.info(`export: ${rows} calls in ${path}`);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      log.warn(`export: ${path}: ${why}`);
      if (this.#said.get(name) !== path) failed(name, why);
      this.#said.set(name, path);
    }
  }

  #schedule(ms: number): void {
    const { clock } = this.#ports;
    this.#cancel = clock.at(clock.now() + ms, () => {
      void this.run().finally(() => {
        if (!this.#closed) this.#schedule(INTERVAL_MS);
      });
    });
  }
}

/** The last whole day, week from Monday, or month before a moment, in this machine's time zone. */
export function periodBefore(
  every: ExportPeriod,
  now: number,
): { from: number; to: number; label: string } {
  const today = new Date(now);
  const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()];
  const monday = day - ((today.getDay() + 6) % 7);
  const dates = {
    day: { first: new Date(year, month, day - 1), end: new Date(year, month, day) },
    week: { first: new Date(year, month, monday - 7), end: new Date(year, month, monday) },
    month: { first: new Date(year, month - 1, 1), end: new Date(year, month, 1) },
  };
  const { first, end } = dates[every];
  const two = (n: number) => String(n).padStart(2, '0');
  const label = `${first.getFullYear()}-${two(first.getMonth() + 1)}-${two(first.getDate())}`;
  return { from: first.getTime(), to: end.getTime() - 1, label };
}

/** A name that every system takes for a file. */
function fileName(name: string): string {
  return name.replaceAll(/[\p{Cc}<>:"/\\|?*]/gu, '_').replace(/^\.+|[. ]+$/g, '_');
}
