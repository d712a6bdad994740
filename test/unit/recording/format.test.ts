import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readHeader } from '../../../src/recording/format.ts';
import { recordingKeyOf } from '../../../src/recording/keys.ts';
import { readRecording, RecordingUnreadable } from '../../../src/recording/reader.ts';
import { RecordingWriter } from '../../../src/recording/writer.ts';
import type { RecordingFacts, RecordingMark } from '../../../src/shared/recording/model.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringdesk-test-'));
const key = recordingKeyOf('ab'.repeat(32));
const facts: RecordingFacts = {
  callId: 'main/wacid.1',
  accountId: 'main',
  by: 'relay',
  consent: 'announcement',
  startedAt: 1_800_000_000_000,
  agent: 'ana',
  tracks: [
    { track: 0, side: 'agent', type: 'audio/ogg; codecs=opus' },
    { track: 1, side: 'customer', type: 'audio/ogg; codecs=opus' },
  ],
};
const marks: readonly RecordingMark[] = [
  { atMs: 0, kind: 'announcement', from: facts.startedAt - 4_000, to: facts.startedAt - 20 },
  { atMs: 1_500, kind: 'hold' },
  { atMs: 1_700, kind: 'resume' },
  { atMs: 2_000, kind: 'pause', untilMs: 62_000 },
  { atMs: 2_400, kind: 'continue', bySelf: false },
  { atMs: 2_500, kind: 'key', digit: '5' },
  { atMs: 2_600, kind: 'transfer', to: 'bo' },
];
const chunks = Array.from({ length: 12 }, (_, index) => Buffer.alloc(40 + index * 7, index));
let files = 0;

/** Writes a recording of 12 chunks and the marks, and returns its place. */
async function written(): Promise<string> {
  const path = join(folder, `${files++}.rdrec`);
  const writer = await RecordingWriter.create({
    path,
    id: 'one',
    key,
    facts,
    onFailure(error) {
      throw error;
    },
  });
  for (const [index, chunk] of chunks.entries()) writer.audio(index % 2, index * 500, chunk);
  for (const mark of marks) writer.mark(mark);
  expect(await writer.close(6_000)).toBe(true);
  return path;
}

/** Reads a file that was changed, and everything that could be read. */
async function changed(bytes: Buffer) {
  const path = join(folder, `${files++}.rdrec`);
  writeFileSync(path, bytes);
  return readRecording(path, [key]);
}

let whole: Buffer;
let start: number;
/** Where each record begins, and where the file ends. */
const places: number[] = [];
const track = (number: number) => Buffer.concat(chunks.filter((_, index) => index % 2 === number));

beforeAll(async () => {
  whole = readFileSync(await written());
  const header = readHeader(whole);
  if (!header.ok) throw new Error(header.why);
  start = header.length;
  for (let at = start; at < whole.length; at += 4 + whole.readUInt32BE(at)) places.push(at);
  places.push(whole.length);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** That what was read is a beginning of what was written, and nothing else. */
function expectBeginning(read: Awaited<ReturnType<typeof readRecording>>) {
  for (const [number, bytes] of read.tracks) {
    expect(track(number).subarray(0, bytes.length).equals(bytes)).toBe(true);
  }
  expect(marks.slice(0, read.marks.length)).toEqual(
    read.marks.filter(({ kind }) => kind !== 'end'),
  );
}

describe('a recording', () => {
  test('is read as it was written', async () => {
    const read = await changed(whole);
    expect(read.facts).toEqual(facts);
    expect(read.marks).toEqual([...marks, { atMs: 6_000, kind: 'end' }]);
    expect(read.tracks.get(0)?.equals(track(0))).toBe(true);
    expect(read.tracks.get(1)?.equals(track(1))).toBe(true);
    expect(read.stop).toEqual({ why: 'complete', at: whole.length, records: places.length - 1 });
  });

  test('shows nothing of the call without its key', async () => {
    const { callId } = facts;
    expect(whole.includes(callId)).toBe(false);
    expect(whole.includes(chunks[3] ?? '')).toBe(false);
    const path = await written();
    await expect(readRecording(path, [recordingKeyOf('cd'.repeat(32))])).rejects.toMatchObject({
      why: 'no-key',
    });
  });

  test('that was cut anywhere is read up to the cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: start, max: whole.length - 1 }), async (cut) => {
        const read = await changed(whole.subarray(0, cut));
        expectBeginning(read);
        const last = places.filter((place) => place <= cut).length - 1;
        expect(read.stop).toEqual({ why: 'unfinished', at: places[last], records: last });
      }),
      { numRuns: 60 },
    );
  });

  test('with flipped bits is read up to the damage', async () => {
    const bit = fc.tuple(
      fc.integer({ min: start, max: whole.length - 1 }),
      fc.integer({ min: 0, max: 7 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(bit, { minLength: 1, maxLength: 5 }), async (bits) => {
        const bytes = Buffer.from(whole);
        for (const [at, shift] of bits) bytes[at] = (bytes[at] ?? 0) ^ (1 << shift);
        const first = bytes.findIndex((byte, at) => byte !== whole[at]);
        const read = await changed(bytes);
        expectBeginning(read);
        if (first < 0) return;
        expect(read.stop.why).not.toBe('complete');
        expect(read.stop.records).toBe(places.findLastIndex((place) => place <= first));
      }),
      { numRuns: 60 },
    );
  });

  test('with records that are repeated, swapped, left out or of another recording stops there', async () => {
    const record = (index: number) => whole.subarray(places[index], places[index + 1]);
    const all = places.slice(0, -1).map((_, index) => record(index));
    const head = whole.subarray(0, start);
    const file = (...records: readonly Buffer[]) => Buffer.concat([head, ...records]);
    const stop = async (bytes: Buffer) => (await changed(bytes)).stop;
    const damagedAt = (records: number) => ({ why: 'damaged', at: places[records], records });

    expect(await stop(file(...all.slice(0, 4), record(3), ...all.slice(4)))).toEqual(damagedAt(4));
    expect(await stop(file(...all.slice(0, 4), record(5), record(4)))).toEqual(damagedAt(4));
    expect(await stop(file(...all.slice(0, 4), ...all.slice(5)))).toEqual(damagedAt(4));
    const other = readFileSync(await written());
    const strange = other.subarray(places[4], places[5]);
    expect(await stop(file(...all.slice(0, 4), strange))).toEqual(damagedAt(4));
    expect((await stop(Buffer.concat([whole, record(5)]))).why).toBe('complete');
  });

  test('with a damaged header is refused, never read wrongly', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: start - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (at, shift) => {
          const bytes = Buffer.from(whole);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << shift);
          // A field's name that is not read, or unused bits of base64, may change without harm.
          await changed(bytes).then(
            (read) => expectBeginning(read),
            (error: unknown) => expect(error).toBeInstanceOf(RecordingUnreadable),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
