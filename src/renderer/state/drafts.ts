import { useCallback } from 'react';
import { create } from 'zustand';
import type { Party } from '../../shared/providers/events.ts';
import { request } from './requests.ts';
import { useSnapshotStore } from './snapshot-store.ts';

/** Main does not store longer drafts. */
const LONGEST = 20_000;

interface DraftState {
  /** Typed text that was not sent yet, as main stores it. */
  drafts: Readonly<Record<string, string>>;
}

const useDrafts = create<DraftState>(() => ({ drafts: {} }));

/** Reads the drafts of the workspace, and again when another workspace opens. */
export function followDrafts(): void {
  let of: string | undefined;
  const read = async () => {
    const answer = await request('drafts.all', {});
    // Text typed meanwhile is newer.
    if (answer.ok) useDrafts.setState(({ drafts }) => ({ drafts: { ...answer.value, ...drafts } }));
  };
  useSnapshotStore.subscribe(({ snapshot }) => {
    if (!snapshot?.agent) return;
    const now = `${snapshot.app.workspace} ${snapshot.agent.id}`;
    if (now === of) return;
    of = now;
    useDrafts.setState({ drafts: {} });
    void read();
  });
}

/**
 * A text that survives navigation until it is sent or discarded.
 *
 * @param keys identify the draft: the first is written, the others are older keys of the same draft
 * @param initial the text if nothing was typed; setting it discards the draft
 */
export function useKeptText(
  keys: readonly [string, ...string[]],
  initial = '',
): [string, (text: string) => void] {
  const text = useDrafts(({ drafts }) => keys.map((key) => drafts[key]).find(Boolean));
  const joined = keys.join('\n');
  const set = useCallback(
    (next: string) => {
      const [first = '', ...others] = joined.split('\n');
      keep(first, next === initial ? '' : next);
      for (const key of others) keep(key, '');
    },
    [joined, initial],
  );
  return [text ?? initial, set];
}

/** The same for several fields. A stored draft of another shape than `initial` is ignored. */
export function useKept<T extends object>(
  keys: readonly [string, ...string[]],
  initial: T,
): [T, (value: T | undefined) => void] {
  const [text, setText] = useKeptText(keys);
  const set = useCallback(
    (value: T | undefined) => setText(value === undefined ? '' : JSON.stringify(value)),
    [setText],
  );
  return [readLike(text, initial) ?? initial, set];
}

/** Stored fields, if their shape is that of `like`. */
function readLike<T extends object>(text: string, like: T): T | undefined {
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isLike(value, like) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether every field has the same type as in `like`; undefined and null allow any type. */
function isLike<T extends object>(value: unknown, like: T): value is T {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value) || Array.isArray(like)) {
    return Array.isArray(value) && Array.isArray(like);
  }
  return Object.entries(like).every(([name, expected]: [string, unknown]) => {
    const found: unknown = Reflect.get(value, name);
    if (expected === undefined || expected === null) return true;
    return typeof expected === 'object'
      ? isLike(found, expected)
      : typeof found === typeof expected;
  });
}

/** Keys of a draft for a person, number first: each id may become known later. */
export function keysOfPerson(
  kind: string,
  accountId: string,
  { waId, userId }: Pick<Party, 'waId' | 'userId'>,
): [string, ...string[]] {
  const [first = '', ...others] = [waId, userId].filter((id) => id !== undefined);
  const keyOf = (id: string) => `${kind}/${accountId}/${id}`;
  return [keyOf(first), ...others.map(keyOf)];
}

function keep(key: string, text: string): void {
  const { [key]: before = '', ...others } = useDrafts.getState().drafts;
  if (before === text) return;
  useDrafts.setState({ drafts: text === '' ? others : { ...others, [key]: text } });
  // A text too long for main lasts only as long as this window.
  if (text.length <= LONGEST) void request('drafts.set', { key, text });
}
