import { t } from '../../../shared/i18n/i18n.ts';
import { numberOption } from '../../lib/number-option.ts';
import { type ReactNode, useState } from 'react';
import { phoneCountry } from '../../../shared/lib/phone.ts';
import type { AccountView } from '../../../shared/ipc/account.ts';
import type { Party } from '../../../shared/providers/events.ts';
import type { Facts } from '../../../shared/rules/facts.ts';
import { callBlock } from '../../state/call-block.ts';
import { classes } from '../../lib/classes.ts';
import { partyName } from '../../lib/party.ts';
import { callVerdict } from '../../state/call-verdict.ts';
import { useNow } from '../../lib/use-now.ts';
import { act, queryErrorMessage } from '../../state/requests.ts';
import { engagedCall, useSnapshot } from '../../state/snapshot-store.ts';
import { useFacts, type FactsLookup } from '../../state/use-facts.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Composer } from './composer.tsx';
import { ContactTimeline } from './contact-timeline.tsx';
import { PersonDetails, PersonTools } from './person-details.tsx';
import { useContact } from './use-contacts.ts';
import { useNews } from './use-news.ts';
import { useReply } from './use-reply.ts';
import { useUnread } from './use-unread.ts';
import { FailureCard } from '../../ui/failure.tsx';
import { PersonHeading } from '../../ui/person-heading.tsx';
import css from './contact-page.module.css';

/** Renders the cockpit, which is another feature; passed in by the app. */
export type CockpitSlot = (props: {
  account: AccountView;
  party: Party;
  lookup: FactsLookup;
}) => ReactNode;

interface ContactPageProps {
  party: Party;
  cockpit: CockpitSlot;
  /** The list to go back to. */
  back: string;
  onClose: () => void;
}

/** One person: the timeline, what is allowed now, and ways to call or write. */
export function ContactScreen({ party, cockpit, back, onClose }: ContactPageProps) {
  const accounts = useSnapshot(({ accounts }) => accounts);
  const contact = useContact(party);
  const items = contact.data?.pages.flatMap((page) => page.items) ?? [];
  const known = contact.data?.pages[0];
  const whole = known?.party ?? party;
  const firstNew = useUnread(whole, items);
  const news = useNews(contact.isPending ? undefined : items, partyName(whole));
  const [chosen, setChosen] = useState<string | undefined>();
  // Answer from the number the person last used.
  const account = accounts.find(({ id }) => id === (chosen ?? items[0]?.accountId)) ?? accounts[0];
  const { reply, begin } = useReply(whole, account?.id, items);
  const mayWrite = account?.capabilities.messages === 'available';
  const lookup = useFacts(account?.id, whole);
  const answer: typeof begin = (item) => {
    // Only the number that got the message can quote it.
    setChosen(item.accountId);
    begin(item);
  };
  return (
    <article className={css.page} aria-label={t('contacts.person')}>
      <div className={css.back}>
        <Button look="quiet" size="small" icon="back" onClick={onClose}>
          {back}
        </Button>
      </div>
      <Head party={whole} account={account} lookup={lookup}>
        {accounts.length > 1 && account && (
          <Choice
            label={t('contacts.sentFrom')}
            hideLabel
            value={account.id}
            options={accounts.map((one) => ({
              value: one.id,
              label: numberOption(one, one.label),
            }))}
            onChange={setChosen}
          />
        )}
      </Head>
      <output className="visually-hidden">{news}</output>
      <div className={css.columns}>
        <section className={css.talk} aria-label={t('contacts.timeline')}>
          {contact.error && <FailureCard message={queryErrorMessage(contact.error)} />}
          <ContactTimeline
            items={items}
            party={whole}
            firstNew={firstNew}
            pending={contact.isPending}
            onReply={mayWrite ? answer : undefined}
            onOlder={contact.hasNextPage ? () => void contact.fetchNextPage() : undefined}
          />
          {account && (
            <Composer
              account={account}
              party={whole}
              others={known?.others ?? []}
              facts={lookup.facts}
              reply={reply}
            />
          )}
        </section>
        {account && (
          <Allowed facts={lookup.facts}>
            {known && <PersonDetails contact={known} />}
            {cockpit({ account, party: whole, lookup })}
            {known && <PersonTools contact={known} />}
          </Allowed>
        )}
      </div>
    </article>
  );
}

interface HeadProps {
  party: Party;
  account: AccountView | undefined;
  lookup: FactsLookup;
  children: ReactNode;
}

function Head({ party, account, lookup, children }: HeadProps) {
  const now = useNow(1000);
  const { connection, calls } = useSnapshot((snapshot) => snapshot);
  const block = callBlock({
    account,
    connection,
    busy: engagedCall(calls) !== undefined,
    facts: lookup.facts,
    failed: lookup.error !== null,
    now,
  });
  const call = () => {
    if (!account) return;
    const { waId, userId } = party;
    void act('calls.dial', { accountId: account.id, to: waId, userId });
  };
  return (
    <header className={css.head}>
      <PersonHeading party={party} country={phoneCountry(party.waId)}>
        {party.waId === undefined && <span className={css.quiet}>{t('contacts.hidden')}</span>}
      </PersonHeading>
      <div className={css.actions}>
        {children}
        <Button look="good" icon="phone" blocked={block} onClick={call}>
          {t('common.call')}
        </Button>
      </div>
    </header>
  );
}

interface AllowedProps {
  facts: Facts | undefined;
  children: ReactNode;
}

/** Beside the timeline; in a narrow window, folded above it with the verdict as its title. */
function Allowed({ facts, children }: AllowedProps) {
  const [open, setOpen] = useState(false);
  const now = useNow(5000);
  return (
    <aside className={classes(css.allowed, open && css.open)}>
      <Button
        className={css.fold}
        look="quiet"
        size="small"
        icon="chevron"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {facts ? callVerdict(facts, now).title : t('cockpit.cockpit')}
      </Button>
      <div className={css.cockpit}>{children}</div>
    </aside>
  );
}
