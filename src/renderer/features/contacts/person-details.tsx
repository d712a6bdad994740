import { useState } from 'react';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { Contact } from '../../../shared/ipc/contacts.ts';
import { partyLabel } from '../../../shared/lib/party-name.ts';
import { Button } from '../../ui/button.tsx';
import { Float } from '../../ui/float.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PersonForm } from './person-form.tsx';
import css from './person-details.module.css';

type Known = Pick<Contact, 'party' | 'details' | 'profileName' | 'others'>;

/** What agents wrote down about a person, and the way to change it. */
export function PersonDetails({ contact }: { contact: Known }) {
  const { party, details, profileName, others } = contact;
  const { company, notes, language, doNotCall, name } = details;
  const [editing, setEditing] = useState(false);
  const also = others.map((other) => partyLabel(other)).filter((label) => label !== '');
  return (
    <section className={css.details} aria-label={t('people.details')}>
      {doNotCall && (
        <p className={css.blocked}>
          <Icon name="block" size={16} /> {t('people.doNotCall')}
          {doNotCall.reason !== undefined && <bdi className="selectable">: {doNotCall.reason}</bdi>}
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
          {t('people.otherNumbers')}: <span className="num selectable">{also.join(', ')}</span>
        </p>
      )}
      <Float
        title={t('people.edit')}
        open={editing}
        onOpenChange={setEditing}
        trigger={
          <Button size="small" look="quiet" icon="note">
            {t('people.edit')}
          </Button>
        }
      >
        <PersonForm
          // Another person's page must not show these fields.
          key={`${party.waId} ${party.userId}`}
          contact={contact}
          onDone={() => setEditing(false)}
        />
      </Float>
    </section>
  );
}
