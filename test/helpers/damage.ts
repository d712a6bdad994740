import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';

/** Random numbers from a seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PAGE = 4096;

/**
 * Overwrites a share of the pages with noise. The first stays, so it still looks like a database.
 */
export function damagePages(path: string, share: number, seed: number, fill?: number): void {
  const random = seeded(seed);
  const file = openSync(path, 'r+');
  const pages = Math.floor(readFileSync(path).length / PAGE);
  for (let page = 1; page < pages; page++) {
    if (random() >= share) continue;
    const noise = Buffer.alloc(PAGE, fill ?? 0);
    if (fill === undefined)
      for (let at = 0; at < PAGE; at++) noise[at] = Math.floor(random() * 256);
    writeSync(file, noise, 0, PAGE, page * PAGE);
  }
  fsyncSync(file);
  closeSync(file);
}

/** Flips single bits anywhere behind the header. */
function flipBits(path: string, count: number, seed: number): void {
  const random = seeded(seed);
  const bytes = readFileSync(path);
  for (let n = 0; n < count; n++) {
    const at = 100 + Math.floor(random() * (bytes.length - 100));
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  writeFileSync(path, bytes);
}

/** Every kind of damage to database files, by name. */
export const damages: Readonly<Record<string, (path: string, seed: number) => void>> = {
  '40 % of the pages are noise': (path, seed) => damagePages(path, 0.4, seed),
  '40 % of the pages are zeros': (path, seed) => damagePages(path, 0.4, seed, 0),
  'cut to half': (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2)),
  'cut within a page': (path) =>
    truncateSync(path, Math.floor(readFileSync(path).length * 0.7) + 123),
  'bits are flipped': (path, seed) => flipBits(path, 400, seed),
  'the first page is noise': (path, seed) => {
    const random = seeded(seed);
    const file = openSync(path, 'r+');
    writeSync(
      file,
      Buffer.from(Array.from({ length: PAGE }, () => Math.floor(random() * 256))),
      0,
      PAGE,
      0,
    );
    closeSync(file);
  },
  'the header is text': (path) => {
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.from('<html>not found</html>'), 0, 22, 0);
    closeSync(file);
  },
  'the schema is zeros': (path) => {
    const file = openSync(path, 'r+');
    const head = Buffer.alloc(100);
    readSync(file, head, 0, 100, 0);
    writeSync(file, Buffer.alloc(PAGE - 100), 0, PAGE - 100, 100);
    closeSync(file);
  },
  empty: (path) => truncateSync(path, 0),
  'noise alone': (path, seed) => {
    const random = seeded(seed);
    writeFileSync(
      path,
      Buffer.from(Array.from({ length: 50_000 }, () => Math.floor(random() * 256))),
    );
  },
  'its log is noise': (path, seed) => {
    const random = seeded(seed);
    writeFileSync(
      `${path}-wal`,
      Buffer.from(Array.from({ length: 50_000 }, () => Math.floor(random() * 256))),
    );
  },
  'its log is lost': (path) => rmSync(`${path}-wal`, { force: true }),
};
