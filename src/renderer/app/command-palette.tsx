import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Command } from '../features/palette/commands.ts';
import { Palette, PaletteSearch } from '../features/palette/palette.tsx';
import { partyName, partyNumber } from '../lib/party.ts';
import { fetchFromMain } from '../state/requests.ts';
import { useDebounced } from '../lib/use-debounced.ts';
import { useSnapshot } from '../state/snapshot-store.ts';
import { showContact, useUi } from '../state/ui.ts';
import { commandsFor } from './commands.ts';

/** Shortest text to look up names for. */
const SHORTEST = 2;
const PEOPLE = 5;

/** The palette with every command available now, and people who match the typed name or number. */
export function CommandPalette() {
  return (
    <Palette>
      <Commands />
    </Palette>
  );
}

function Commands() {
  const [typed, setTyped] = useState('');
  return <PaletteSearch commands={useCommands(typed)} typed={typed} onType={setTyped} />;
}

function useCommands(typed: string): readonly Command[] {
  const snapshot = useSnapshot((all) => all);
  const accountId = useUi((ui) => ui.accountId);
  const text = useDebounced(typed.trim(), 120);
  const { data } = useQuery({
    queryKey: ['contacts', 'palette', text],
    queryFn: () => fetchFromMain('contacts.list', { text, limit: PEOPLE }),
    enabled: text.length >= SHORTEST,
    placeholderData: keepPreviousData,
  });
  const people = text.length >= SHORTEST ? (data?.rows ?? []) : [];
  return [
    ...commandsFor(snapshot, typed, accountId),
    ...people.map(({ party }): Command => ({
      id: `person-${party.waId ?? party.userId}`,
      label: partyName(party),
      detail: party.name === undefined ? undefined : partyNumber(party),
      icon: 'person',
      always: true,
      run: () => showContact(party),
    })),
  ];
}
