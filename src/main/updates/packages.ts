import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from 'zod';
import { UpdateProblem } from './problem.ts';
import { isSigned, sha512Of } from './signature.ts';

/** A package, and what it must be. */
export interface KnownPackage {
  file: string;
  sha512: string;
}

const release = z.object({
  version: z.string(),
  files: z.array(z.object({ url: z.string().min(1), sha512: z.string().min(1) })),
});

/** A description of a version is no longer than this, in bytes. */
const LONGEST = 100_000;
/** A package neither. */
const LARGEST = 1_000_000_000;

/** What the update server answers. */
export interface Fetched {
  ok: boolean;
  status: number;
  body: AsyncIterable<Uint8Array> | null;
}

interface PackagesPorts {
  /** Where the update server's files are, with a slash at its end. */
  url: string;
  key: string;
  fetch: (url: string) => Promise<Fetched>;
  /** Reads YAML. */
  parse: (text: string) => unknown;
  /** Where packages are kept. */
  folder: string;
}

/** The packages of this version and of the next, kept so that each can be installed without the server. */
export class Packages {
  readonly #ports: PackagesPorts;

  constructor(ports: PackagesPorts) {
    this.#ports = ports;
  }

  /**
   * The package of the version that runs: the one that an update left, or the server's.
   *
   * @param extension e.g. `.deb`
   */
  async ofVersion(version: string, extension: string, system: string): Promise<KnownPackage> {
    const described = await this.#describe(version, system);
    const found = described.files.find(({ url }) => extname(url) === extension);
    if (!found) throw new UpdateProblem('unreachable', `${version} has no ${extension} package`);
    const kept = await this.kept(version, extension, found.sha512);
    if (kept) return kept;
    const known = { file: this.#pathOf(version, extension), sha512: found.sha512 };
    await this.#fetchTo(new URL(found.url, this.#ports.url), known);
    return known;
  }

  /** A package that is kept already; undefined if there is none, or another. @param extension e.g. `.deb` */
  async kept(
    version: string,
    extension: string,
    sha512: string,
  ): Promise<KnownPackage | undefined> {
    const file = this.#pathOf(version, extension);
    return existsSync(file) && (await sha512Of(file)) === sha512 ? { file, sha512 } : undefined;
  }

  /** Keeps a package that was fetched, and checks it once more. @throws UpdateProblem if it is not the one */
  async keep(version: string, { file, sha512 }: KnownPackage): Promise<KnownPackage> {
    const kept = this.#pathOf(version, extname(file));
    if (kept === file) {
      await this.#check({ file, sha512 });
      return { file, sha512 };
    }
    mkdirSync(this.#ports.folder, { recursive: true, mode: 0o700 });
    copyFileSync(file, `${kept}.partial`);
    await this.#check({ file: `${kept}.partial`, sha512 });
    renameSync(`${kept}.partial`, kept);
    return { file: kept, sha512 };
  }

  async #describe(version: string, system: string): Promise<z.infer<typeof release>> {
    const name = `ringdesk-${version}${system}.yml`;
    const [text, signature] = await Promise.all([this.#text(name), this.#text(`${name}.sig`)]);
    if (!isSigned(text, signature, this.#ports.key)) {
      throw new UpdateProblem('not-ours', `${name} is not signed with our key`);
    }
    const described = release.safeParse(this.#ports.parse(text));
    // What we signed for another version must not stand in for this one.
    if (!described.success || described.data.version !== version) {
      throw new UpdateProblem('not-ours', `${name} describes another version`);
    }
    return described.data;
  }

  async #text(name: string): Promise<string> {
    const response = await this.#ports.fetch(new URL(name, this.#ports.url).href);
    if (!response.ok) throw new UpdateProblem('unreachable', `${name}: HTTP ${response.status}`);
    const parts: Uint8Array[] = [];
    for await (const part of limited(response.body ?? [], LONGEST, name)) parts.push(part);
    return Buffer.concat(parts).toString('utf8');
  }

  async #fetchTo(url: URL, { file, sha512 }: KnownPackage): Promise<void> {
    const response = await this.#ports.fetch(url.href);
    if (!response.ok || !response.body) {
      throw new UpdateProblem('unreachable', `${url.pathname}: HTTP ${response.status}`);
    }
    const partial = `${file}.partial`;
    mkdirSync(this.#ports.folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(partial, limited(response.body, LARGEST, url.pathname));
    } catch (error) {
      rmSync(partial, { force: true });
      throw error;
    }
    await this.#check({ file: partial, sha512 });
    renameSync(partial, file);
  }

  async #check({ file, sha512 }: KnownPackage): Promise<void> {
    if ((await sha512Of(file)) === sha512) return;
    rmSync(file, { force: true });
    throw new UpdateProblem('not-ours', `${file} is not what was signed`);
  }

  #pathOf(version: string, extension: string): string {
    return join(this.#ports.folder, `ringdesk-${version}${extension}`);
  }
}

/** What a server sends, which need not end. */
async function* limited(
  body: AsyncIterable<Uint8Array> | readonly Uint8Array[],
  most: number,
  name: string,
): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > most) throw new UpdateProblem('not-ours', `${name} has no end`);
    yield part;
  }
}
