import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../../../src/relay/log.ts';
import { openSqliteStore } from '../../../../src/relay/store/sqlite.ts';
import type { Store } from '../../../../src/relay/store/store.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { RIGHTS } from '../../../helpers/rights.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'ringdesk-unreadable-'));
const file = path.join(dir, 'relay.sqlite');
const clock = new FakeClock();
const lines: { event: string; table?: string; key?: string }[] = [];
let store: Store;
let raw: InstanceType<typeof Database>;

beforeAll(async () => {
  const log = createLog((line) => lines.push(JSON.parse(line)));
  store = openSqliteStore(dir, undefined, { clock, log });
  raw = new Database(file);
  for (let n = 1; n <= 9; n++) {
    const callId = `main/${n}`;
    await store.append(
      {
        accountId: 'main',
        receivedAt: clock.now(),
        headers: {},
        body: new Uint8Array(1),
        problems: [],
      },
      [
        {
          identity: callId,
          body: {
            type: 'provider',
            accountId: 'main',
            providerCallId: String(n),
            path: 'relayed',
            event: { kind: 'offer', at: clock.now(), party: { name: 'Bia' } },
          },
          sdp: 'v=0',
        },
      ],
    );
    await store.agents.add([{ id: `a${n}`, name: 'A', ...RIGHTS, tokenHash: `h${n}` }], 0);
  }
});
afterAll(async () => {
  raw.close();
  await store.close();
  rmSync(dir, { recursive: true });
});

/** The text with one flipped bit, as it is read back. */
function flipped(text: string, at: number, bit: number): Buffer {
  const bytes = Buffer.from(text);
  const index = at % bytes.length;
  bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
  return bytes;
}

describe('a damaged row', () => {
  it('B4 of the log blocks no later entry, whichever bit is flipped', async () => {
    const before = await store.entriesAfter(0, 100);
    const body = JSON.stringify(before[4]?.body);
    const put = raw.prepare('UPDATE log SET body = CAST(? AS TEXT) WHERE cursor = 5');
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(7), async (at, bit) => {
        put.run(flipped(body, at, bit));
        const now = await store.entriesAfter(0, 100);
        expect(now.map(({ cursor }) => cursor)).toEqual(before.map(({ cursor }) => cursor));
        expect(now.toSpliced(4, 1)).toEqual(before.toSpliced(4, 1));
        expect(['provider', 'unreadable']).toContain(now[4]?.body.type);
      }),
      { seed: 4, numRuns: 300 },
    );
    put.run(Buffer.from(body));
  });

  it.each([
    '',
    'null',
    '[]',
    '42',
    '{"type":"provider"}',
    '{"type":"key"',
    `"${'x'.repeat(1_100_000)}"`,
  ])('B4 of the log with other content is reported and keeps its place (%#)', async (body) => {
    raw.prepare('UPDATE log SET body = ? WHERE cursor = 3').run(body);
    const entries = await store.entriesAfter(0, 100);
    expect(entries[2]).toEqual({
      cursor: 3,
      at: 0,
      accountId: 'main',
      body: { type: 'unreadable' },
    });
    expect(entries).toHaveLength(9);
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'store.unreadable', table: 'log', key: '3' }),
    );
  });

  it('B3 of the log that is larger than a frame is skipped like a damaged one', async () => {
    const text = 'x'.repeat(1_048_576);
    const body = { type: 'released', callId: 'main/1', by: { id: 'a', name: 'A' }, why: text };
    raw.prepare('UPDATE log SET body = ? WHERE cursor = 6').run(JSON.stringify(body));
    expect((await store.entriesAfter(5, 1))[0]?.body).toEqual({ type: 'unreadable' });
  });

  it('B4 of the calls in progress does not hide the others', async () => {
    raw.prepare(`UPDATE relayed_calls SET record = '{"callId":' WHERE call_id = 'main/2'`).run();
    raw.prepare(`UPDATE relayed_calls SET record = 'null' WHERE call_id = 'main/4'`).run();
    const open = (await store.openRelayedCalls()).map(({ callId }) => callId);
    expect(open).toHaveLength(7);
    expect(await store.relayedCall('main/2')).toBeUndefined();
    expect(await store.relayedCall('main/3')).toMatchObject({ callId: 'main/3' });
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'store.unreadable', table: 'relayed_calls', key: 'main/2' }),
    );
  });

  it('B4 of an agent keeps nobody else out', async () => {
    raw.pragma('ignore_check_constraints = ON');
    raw.prepare(`UPDATE agents SET role = 'king' WHERE id = 'a3'`).run();
    expect((await store.agents.list()).map(({ id }) => id)).toEqual([
      'a1',
      'a2',
      'a4',
      'a5',
      'a6',
      'a7',
      'a8',
      'a9',
    ]);
    expect(await store.agents.byTokenHash('h3')).toBeUndefined();
    expect(await store.agents.byTokenHash('h4')).toMatchObject({ id: 'a4' });
  });

  it.each(['{"call":', 'null', '{}'])('B4 of a legal hold lifts no other (%#)', async (body) => {
    const by = { id: 'a', name: 'A' };
    const hold = { accountId: 'main', on: true, recordings: [], by };
    for (const [at, call] of ['h1', 'h2', 'h3'].entries()) {
      await store.hold({ ...hold, call, at });
    }
    raw.prepare(`UPDATE legal_hold SET body = ? WHERE call = 'h2'`).run(body);
    expect((await store.holds()).map(({ call }) => call)).toEqual(['h1', 'h3']);
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'store.unreadable', table: 'legal_hold', key: 'h2' }),
    );
    raw.prepare('DELETE FROM legal_hold').run();
  });

  it.each(['{"id":', 'null', '{}'])('B4 of an erasure hides no other (%#)', async (body) => {
    for (const [at, id] of ['e1', 'e2', 'e3'].entries()) {
      await store.noteErasure('w', { id, at: at + 1, salt: 's', hashes: ['h'] });
    }
    raw.prepare(`UPDATE erasures SET body = ? WHERE id = 'e2'`).run(body);
    expect((await store.erasures('w', 0)).map(({ id }) => id)).toEqual(['e1', 'e3']);
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'store.unreadable', table: 'erasures', key: 'e2' }),
    );
    raw.prepare('DELETE FROM erasures').run();
  });

  it('B4 is reported once, however often it is read', async () => {
    await store.entriesAfter(0, 100);
    await store.entriesAfter(0, 100);
    const reported = lines.filter(({ table, key }) => table === 'log' && key === '3');
    expect(reported).toHaveLength(1);
  });
});
