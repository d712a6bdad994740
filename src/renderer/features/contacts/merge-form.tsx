import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { ContactRow } from '../../../shared/ipc/contacts.ts';
import { LONGEST_SEARCH } from '../../../shared/ipc/history.ts';
import { isSamePerson } from '../../../shared/lib/person-key.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { partyName, partyNumber, recipientOf } from '../../lib/party.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { act } from '../../state/requests.ts';
import { toast } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useContact, useContacts } from './use-contacts.ts';
import css from './person-form.module.css';

/** So many are offered; a longer search finds the others. */
const OFFERED = 5;

interface MergeFormProps {
  /** Who keeps the number and the name. */
  party: Party;
  onDone: () => void;
}

/** Joins another person, whom the agent searches, to this one. */
export function MergeForm({ party, onDone }: MergeFormProps) {
  const [text, setText] = useState('');
  const [other, setOther] = useState<ContactRow | undefined>();
  const found = useContacts(useDebounced(text, 120));
  const rows = (found.data?.pages.flatMap((page) => page.rows) ?? [])
    .filter((row) => !isSamePerson(row.party, party))
    .slice(0, OFFERED);
  if (other) {
    return (
      <Preview party={party} other={other} onBack={() => setOther(undefined)} onDone={onDone} />
    );
  }
  return (
    <div className={css.form}>
      <TextField
        type="search"
        label={t('people.mergeSearch')}
        maxLength={LONGEST_SEARCH}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <ul className={css.found}>
        {rows.map((row) => (
          <li key={row.party.waId ?? row.party.userId}>
            <Button look="quiet" className={css.candidate} onClick={() => setOther(row)}>
              <bdi>{partyName(row.party)}</bdi>{' '}
              {row.party.name !== undefined && (
                <span className="num" dir="ltr">
                  {partyNumber(row.party)}
                </span>
              )}
            </Button>
          </li>
        ))}
      </ul>
      {rows.length === 0 && !found.isPending && <p>{t('people.mergeNobody')}</p>}
    </div>
  );
}

interface PreviewProps extends MergeFormProps {
  other: ContactRow;
  onBack: () => void;
}

/** What would join, before it does. */
function Preview({ party, other, onBack, onDone }: PreviewProps) {
  const [merging, setMerging] = useState(false);
  const theirs = useContact(other.party);
  const own = useContact(party).data?.pages[0];
  const [page] = theirs.data?.pages ?? [];
  const name = partyName(
    own?.details.name === undefined && page?.details.name !== undefined
      ? page.party
      : (own?.party ?? party),
  );
  const number = partyNumber(party) || partyNumber(other.party);
  const values = {
    name: partyName(party),
    other: partyName(other.party),
    count: page?.items.length ?? 0,
  };
  const merge = async () => {
    setMerging(true);
    const done = await act('people.merge', {
      kept: recipientOf(party),
      other: recipientOf(other.party),
    });
    setMerging(false);
    if (done === undefined) return;
    toast('good', () => t('people.merged', values));
    onDone();
  };
  return (
    <div className={css.form}>
      {page && (
        <p>
          {page.next === undefined
            ? t('people.mergeJoins', values)
            : t('people.mergeJoinsMore', values)}
        </p>
      )}
      <p>
        {number === ''
          ? t('people.mergeKeepsName', { name })
          : t('people.mergeKeeps', { name, number })}
      </p>
      {other.doNotCall && (
        <p className={css.warning}>{t('people.mergeBlocked', { name: values.other })}</p>
      )}
      <div className={css.buttons}>
        <Button
          look="accent"
          blocked={merging ? t('people.merging') : undefined}
          onClick={() => void merge()}
        >
          {t('people.mergeNow')}
        </Button>
        <Button look="quiet" onClick={onBack}>
          {t('people.cancel')}
        </Button>
      </div>
    </div>
  );
}
