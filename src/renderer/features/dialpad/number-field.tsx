import { t } from '../../../shared/i18n/i18n.ts';
import { Autocomplete } from '@base-ui/react/autocomplete';
import { type Ref, useState } from 'react';
import type { ContactRow } from '../../../shared/ipc/contacts.ts';
import { partyName, partyNumber } from '../../lib/party.ts';
import { Avatar } from '../../ui/avatar.tsx';
import choice from '../../ui/choice.module.css';
import field from '../../ui/field.module.css';
import css from './number-field.module.css';

interface NumberFieldProps {
  ref: Ref<HTMLInputElement>;
  text: string;
  onText: (text: string) => void;
  /** Whom the text may mean. */
  people: readonly ContactRow[];
  onPick: (person: ContactRow) => void;
  wrong: boolean;
  /** Id of what is said of the text. */
  noteId: string;
}

/** Takes a number in any form, or the name of somebody known. */
export function NumberField(props: NumberFieldProps) {
  const { ref, text, onText, people, onPick, wrong, noteId } = props;
  const [open, setOpen] = useState(false);
  return (
    <Autocomplete.Root<ContactRow>
      items={people}
      mode="none"
      value={text}
      open={open && people.length > 0}
      onOpenChange={setOpen}
      itemToStringValue={({ party }) => partyName(party)}
      onValueChange={(next, { reason }) => {
        if (reason === 'item-press') return;
        onText(next);
        setOpen(next.trim() !== '');
      }}
    >
      <Autocomplete.Input
        ref={ref}
        aria-label={t('dialpad.number')}
        aria-invalid={wrong}
        aria-describedby={noteId}
        className={field.input}
        placeholder={t('dialpad.numberPlaceholder')}
        spellCheck={false}
        autoComplete="off"
        inputMode="tel"
        dir="auto"
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner className={choice.positioner} sideOffset={4} align="end">
          <Autocomplete.Popup className={css.popup} aria-label={t('dialpad.people')}>
            <Autocomplete.List>
              {(person: ContactRow) => (
                <Autocomplete.Item
                  key={person.party.waId ?? person.party.userId}
                  value={person}
                  className={choice.item}
                  onClick={() => onPick(person)}
                >
                  <Avatar party={person.party} />
                  <span className={css.who}>
                    <span className={choice.text} dir="auto">
                      {partyName(person.party)}
                    </span>
                    {person.party.name !== undefined && (
                      <span className={css.number}>{partyNumber(person.party)}</span>
                    )}
                  </span>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
