import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

/** What is wrong with a small file; it is never overwritten because of that. */
export interface FileTrouble {
  /**
   * `damaged`: it was moved to `aside`. `newer`: a later version wrote it. `no-access`: the system
   * does not let us read it. `not-written`: it still has the previous content.
   */
  kind: 'damaged' | 'newer' | 'no-access' | 'not-written';
  path: string;
  /** Where the damaged file is now; missing if it could not be moved. */
  aside?: string | undefined;
  /** Its copy was used instead. */
  restored: boolean;
  /** The system's message, without content. */
  why: string;
}

export interface JsonFileOptions {
  /** Keeps a copy beside it, for when it is damaged or gone. */
  copy?: boolean | undefined;
  /** Called with trouble, once per kind until a write works. */
  trouble?: ((trouble: FileTrouble) => void) | undefined;
  /** Unix ms, for the name of a file that is set aside. */
  now?: (() => number) | undefined;
}

type Read<T> =
  | { kind: 'value'; value: T }
  | { kind: 'absent' }
  | { kind: 'newer'; value: T | undefined; why: string }
  | { kind: 'damaged' | 'no-access'; why: string };

/** Ours are a few kilobytes. */
const LARGEST = 16 * 1024 * 1024;
const versioned = z.looseObject({ version: z.number() });

/**
 * A small file of ours. A missing file is normal; an unreadable one is reported: a damaged file is
 * moved aside, and one of a later version or without read permission is left alone.
 */
export class JsonFile<T> {
  readonly #path: string;
  readonly #schema: z.ZodType<T>;
  readonly #options: JsonFileOptions;
  readonly #reported = new Set<FileTrouble['kind']>();
  #isLost = false;

  constructor(path: string, schema: z.ZodType<T>, options: JsonFileOptions = {}) {
    this.#path = path;
    this.#schema = schema;
    this.#options = options;
  }

  get #copyPath(): string {
    return `${this.#path}.copy`;
  }

  /** Whether the last read found a file but no usable content: this is not a first start. */
  get lost(): boolean {
    return this.#isLost;
  }

  /** Only reads; reports and moves nothing. */
  peek(): T | undefined {
    const found = readOne(this.#path, this.#schema);
    const copied = this.#options.copy ? readOne(this.#copyPath, this.#schema) : found;
    return valueOf(found) ?? valueOf(copied);
  }

  /**
   * The content, or that of its copy; undefined if there is none or it cannot be read. Never
   * throws.
   */
  read(): T | undefined {
    const value = this.#find();
    this.#isLost = value === undefined && this.#reported.size > 0;
    return value;
  }

  #find(): T | undefined {
    const found = readOne(this.#path, this.#schema);
    switch (found.kind) {
      case 'value':
        if (this.#options.copy && !existsSync(this.#copyPath))
          this.#put(this.#copyPath, found.value);
        return found.value;
      case 'absent': {
        const value = this.#restored();
        const aside = value === undefined ? this.#lastAside() : undefined;
        if (aside !== undefined) this.#report({ kind: 'damaged', aside, restored: false, why: '' });
        return value;
      }
      case 'newer': {
        const value = found.value ?? this.#copied();
        this.#report({ kind: 'newer', restored: value !== undefined, why: found.why });
        return value;
      }
      case 'damaged': {
        const aside = this.#moveAside();
        const value = this.#restored();
        const { kind, why } = found;
        this.#report({ kind, aside, restored: value !== undefined, why });
        return value;
      }
      case 'no-access': {
        const value = this.#copied();
        this.#report({ kind: found.kind, restored: value !== undefined, why: found.why });
        return value;
      }
      default:
        return found satisfies never;
    }
  }

  /**
   * Writes a new file and renames it, so that a crash or a power cut leaves the old or the new one.
   * Only this user can read it. An unreadable file is moved aside first; one of a later version
   * stays, and nothing is written.
   *
   * @returns whether it is on the disk
   */
  write(value: T): boolean {
    const found = readOne(this.#path, this.#schema);
    if (found.kind === 'newer') {
      this.#report({ kind: 'newer', restored: false, why: found.why });
      return false;
    }
    if (found.kind === 'damaged' || found.kind === 'no-access') {
      const aside = this.#moveAside();
      this.#report({ kind: found.kind, aside, restored: false, why: found.why });
    }
    const done =
      (!this.#options.copy || this.#put(this.#copyPath, value)) && this.#put(this.#path, value);
    if (done) this.#reported.clear();
    return done;
  }

  #copied(): T | undefined {
    return this.#options.copy ? valueOf(readOne(this.#copyPath, this.#schema)) : undefined;
  }

  #restored(): T | undefined {
    const value = this.#copied();
    if (value !== undefined) this.#put(this.#path, value);
    return value;
  }

  #put(path: string, value: T): boolean {
    const beside = `${path}.${randomUUID()}.new`;
    try {
      const file = openSync(beside, 'wx', 0o600);
      try {
        writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(beside, path);
      syncFolder(dirname(path));
      return true;
    } catch (error) {
      rmSync(beside, { force: true });
      this.#report({ kind: 'not-written', restored: false, why: messageOf(error) });
      return false;
    }
  }

  #moveAside(): string | undefined {
    const { now = Date.now } = this.#options;
    const name = `${this.#path}.unreadable-${new Date(now()).toISOString().replaceAll(':', '-')}`;
    let to = name;
    for (let n = 2; existsSync(to); n++) to = `${name}-${n}`;
    try {
      renameSync(this.#path, to);
      return to;
    } catch {
      return undefined;
    }
  }

  /** A damaged file was moved away at an earlier start, and nothing was written since. */
  #lastAside(): string | undefined {
    if (!this.#options.copy) return undefined;
    const start = `${basename(this.#path)}.unreadable-`;
    try {
      const names = readdirSync(dirname(this.#path)).filter((name) => name.startsWith(start));
      const last = names.toSorted().at(-1);
      return last === undefined ? undefined : join(dirname(this.#path), last);
    } catch {
      return undefined;
    }
  }

  #report(trouble: Omit<FileTrouble, 'path'>): void {
    if (this.#reported.has(trouble.kind)) return;
    this.#reported.add(trouble.kind);
    this.#options.trouble?.({ path: this.#path, ...trouble });
  }
}

function valueOf<T>(found: Read<T>): T | undefined {
  return found.kind === 'value' || found.kind === 'newer' ? found.value : undefined;
}

function readOne<T>(path: string, schema: z.ZodType<T>): Read<T> {
  let text: string;
  try {
    const { size, isFile } = statOf(path);
    // Reading a pipe would block forever.
    if (!isFile) return { kind: 'no-access', why: 'it is not a file' };
    if (size > LARGEST) return { kind: 'damaged', why: 'it is too large' };
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (isAbsent(error)) return { kind: 'absent' };
    return { kind: 'no-access', why: messageOf(error) };
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    return { kind: 'damaged', why: text.trim() === '' ? 'it is empty' : 'it is not JSON' };
  }
  const { success, data } = schema.safeParse(content);
  if (success) return { kind: 'value', value: data };
  const said = versioned.safeParse(content);
  if (!said.success || said.data.version <= 1) {
    return { kind: 'damaged', why: 'it does not hold what it should' };
  }
  const asOurs = schema.safeParse({ ...said.data, version: 1 });
  const why = `it is of version ${said.data.version}, which a later Ringdesk wrote`;
  return { kind: 'newer', value: asOurs.data, why };
}

function statOf(path: string): { size: number; isFile: boolean } {
  const stat = statSync(path);
  return { size: stat.size, isFile: stat.isFile() };
}

/** Otherwise a power cut may bring the old name back. */
function syncFolder(path: string): void {
  // Windows cannot sync a folder.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
