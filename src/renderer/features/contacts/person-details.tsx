import { type ReactNode, useState } from 'react';
import { formats, isolated, t } from '../../../shared/i18n/i18n.ts';
import type { Contact } from '../../../shared/ipc/contacts.ts';
import type { MergedPerson } from '../../../shared/ipc/people.ts';
import { partyLabel } from '../../../shared/lib/party-name.ts';
import { moment } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { useNow } from '../../lib/use-now.ts';
import { act } from '../../state/requests.ts';
import { toast } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Float } from '../../ui/float.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { ErasePerson } from './erase-person.tsx';
import { MergeForm } from './merge-form.tsx';
import { PersonForm } from './person-form.tsx';
import css from './person-details.module.css';

type Known = Pick<Contact, 'party' | 'details' | 'profileName' | 'others' | 'merged'>;

const undo = async ({ kept, other, party }: MergedPerson) => {
  const done = await act('people.unmerge', { kept, other });
  if (done !== undefined) toast('good', () => t('people.unmerged', { name: partyName(party) }));
};

/** What agents wrote down about a person, and the way to change it. */
export function PersonDetails({ contact }: { contact: Known }) {
  const { party, details, profileName, others, merged } = contact;
  const { company, notes, language, doNotCall, name } = details;
  const now = useNow(30_000);
  const also = others.map((other) => partyLabel(other)).filter((label) => label !== '');
  return (
    <section className={css.details} aria-label={t('people.details')}>
      {doNotCall && (
        <p className={css.blocked}>
          <Icon name="block" size={16} />
          <bdi className="selectable">
            {[t('people.doNotCall'), doNotCall.reason].filter(Boolean).join(': ')}
          </bdi>
        </p>
      )}
      {name !== undefined && profileName !== undefined && name !== profileName && (
        <p className={css.quiet}>
          <bdi>{t('people.calledThemselves', { name: profileName })}</bdi>
        </p>
      )}
      {(company !== undefined || language !== undefined) && (
        <p className="selectable">
          <bdi>{[company, language && formats.language(language)].filter(Boolean).join(' · ')}</bdi>
        </p>
      )}
      {notes !== undefined && (
        <p className={`${css.notes} selectable`} dir="auto">
          {notes}
        </p>
      )}
      {also.length > 0 && (
        <p className={css.quiet}>
          {t('people.otherNumbers')}:{' '}
          <span className="num selectable">{formats.list(also.map(isolated))}</span>
        </p>
      )}
      {merged.map((merge) => (
        <p key={`${merge.kept} ${merge.other}`} className={css.merged}>
          <bdi className={css.quiet}>
            {t('people.mergedWith', {
              name: partyName(merge.party),
              moment: moment(merge.at, Math.max(now, merge.at)),
            })}
          </bdi>
          <Button size="small" look="quiet" onClick={() => void undo(merge)}>
            {t('people.unmerge')}
          </Button>
        </p>
      ))}
      <div className={css.buttons}>
        <FormFloat icon="note" label={t('people.edit')} title={t('people.edit')}>
          {(close) => (
            <PersonForm
              // Another person's page must not show these fields.
              key={`${party.waId} ${party.userId}`}
              contact={contact}
              onDone={close}
            />
          )}
        </FormFloat>
      </div>
    </section>
  );
}

/** What is seldom done with a person: merging with another, saving and erasing all that is known. */
export function PersonTools({ contact: { party } }: { contact: Known }) {
  const key = `${party.waId} ${party.userId}`;
  return (
    <div className={css.tools}>
      <FormFloat icon="people" label={t('people.merge')} title={t('people.mergeTitle')}>
        {(close) => <MergeForm key={key} party={party} onDone={close} />}
      </FormFloat>
      <ErasePerson key={key} party={party} />
    </div>
  );
}

/** A button that opens a form, which closes it when it is done. */
function FormFloat({
  icon,
  label,
  title,
  children,
}: {
  icon: IconName;
  label: string;
  title: string;
  children: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Float
      title={title}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" look="quiet" icon={icon}>
          {label}
        </Button>
      }
    >
      {children(() => setOpen(false))}
    </Float>
  );
}
