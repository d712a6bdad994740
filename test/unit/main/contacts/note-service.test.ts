import { expect, test } from 'vitest';
import { NoteService } from '../../../../src/main/contacts/note-service.ts';
import type { UnsentNote } from '../../../../src/main/db/call-notes.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { endedCall } from '../../../helpers/calls.ts';
import { settled } from '../../../helpers/until.ts';

const call = endedCall(1);

function open() {
  const clock = new FakeClock();
  const notes = new Map<string, UnsentNote>();
  const reported: string[] = [];
  const relay = { isThere: true, onReport: () => {} };
  const failures: unknown[] = [];
  let changes = 0;
  const service = new NoteService({
    store: {
      set: (note) => void notes.set(note.callId, note),
      unsent: () => [...notes.values()],
      sent: ({ callId, at }) => {
        if (notes.get(callId)?.at === at) notes.delete(callId);
      },
      of: () => ({ text: '', tags: [], others: [] }),
    },
    call: (callId) => (callId === call.id ? call : undefined),
    report: async ({ text }) => {
      relay.onReport();
      await settled();
      if (relay.isThere) reported.push(text);
      return relay.isThere;
    },
    clock,
    callbacksChanged: () => undefined,
    changed: () => {
      changes += 1;
    },
    failed: (error) => void failures.push(error),
  });
  const rest = async () => {
    clock.advance(10_000);
    await settled();
    await settled();
    await settled();
  };
  return { service, clock, notes, reported, relay, rest, failures, changes: () => changes };
}

test('each change is stored at once, and a pause shares only the last', async () => {
  const { service, clock, notes, reported, rest, changes } = open();
  for (const text of ['w', 'wa', 'wants']) {
    expect(service.set(call.id, { text, tags: [] })).toBe(true);
    expect(notes.get(call.id)?.text).toBe(text);
    clock.advance(500);
  }
  expect(reported).toEqual([]);
  await rest();
  expect(reported).toEqual(['wants']);
  expect(notes.size).toBe(0);
  expect(changes()).toBe(1);
});

test('what the relay could not be told is told after the next connection', async () => {
  const { service, notes, reported, relay, rest, changes } = open();
  relay.isThere = false;
  service.set(call.id, { text: 'promised a call at four', tags: [] });
  await rest();
  expect([reported, notes.size, changes()]).toEqual([[], 1, 0]);
  relay.isThere = true;
  await service.share();
  expect([reported, notes.size]).toEqual([['promised a call at four'], 0]);
});

test('a text written while the one before it is on its way is not taken for shared', async () => {
  const { service, clock, notes, reported, relay } = open();
  service.set(call.id, { text: 'one', tags: [] });
  relay.onReport = () => {
    relay.onReport = () => {};
    clock.advance(1);
    service.set(call.id, { text: 'two', tags: [] });
  };
  await service.share();
  expect([...notes.values()].map(({ text }) => text)).toEqual(['two']);
  await service.share();
  expect(reported).toEqual(['one', 'two']);
});

test('a failure does not hold up what is shared next', async () => {
  const { service, reported, relay, failures } = open();
  const broken = new Error('the disk is full');
  relay.onReport = () => {
    relay.onReport = () => {};
    throw broken;
  };
  service.set(call.id, { text: 'one', tags: [] });
  await service.share();
  await service.share();
  expect([failures, reported]).toEqual([[broken], ['one']]);
});

test('a note about no call is refused', () => {
  expect(open().service.set('nowhere', { text: 'x', tags: [] })).toBe(false);
});
