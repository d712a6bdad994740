import { t } from '../../../shared/i18n/i18n.ts';
import { personKey } from '../../../shared/lib/person-key.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { foldDock, useUi } from '../../state/ui.ts';
import { Empty } from '../../ui/empty.tsx';
import { ListDetail } from '../../ui/list-detail.tsx';
import { ContactList } from './contact-list.tsx';
import { ContactScreen, type CockpitSlot } from './contact-page.tsx';

export interface ContactsViewProps {
  cockpit: CockpitSlot;
}

/** The contact list beside the page of one person. */
export function ContactsView({ cockpit }: ContactsViewProps) {
  const selected = useUi(({ contact }) => contact);
  const select = (contact: Party | undefined) => useUi.setState({ contact });
  return (
    <ListDetail
      title={t('views.contacts')}
      listLabel={t('contacts.list')}
      listWidth="narrow"
      selected={selected && personKey(selected)}
      onNoRoom={foldDock}
      list={<ContactList selected={selected} onSelect={select} />}
    >
      {selected === undefined ? (
        <Empty icon="person" title={t('contacts.pickTitle')} text={t('contacts.pick')} />
      ) : (
        <ContactScreen
          key={selected.waId ?? selected.userId}
          party={selected}
          cockpit={cockpit}
          back={t('contacts.back')}
          onClose={() => select(undefined)}
        />
      )}
    </ListDetail>
  );
}
