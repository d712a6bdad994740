import { expect, test } from 'vitest';
import { TeamMessages } from '../../../../src/main/team/team-messages.ts';
import type { KeptMessage } from '../../../../src/shared/ipc/team-message.ts';
import type { LogBody } from '../../../../src/shared/protocol/log-entry.ts';

function opened() {
  let kept: readonly KeptMessage[] = [];
  const notices = new Set<string>();
  const asked: unknown[] = [];
  let isOnline = true;
  const answer = async (what: unknown) => {
    asked.push(what);
    return isOnline ? ({ kind: 'granted' } as const) : ({ kind: 'unreachable' } as const);
  };
  const messages = new TeamMessages({
    store: { get: () => kept, set: (next) => (kept = next) },
    relay: { tell: answer, toldRead: answer },
    selfId: () => 'ana',
    notices: {
      add: ({ id = '' }) => void notices.add(id),
      remove: (id) => void notices.delete(id),
    },
    changed: () => undefined,
  });
  return {
    messages,
    notices,
    asked,
    setOnline: (online: boolean) => {
      isOnline = online;
    },
  };
}

const told = (messageId: string, from: string): LogBody => ({
  type: 'told',
  messageId,
  workspace: 'default',
  from: { id: from, name: from.toUpperCase() },
  to: ['ana'],
  toName: 'Ana',
  team: false,
  text: `Text of ${messageId}`,
});

test('a message is announced once, kept, and marked as read when it was seen', async () => {
  const { messages, notices, asked } = opened();
  for (const _ of [1, 2]) messages.handleEntry(told('1', 'ben'), 5);
  expect(messages.list()).toMatchObject([{ id: '1', isUnread: true, text: 'Text of 1' }]);
  expect([...notices]).toEqual(['told/1']);
  expect((await messages.markRead()).ok).toBe(true);
  expect(asked).toEqual([{ messages: [{ id: '1', from: 'ben' }] }]);
  expect(messages.list()).toMatchObject([{ isUnread: false }]);
  expect(notices.size).toBe(0);
});

test('its sender is told later if the relay cannot be reached', async () => {
  const { messages, notices, asked, setOnline } = opened();
  messages.handleEntry(told('1', 'ben'), 5);
  setOnline(false);
  expect((await messages.markRead()).ok).toBe(true);
  expect(messages.list()).toMatchObject([{ isUnread: false, isUntold: true }]);
  expect(notices.size).toBe(0);
  setOnline(true);
  asked.length = 0;
  await messages.tellRead();
  await messages.tellRead();
  expect(asked).toEqual([{ messages: [{ id: '1', from: 'ben' }] }]);
});

test('our own message says who has read it, and only the latest are kept', () => {
  const { messages, notices } = opened();
  messages.handleEntry(told('1', 'ana'), 5);
  for (const _ of [1, 2]) {
    messages.handleEntry(
      {
        type: 'told-read',
        workspace: 'default',
        by: { id: 'ben', name: 'BEN' },
        to: ['ana'],
        messageIds: ['1'],
      },
      6,
    );
  }
  expect(messages.list()).toMatchObject([{ isOurs: true, readBy: ['BEN'] }]);
  expect(notices.size).toBe(0);
  for (let next = 2; next < 150; next++) messages.handleEntry(told(String(next), 'ben'), next);
  expect(messages.list()).toHaveLength(100);
  expect(messages.list()[0]).toMatchObject({ id: '149' });
  expect(notices).toEqual(new Set(messages.list().map(({ id }) => `told/${id}`)));
});
