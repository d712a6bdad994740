import type { ContactItem } from '../../shared/ipc/contacts.ts';
import type { LiveCall } from '../../shared/ipc/live-call.ts';
import { screenPopOf } from '../../shared/links/screen-pop.ts';
import type { Party } from '../../shared/providers/events.ts';
import { RulesLine } from '../features/cockpit/rules-line.tsx';
import { TimelineItems } from '../features/contacts/contact-timeline.tsx';
import { PersonDetails } from '../features/contacts/person-details.tsx';
import { useContact } from '../features/contacts/use-contacts.ts';
import { Customer } from '../features/customer/customer.tsx';
import { CallNotes } from '../features/notes/call-notes.tsx';
import { act } from '../state/requests.ts';
import { useSnapshot } from '../state/snapshot-store.ts';
import { showContact } from '../state/ui.ts';
import { useFacts } from '../state/use-facts.ts';
import { classes } from '../lib/classes.ts';
import { useSettling } from './use-settling.ts';
import css from './dock.module.css';

/** Features never import each other; this passes one to another. */
const timelineOf = (party: Party) => (items: readonly ContactItem[]) => (
  <TimelineItems items={items} party={party} />
);

/** The customer of a current call, put together from the features that know them. */
export function CustomerPane({ call }: { call: LiveCall }) {
  const { party } = call;
  const contact = useContact(party);
  // What is known is enough: every question to the provider counts against its limits.
  const { facts } = useFacts(call.accountId, party, { fresh: false });
  const { address, name } = useSnapshot(screenPopOf);
  const known = contact.data?.pages[0];
  const before = (contact.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter((item) => !isAbout(item, call));
  // What is read, or comes, a moment later moves what stands below it.
  const { history, promise, lastMessage } = call;
  const above = [before[0]?.id, history === undefined, promise?.at, lastMessage?.at];
  const settling = useSettling(above.join(' '));
  return (
    <div className={classes(css.parts, settling && css.settling)}>
      <Customer
        call={call}
        items={before}
        timeline={timelineOf(party)}
        notes={<CallNotes callId={call.id} />}
        rules={facts && <RulesLine facts={facts} />}
        screenPop={address === '' ? undefined : name}
        onScreenPop={() => void act('calls.screen-pop', { callId: call.id })}
        person={known && <PersonDetails contact={known} />}
        onContact={() => showContact(party)}
      />
    </div>
  );
}

/** The call itself, and what was written down about it, are shown in places of their own. */
function isAbout(item: ContactItem, { id, callOffer, providerCallId }: LiveCall): boolean {
  // One that came by transfer may have rung here before.
  if (item.kind === 'call') return item.callId === id || item.callId === callOffer?.callId;
  return item.kind === 'note' && item.providerCallId === providerCallId;
}
