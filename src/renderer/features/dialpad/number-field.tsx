import { t } from '../../../shared/i18n/i18n.ts';
import type { Ref } from 'react';
import type { ContactRow } from '../../../shared/ipc/contacts.ts';
import { partyName, partyNumber } from '../../lib/party.ts';
import { Avatar } from '../../ui/avatar.tsx';
import choice from '../../ui/choice.module.css';
import { SuggestField } from '../../ui/combobox.tsx';
import css from './number-field.module.css';

interface NumberFieldProps {
  ref: Ref<HTMLInputElement>;
  text: string;
  onText: (text: string) => void;
  /** People who match the text. */
  people: readonly ContactRow[];
  onPick: (person: ContactRow) => void;
  wrong: boolean;
  /** Id of the note under the field. */
  noteId: string;
}

/** Takes a number in any form, or the name of a known person. */
export function NumberField(props: NumberFieldProps) {
  const { ref, text, onText, people, onPick, wrong, noteId } = props;
  return (
    <SuggestField<ContactRow>
      ref={ref}
      label={t('dialpad.number')}
      text={text}
      onText={onText}
      options={people}
      onPick={onPick}
      keyOf={({ party }) => party.waId ?? party.userId}
      textOf={({ party }) => partyName(party)}
      listLabel={t('dialpad.people')}
      placeholder={t('dialpad.numberPlaceholder')}
      inputMode="tel"
      invalid={wrong}
      noteId={noteId}
    >
      {({ party }) => (
        <>
          <Avatar party={party} />
          <span className={css.who}>
            <span className={choice.text} dir="auto">
              {partyName(party)}
            </span>
            {party.name !== undefined && <span className={css.number}>{partyNumber(party)}</span>}
          </span>
        </>
      )}
    </SuggestField>
  );
}
