import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallNotes } from '../../../shared/ipc/model.ts';
import { act, fetchFromMain } from '../../state/requests.ts';

/** While the agent types, the text is stored this often, in ms. */
const SAVE_MS = 250;

/** Read again with the contacts, because teammates write, too. */
const key = (callId: string) => ['contacts', 'notes', callId];

/** The notes of a call, and a way to write this agent's. Mount it anew for another call. */
export function useNote(callId: string) {
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: key(callId),
    queryFn: () => fetchFromMain('notes.get', { callId }),
  });
  const [typed, setTyped] = useState<string>();
  const [isSaved, setSaved] = useState(false);
  const unsaved = useRef<string>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const text = unsaved.current;
    if (text === undefined) return;
    unsaved.current = undefined;
    const stored = await act('notes.set', { callId, text });
    if (stored === undefined) return;
    queries.setQueryData<CallNotes>(key(callId), (notes) => notes && { ...notes, text });
    setSaved(unsaved.current === undefined);
  }, [callId, queries]);

  // Navigating away within the quarter second loses nothing.
  useEffect(() => () => void save(), [save]);

  return {
    text: typed ?? data?.text ?? '',
    others: data?.others ?? [],
    /** Before the stored text is known, typing would replace it. */
    isReady: data !== undefined,
    isSaved,
    save,
    write: (text: string) => {
      setTyped(text);
      setSaved(false);
      unsaved.current = text;
      timer.current ??= setTimeout(() => void save(), SAVE_MS);
    },
  };
}
