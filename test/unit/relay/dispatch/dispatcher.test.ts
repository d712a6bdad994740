import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { Dispatcher } from '../../../../src/relay/dispatch/dispatcher.ts';
import { createLog } from '../../../../src/relay/log.ts';
import { migrateStore } from '../../../../src/relay/store/migrations.ts';
import { sqliteStore } from '../../../../src/relay/store/sqlite-store.ts';
import { dispatchTypes } from '../../../../src/shared/protocol/dispatch-types.ts';
import { FakeClock } from '../../../fakes/clock.ts';

const DAY_MS = 86_400_000;
const from = { id: 'ana', name: 'Ana' };

/** A log in which nothing concerns the endpoint. */
function open() {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  migrateStore(db);
  const store = sqliteStore(db, () => undefined);
  const clock = new FakeClock();
  const events: string[] = [];
  const reads: number[] = [];
  const start = () =>
    new Dispatcher({
      endpoints: [
        {
          id: 'crm',
          url: 'https://crm.example/',
          events: [...dispatchTypes],
          numbers: ['support'],
          privateNetwork: false,
          workspace: 'main',
          secret: Buffer.alloc(32),
        },
      ],
      store: {
        ...store,
        entriesAfter(cursor, limit) {
          reads.push(cursor);
          return store.entriesAfter(cursor, limit);
        },
      },
      isOurTurn: () => true,
      clock,
      log: createLog((line) => events.push(JSON.parse(line).event)),
      post: async () => ({ kind: 'answer', status: 204 }),
      random: () => 0.5,
    });
  const append = () =>
    store.appendMessage(
      {
        type: 'told',
        messageId: 'one',
        workspace: 'main',
        from,
        to: ['ben'],
        toName: 'Ben',
        team: false,
        text: 'hi',
      },
      clock.now(),
    );
  return { store, clock, events, reads, start, append };
}

test('an entry that tells nobody anything is read once', async () => {
  const { reads, start, append } = open();
  const dispatcher = start();
  dispatcher.wake();
  await setImmediate();
  for (let count = 0; count < 4; count++) {
    await append();
    dispatcher.wake();
    await setImmediate();
  }
  expect(reads).toEqual([...new Set(reads)]);
  expect(reads).toHaveLength(4);
  await dispatcher.close();
});

test('entries that are gone before they were read are reported once', async () => {
  const { store, clock, events, start, append } = open();
  const first = start();
  first.wake();
  await setImmediate();
  await append();
  first.wake();
  await setImmediate();
  await first.close();
  clock.jump(DAY_MS);
  await store.prune(clock.now());
  for (let restarts = 0; restarts < 2; restarts++) {
    const again = start();
    for (let looks = 0; looks < 3; looks++) {
      again.wake();
      await setImmediate();
    }
    await again.close();
  }
  expect(events.filter((event) => event === 'dispatch.entries-gone')).toHaveLength(1);
});
