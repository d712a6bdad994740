import { useCallback } from 'react';
import { create } from 'zustand';
import type { Party } from '../../shared/providers/events.ts';
import { ask } from './requests.ts';
import { useSnapshotStore } from './snapshot-store.ts';

/** Longer ones are not kept by main. */
const LONGEST = 20_000;

interface DraftState {
  /** What was typed and not sent yet, as main keeps it. */
  drafts: Readonly<Record<string, string>>;
}

const useDrafts = create<DraftState>(() => ({ drafts: {} }));

/** Reads the drafts of the workspace that is open, and of another when that is opened instead. */
export function followDrafts(): void {
  let of: string | undefined;
  const read = async () => {
    const answer = await ask('drafts.all', {});
    // What is typed meanwhile is newer.
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
 * A text that is kept until it is sent or given up, wherever the agent goes meanwhile.
 *
 * @param keys what it is a draft of: the first is written, the others are older names of the same
 * @param initial what stands there when nothing was typed; setting it gives the draft up
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

/** The same for several fields together. Stored ones that do not look like `initial` count as not there. */
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

/** Stored fields, if they look like these. */
function readLike<T extends object>(text: string, like: T): T | undefined {
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isLike(value, like) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether every field is of the kind it has in `like`; what is empty there may be anything. */
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

/** The keys of a draft to a person from one of our numbers; by number first, because both may come to be known. */
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
  // What main cannot take lasts as long as this window.
  if (text.length <= LONGEST) void ask('drafts.set', { key, text });
}
