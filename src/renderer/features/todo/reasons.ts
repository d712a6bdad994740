import { formats, lookUp, t } from '../../../shared/i18n/i18n.ts';
import type { TodoRow } from '../../../shared/ipc/todo.ts';
import { oneLine } from '../../../shared/lib/foreign-text.ts';
import type { Agent } from '../../../shared/protocol/agent.ts';
import type { Todo } from '../../../shared/protocol/todo.ts';
import { isCurrent, waitsFrom } from '../../../shared/todo/rules.ts';
import { lengthInWords, moment } from '../../lib/format.ts';

/** A row with what its items say together. */
export interface Waiting extends TodoRow {
  /** When they begin to wait, Unix ms; in the future for who is to be called later. */
  from: number;
  owner: Agent | undefined;
}

/** A person who waits, as of now; undefined if they do not. */
export function waitingOf(row: TodoRow, now: number): Waiting | undefined {
  const times = row.items.flatMap((item) => waitsFrom(item, now) ?? []);
  if (times.length === 0) return undefined;
  const owner = row.items.find((item) => item.owner)?.owner;
  return { ...row, from: Math.min(...times), owner };
}

/** Why a person waits, in words, the most pressing first. */
export function reasonWords({ items }: TodoRow, now: number): readonly string[] {
  return items.flatMap((item) => wordsOf(item, now));
}

function wordsOf({ reasons, tried, snoozedUntil }: Todo, now: number): readonly string[] {
  const { missed, messages, callback, permission, failed } = reasons;
  const words: string[] = [];
  if (callback) {
    const { at, by } = callback;
    const values = { time: moment(at, now), name: by.name };
    words.push(at <= now ? t('todo.callbackDue', values) : t('todo.callback', values));
  }
  if (missed) {
    const length = lengthInWords((now - missed.since) / 1000);
    words.push(t('todo.missed', { count: missed.count, length }));
    if (missed.voicemail) words.push(t('todo.voicemail'));
  }
  if (failed) {
    const { why } = failed;
    words.push(why === undefined ? t('todo.failed') : t('todo.failedWhy', { why: oneLine(why) }));
  }
  if (messages) {
    const { count, type, text } = messages;
    const kind = lookUp('contacts.messageTypes', type) ?? t('contacts.unknownType');
    const message = text === undefined ? kind : t('common.quote', { text: oneLine(text) });
    words.push(count === 1 ? message : t('todo.messages', { count, message }));
  }
  if (permission && isCurrent(permission, now))
    words.push(t('todo.permission', { time: moment(permission.at, now) }));
  if (tried) {
    words.push(t('todo.tried', { count: tried.count, time: formats.time(tried.last) }));
  }
  if (snoozedUntil !== undefined && snoozedUntil > now) {
    words.push(t('todo.snoozed', { time: moment(snoozedUntil, now) }));
  }
  return words;
}
