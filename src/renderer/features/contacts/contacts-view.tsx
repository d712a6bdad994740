import { t } from '../../../shared/i18n/i18n.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { classes } from '../../lib/classes.ts';
import { useUi } from '../../state/ui.ts';
import { Empty } from '../../ui/empty.tsx';
import { ContactList } from './contact-list.tsx';
import { ContactPage, type CockpitSlot } from './contact-page.tsx';
import css from './contacts-view.module.css';

export interface ContactsViewProps {
  cockpit: CockpitSlot;
}

/** The contact list beside the page of one person. */
export function ContactsView({ cockpit }: ContactsViewProps) {
  const selected = useUi(({ contact }) => contact);
  const select = (contact: Party | undefined) => useUi.setState({ contact });
  return (
    <div className={classes(css.view, selected !== undefined && css.detailed)}>
      <h1 className="visually-hidden">{t('views.contacts')}</h1>
      <section className={css.list} aria-label={t('contacts.list')}>
        <ContactList selected={selected} onSelect={select} />
      </section>
      <div className={css.detail}>
        {selected === undefined ? (
          <Empty icon="person" title={t('contacts.pickTitle')} text={t('contacts.pick')} />
        ) : (
          <ContactPage
            key={selected.waId ?? selected.userId}
            party={selected}
            cockpit={cockpit}
            onClose={() => select(undefined)}
          />
        )}
      </div>
    </div>
  );
}
