import type { ReactNode } from 'react';
import type { AccountView } from '../../../shared/ipc/model.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { classes } from '../../lib/classes.ts';
import { useUi } from '../../state/ui.ts';
import type { FactsLookup } from '../../state/use-facts.ts';
import { Empty } from '../../ui/empty.tsx';
import { contactWords, views } from '../../words.ts';
import { ContactList } from './contact-list.tsx';
import { ContactPage } from './contact-page.tsx';
import css from './contacts-view.module.css';

export interface ContactsViewProps {
  /** What is allowed towards a person; another feature's, put here by the app. */
  cockpit: (props: { account: AccountView; party: Party; lookup: FactsLookup }) => ReactNode;
}

/** People: found on one side, everything about one of them on the other. */
export function ContactsView({ cockpit }: ContactsViewProps) {
  const selected = useUi(({ contact }) => contact);
  const select = (contact: Party | undefined) => useUi.setState({ contact });
  return (
    <div className={classes(css.view, selected !== undefined && css.detailed)}>
      <h1 className="visually-hidden">{views.contacts}</h1>
      <section className={css.list} aria-label={contactWords.list}>
        <ContactList selected={selected} onSelect={select} />
      </section>
      <div className={css.detail}>
        {selected === undefined ? (
          <Empty icon="person" title={contactWords.pickTitle} text={contactWords.pick} />
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
