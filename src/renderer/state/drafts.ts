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
 * @returns the text, a way to set it, and one to discard it unless more was typed since it was sent
 */
export function useKeptText(
  keys: readonly [string, ...string[]],
  initial = '',
): [string, (text: string) => void, (sent: string) => void] {
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
  const discard = useCallback(
    (sent: string) => {
      const { drafts } = useDrafts.getState();
      const now = joined
        .split('\n')
        .map((key) => drafts[key])
        .find(Boolean);
      if (now === sent) set(initial);
    },
    [joined, initial, set],
  );
  return [text ?? initial, set, discard];
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

type Keys = [string, ...string[]];

/**
 * Keys of a draft for a person, whichever of our numbers it will be sent from: number first, as each id may
 * become known later. Earlier versions kept a draft for each number of ours.
 */
export function keysOfPerson(
  kind: string,
  accountId: string,
  party: Pick<Party, 'waId' | 'userId'>,
  /** Their other numbers and user ids. */
  also: readonly Pick<Party, 'waId' | 'userId'>[] = [],
): Keys {
  const [first, ...others] = keysOf(kind, party);
  return [
    first,
    ...others,
    ...also.flatMap((other) => keysOf(kind, other)),
    ...keysOfPersonAt(kind, accountId, party),
  ];
}

/** Keys of a draft that fits one number of ours only, such as a template. */
export function keysOfPersonAt(
  kind: string,
  accountId: string,
  party: Pick<Party, 'waId' | 'userId'>,
): Keys {
  return keysOf(`${kind}/${accountId}`, party);
}

function keysOf(kind: string, { waId, userId }: Pick<Party, 'waId' | 'userId'>): Keys {
  const [first = '', ...others] = [waId, userId].filter((id) => id !== undefined);
  return [`${kind}/${first}`, ...others.map((id) => `${kind}/${id}`)];
}

function keep(key: string, text: string): void {
  const { [key]: before = '', ...others } = useDrafts.getState().drafts;
  if (before === text) return;
  useDrafts.setState({ drafts: text === '' ? others : { ...others, [key]: text } });
  // A text too long for main lasts only as long as this window.
  if (text.length <= LONGEST) void request('drafts.set', { key, text });
}
