import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/*
 * A version that was just installed is on trial until it has started once. If it does not start twice, the version before
 * comes back, with its data as they were. Everything here is synchronous and small: it runs before anything else does.
 */

const trial = z.object({
  from: z.string().min(1),
  to: z.string().min(1),
  /** How often the new version began to start. */
  starts: z.number().int().nonnegative(),
  /** The package of the version before; missing if it could not be had. */
  package: z.object({ file: z.string().min(1), sha512: z.string().min(1) }).optional(),
});
const choicesFile = z.looseObject({ version: z.literal(1) });

export type Trial = z.infer<typeof trial>;

/** After so many starts that came to nothing, the version before comes back. */
const MOST_STARTS = 2;

/** Files of a person's data, beside the database itself. */
const DATABASE = 'ringdesk.db';
const BESIDE = [`${DATABASE}-wal`, `${DATABASE}-shm`];
const KEPT = [
  'workspace.json',
  'workspace.json.copy',
  'secrets.json',
  'secrets.json.copy',
  'window.json',
  'ring-window.json',
];

/** What an update keeps of the version before, in the folder for data. */
export class TrialFolder {
  readonly #userData: string;
  readonly folder: string;

  constructor(userData: string) {
    this.#userData = userData;
    this.folder = join(userData, 'updates');
  }

  /** What this person chose, which lies beside. */
  get choicesFile(): string {
    return join(this.folder, 'choices.json');
  }

  get #file(): string {
    return join(this.folder, 'trial.json');
  }

  get #data(): string {
    return join(this.folder, 'data-before');
  }

  /** The trial that goes on; undefined if there is none, or its file cannot be read. */
  read(): Trial | undefined {
    if (!existsSync(this.#file)) return undefined;
    try {
      return trial.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return undefined;
    }
  }

  /**
   * Keeps a copy of the data.
   *
   * @param copyDatabase writes a sound copy of the database that is in use
   */
  async keepData(copyDatabase: (from: string, to: string) => Promise<unknown>): Promise<void> {
    const partial = `${this.#data}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true, mode: 0o700 });
    const database = join(this.#userData, DATABASE);
    if (existsSync(database)) await copyDatabase(database, join(partial, DATABASE));
    for (const name of KEPT) {
      const from = join(this.#userData, name);
      if (existsSync(from)) copyFileSync(from, join(partial, name));
    }
    rmSync(this.#data, { recursive: true, force: true });
    renameSync(partial, this.#data);
  }

  /** From now on the new version is on trial. */
  begin(begun: Omit<Trial, 'starts'>): void {
    this.#write({ ...begun, starts: 0 });
  }

  /**
   * This version begins to start.
   *
   * @returns the trial if this version has failed it
   */
  noteStart(version: string): Trial | undefined {
    const known = this.read();
    if (!known) return undefined;
    // It was installed by hand meanwhile, or is the version before, which came back.
    if (known.to !== version) {
      this.end();
      return undefined;
    }
    if (known.starts >= MOST_STARTS) return known;
    this.#write({ ...known, starts: known.starts + 1 });
    return undefined;
  }

  /** The data are again as they were before the update. */
  restoreData(): void {
    if (!existsSync(this.#data)) return;
    for (const name of BESIDE) rmSync(join(this.#userData, name), { force: true });
    for (const name of readdirSync(this.#data)) {
      const to = join(this.#userData, name);
      copyFileSync(join(this.#data, name), `${to}.restored`);
      renameSync(`${to}.restored`, to);
    }
  }

  /** The trial is over: what was kept for it is not needed any more. */
  end(): void {
    rmSync(this.#file, { force: true });
    rmSync(this.#data, { recursive: true, force: true });
  }

  /**
   * This version has started well. Its own package stays, for the next update.
   *
   * @returns the version before, if it is the first time
   */
  confirm(version: string): string | undefined {
    const known = this.read();
    if (known?.to !== version) return undefined;
    this.end();
    for (const name of readdirSync(this.folder)) {
      const isPackage = name.startsWith('ringdesk-');
      if (isPackage && !name.startsWith(`ringdesk-${version}.`)) rmSync(join(this.folder, name));
    }
    return known.from;
  }

  /** Notes that a version did not start, so that it is not offered again. */
  noteFailed(version: string): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    let choices: object = { version: 1 };
    try {
      choices = choicesFile.parse(JSON.parse(readFileSync(this.choicesFile, 'utf8')));
    } catch {
      // There are none yet, or they cannot be read.
    }
    const text = JSON.stringify({ ...choices, failed: version, failureSeen: false });
    writeFileSync(this.choicesFile, text, { mode: 0o600 });
  }

  #write(state: Trial): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeFileSync(`${this.#file}.partial`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${this.#file}.partial`, this.#file);
  }
}
