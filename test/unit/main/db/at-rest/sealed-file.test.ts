import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SealedFile, SealedWriter } from '../../../../../src/main/db/at-rest/sealed-file.ts';

const key = randomBytes(32).toString('hex');
const other = randomBytes(32).toString('hex');

function file(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sealed-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'file');
}

async function write(path: string, content: Buffer, by: string | undefined) {
  const writer = await SealedWriter.create(path, by);
  for (let at = 0; at < content.length; at += 10_007) {
    await writer.write(content.subarray(at, at + 10_007));
  }
  return writer.finish();
}

async function readAll(path: string, from: number, to: number, keys: readonly string[]) {
  const sealed = await SealedFile.open(path, keys);
  try {
    const parts: Buffer[] = [];
    for (let at = from; at < to;) {
      const part = await sealed.read(at, to);
      if (part.length === 0) break;
      parts.push(part);
      at += part.length;
    }
    return { bytes: sealed.bytes, content: Buffer.concat(parts) };
  } finally {
    await sealed.close();
  }
}

test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 300_001])(
  '%d bytes are read from any place, with and without a key',
  async (length) => {
    const content = randomBytes(length);
    for (const by of [key, undefined]) {
      const path = file();
      const sha256 = createHash('sha256').update(content).digest('hex');
      expect(await write(path, content, by)).toEqual({ bytes: length, sha256 });
      const all = await readAll(path, 0, length + 5, [other, key]);
      expect(all.bytes).toBe(length);
      expect(all.content.equals(content)).toBe(true);
      const [from, to] = [Math.floor(length / 3), Math.floor((length * 2) / 3)];
      const part = await readAll(path, from, to, [key]);
      expect(part.content.equals(content.subarray(from, to))).toBe(true);
    }
  },
);

test('nothing of the content is on the disk, and another key does not open it', async () => {
  const path = file();
  await write(path, Buffer.from('what the customer said'), key);
  expect(readFileSync(path).includes('customer')).toBe(false);
  await expect(SealedFile.open(path, [other])).rejects.toThrow('no-key');
  await expect(SealedFile.open(path, [])).rejects.toThrow('no-key');
});

test('a changed, a cut and an exchanged piece are found', async () => {
  const path = file();
  await write(path, randomBytes(200_000), key);
  const whole = readFileSync(path);
  const header = whole.length - (200_000 + 4 * 16);
  const piece = 65_536 + 16;

  const flipped = Buffer.from(whole);
  flipped[header + piece + 99] = (flipped[header + piece + 99] ?? 0) ^ 1;
  writeFileSync(path, flipped);
  await expect(readAll(path, 0, 65_536, [key])).resolves.toBeDefined();
  await expect(readAll(path, 0, 200_000, [key])).rejects.toThrow('damaged');

  writeFileSync(path, whole);
  truncateSync(path, header + 2 * piece);
  await expect(readAll(path, 0, 200_000, [key])).rejects.toThrow('damaged');

  const [first, second] = [
    whole.subarray(header, header + piece),
    whole.subarray(header + piece, header + 2 * piece),
  ];
  writeFileSync(
    path,
    Buffer.concat([whole.subarray(0, header), second, first, whole.subarray(header + 2 * piece)]),
  );
  await expect(readAll(path, 0, 200_000, [key])).rejects.toThrow('damaged');
});
