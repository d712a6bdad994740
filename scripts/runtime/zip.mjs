import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/**
 * Extracts chosen files of a zip archive. Our own few lines, because the archive holds 25,000 files of
 * which we want twenty, and a fresh machine has no unzip. Only what that archive uses is understood:
 * stored and deflated files, no zip64, no symbolic links.
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} rename the path to extract to, undefined to skip
 */
export async function extract(archive, folder, rename) {
  const file = await open(archive);
  try {
    for (const entry of await readDirectory(file)) {
      const target = entry.name.endsWith('/') ? undefined : rename(entry.name);
      if (target === undefined) continue;
      const path = join(folder, target);
      await mkdir(dirname(path), { recursive: true });
      const out = createWriteStream(path, { mode: entry.mode || 0o644 });
      const start = await dataOffset(file, entry.headerOffset);
      if (entry.size === 0) out.end();
      else {
        const data = createReadStream(archive, { start, end: start + entry.size - 1 });
        if (entry.method === 0) await pipeline(data, out);
        else if (entry.method === 8) await pipeline(data, createInflateRaw(), out);
        else throw new Error(`${archive}: ${entry.name} uses compression ${entry.method}`);
      }
    }
  } finally {
    await file.close();
  }
}

/** @typedef {import('node:fs/promises').FileHandle} FileHandle */

/**
 * @param {FileHandle} file
 * @param {number} position
 * @param {number} length
 */
async function read(file, position, length) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The archive's table of contents, which stands at its end. @param {FileHandle} file */
async function readDirectory(file) {
  const { size } = await file.stat();
  const tail = await read(file, Math.max(0, size - 65_557), 65_557);
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('This is no zip archive, or its end is missing.');
  const table = await read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries = [];
  for (let at = 0; at + 46 <= table.length;) {
    const nameLength = table.readUInt16LE(at + 28);
    entries.push({
      method: table.readUInt16LE(at + 10),
      size: table.readUInt32LE(at + 20),
      mode: (table.readUInt32LE(at + 38) >>> 16) & 0o777,
      headerOffset: table.readUInt32LE(at + 42),
      name: table.toString('utf8', at + 46, at + 46 + nameLength),
    });
    at += 46 + nameLength + table.readUInt16LE(at + 30) + table.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * Where a file's bytes begin: its own header repeats the name and has extra fields of its own length.
 * @param {FileHandle} file
 * @param {number} headerOffset
 */
async function dataOffset(file, headerOffset) {
  const header = await read(file, headerOffset, 30);
  return headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}
