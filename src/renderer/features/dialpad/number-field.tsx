import { t } from '../../../shared/i18n/i18n.ts';
import type { Ref } from 'react';
import { personKey } from '../../../shared/lib/person-key.ts';
import { moment } from '../../lib/format.ts';
import { mainNow } from '../../lib/main-clock.ts';
import { partyName, partyNumber } from '../../lib/party.ts';
import { Avatar } from '../../ui/avatar.tsx';
import choice from '../../ui/choice.module.css';
import { SuggestField } from '../../ui/combobox.tsx';
import type { Suggestion } from './use-people.ts';
import css from './number-field.module.css';

interface NumberFieldProps {
  ref: Ref<HTMLInputElement>;
  text: string;
  onText: (text: string) => void;
  /** Whom the text may mean. */
  suggestions: readonly Suggestion[];
  onPick: (suggestion: Suggestion) => void;
  wrong: boolean;
  /** Id of the note under the field. */
  noteId: string;
}

/** Takes a number in any form, the name of a known person, or words of a note about a call. */
export function NumberField(props: NumberFieldProps) {
  const { ref, text, onText, suggestions, onPick, wrong, noteId } = props;
  return (
    <SuggestField<Suggestion>
      ref={ref}
      label={t('dialpad.number')}
      text={text}
      onText={onText}
      options={suggestions}
      onPick={onPick}
      keyOf={(one) => (one.kind === 'call' ? one.call.id : personKey(one.party))}
      textOf={({ party }) => partyName(party)}
      listLabel={t('dialpad.people')}
      placeholder={t('dialpad.numberPlaceholder')}
      inputMode="tel"
      invalid={wrong}
      noteId={noteId}
    >
      {(one) => (
        <>
          <Avatar party={one.party} />
          <span className={css.who}>
            <span className={choice.text} dir="auto">
              {partyName(one.party)}
            </span>
            <span className={css.number}>{detailOf(one)}</span>
          </span>
        </>
      )}
    </SuggestField>
  );
}

/** A person's number, or when they were in the call and how it ended. */
function detailOf(one: Suggestion): string {
  if (one.kind === 'person') return one.party.name === undefined ? '' : partyNumber(one.party);
  const { createdAt, outcome } = one.call;
  return `${t(`outcomes.${outcome}`)} · ${moment(createdAt, Math.max(mainNow(), createdAt))}`;
}
