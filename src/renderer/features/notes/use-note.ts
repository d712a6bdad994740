import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallNotes, NoteContent } from '../../../shared/ipc/notes.ts';
import type { LiveCall } from '../../../shared/ipc/live-call.ts';
import { act, fetchFromMain } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';

/** While the agent types, the note is stored this often, in ms. */
const SAVE_MS = 250;

type Labels = Omit<NoteContent, 'text'>;

const nothing: CallNotes = { text: '', tags: [], others: [] };

/** Read again with the contacts, because teammates write, too. */
const key = (callId: string) => ['contacts', 'notes', callId];

const useNotes = (callId: string, enabled = true) =>
  useQuery({
    queryKey: key(callId),
    queryFn: () => fetchFromMain('notes.get', { callId }),
    enabled,
  });

/** Whether a call still needs an outcome: the admin requires one, and somebody spoke. */
export function useLacksOutcome(call: LiveCall | undefined): boolean {
  const { required, outcomes } = useSnapshot(({ wrapUpForm }) => wrapUpForm);
  const isAsked = required && outcomes.length > 0 && call?.connectedAt !== undefined;
  const { data } = useNotes(call?.id ?? '', isAsked);
  return isAsked && data !== undefined && data.disposition === undefined;
}

/** The notes of a call, and a way to write this agent's. Mount it anew for another call. */
export function useNote(callId: string) {
  const queries = useQueryClient();
  const { data } = useNotes(callId);
  const [typed, setTyped] = useState<string>();
  const [chosen, setChosen] = useState<Labels>();
  const [isSaved, setSaved] = useState(false);
  const unsaved = useRef<NoteContent>(undefined);
  /** The note that was last sent to main. */
  const latest = useRef<NoteContent>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const note = unsaved.current;
    if (note === undefined) return;
    unsaved.current = undefined;
    latest.current = note;
    const stored = await act('notes.set', { callId, ...note, tags: [...note.tags] });
    if (stored === undefined || latest.current !== note) return;
    queries.setQueryData<CallNotes>(key(callId), (notes) => notes && { ...notes, ...note });
    if (unsaved.current !== undefined) return;
    setSaved(true);
    // From now on, they may be changed elsewhere on the screen.
    setChosen(undefined);
  }, [callId, queries]);

  // Navigating away within the quarter second loses nothing.
  useEffect(() => () => void save(), [save]);

  const { others, ...stored } = data ?? nothing;
  const text = typed ?? stored.text;
  const { disposition, tags, callbackAt } = chosen ?? stored;
  const change = (changes: Partial<NoteContent>) => {
    setSaved(false);
    unsaved.current = { text, disposition, tags, callbackAt, ...changes };
  };
  return {
    text,
    disposition,
    tags,
    callbackAt,
    others,
    /** Before the stored note is known, writing would replace it. */
    isReady: data !== undefined,
    isSaved,
    save,
    write: (written: string) => {
      setTyped(written);
      change({ text: written });
      timer.current ??= setTimeout(() => void save(), SAVE_MS);
    },
    choose: (changes: Partial<Labels>) => {
      setChosen({ disposition, tags, callbackAt, ...changes });
      change(changes);
      void save();
    },
  };
}
