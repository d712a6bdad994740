import { t } from '../../../../shared/i18n/i18n.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answered } from '../../../../shared/ipc/errors.ts';
import type { RouteInput } from '../../../../shared/ipc/routes.ts';
import type { NumberView } from '../../../../shared/ipc/contacts.ts';
import type { SettingsChange } from '../../../../shared/providers/number-settings.ts';
import { fetchFromMain, request } from '../../../state/requests.ts';
import { useKept } from '../../../state/drafts.ts';
import { toast } from '../../../state/ui.ts';
import { errorMessage } from '../../../messages/errors.ts';
import type { Message } from '../../../../shared/i18n/message.ts';

/** A number's state and settings; refetched when they change. */
export function useNumber(accountId: string) {
  return useQuery({
    queryKey: ['numbers', accountId, 'view'],
    queryFn: () => fetchFromMain('numbers.get', { accountId }),
    staleTime: 60_000,
  });
}

/**
 * The unsaved changes of one section. They survive navigation and updates from the provider.
 *
 * @param key identifies the section of this number
 * @param secrets fields to forget once the page closes
 */
export function useDraft<T>(
  key: string,
  stored: T,
  secrets: readonly (keyof T)[] = [],
): {
  value: T;
  /** Whether someone else has changed the stored value since the first edit here. */
  overtaken: boolean;
  changed: boolean;
  set: (value: T) => void;
  undo: () => void;
} {
  const none: Kept<T> = { draft: { value: stored, of: stored } };
  const [kept, keep] = useKept([`number/${key}`], none);
  const [typed, setTyped] = useState<T | undefined>();
  const same = (a: T, b: T) => JSON.stringify(a) === JSON.stringify(b);
  const draft = kept === none ? undefined : { value: typed ?? kept.draft.value, of: kept.draft.of };
  const value = draft ? draft.value : stored;
  return {
    value,
    changed: draft !== undefined && !same(draft.value, stored),
    overtaken: draft !== undefined && !same(draft.of, stored) && !same(draft.value, stored),
    set(next) {
      setTyped(next);
      keep({ draft: { value: without(secrets, next, stored), of: draft?.of ?? stored } });
    },
    undo() {
      setTyped(undefined);
      keep(undefined);
    },
  };
}

/** The value with its secrets reset, so that they are never stored. */
function without<T>(secrets: readonly (keyof T)[], value: T, stored: T): T {
  if (secrets.length === 0) return value;
  const open = { ...value };
  for (const name of secrets) open[name] = stored[name];
  return open;
}

interface Kept<T> {
  draft: { value: T; of: T };
}

/**
 * One section of a number's settings as a form.
 *
 * @param section its name among the drafts of this number
 * @param secrets fields to forget once the page closes
 */
export function useNumberForm<T>(
  accountId: string,
  section: string,
  stored: T,
  secrets: readonly (keyof T)[] = [],
) {
  const draft = useDraft(`${accountId}/${section}`, stored, secrets);
  return { ...draft, ...useSave(accountId, draft.undo) };
}

/** Sends a change, and keeps the reason if it is refused. */
function useSave(accountId: string, onSaved: () => void) {
  const queries = useQueryClient();
  const [state, setState] = useState<{ saving: boolean; refused?: Message | undefined }>({
    saving: false,
  });
  const take = (view: NumberView) => {
    queries.setQueryData(['numbers', accountId, 'view'], view);
    void queries.invalidateQueries({ queryKey: ['contacts', 'facts'] });
    setState({ saving: false });
    toast('good', () => t('saving.saved'));
    onSaved();
  };
  const send = async (sent: Promise<Answered<NumberView>>) => {
    setState({ saving: true });
    const answer = await sent;
    if (answer.ok) take(answer.value);
    else setState({ saving: false, refused: errorMessage(answer.error) });
    return answer.ok;
  };
  return {
    ...state,
    /** Saves at the provider. @returns whether it took the change */
    save: (change: SettingsChange, announcement?: Uint8Array<ArrayBuffer>) =>
      send(request('numbers.set', { accountId, change, announcement })),
    /** Saves facts that only Ringdesk keeps. */
    note: (notes: Omit<RouteInput<'numbers.note'>, 'accountId'>) =>
      send(request('numbers.note', { accountId, ...notes })),
  };
}
