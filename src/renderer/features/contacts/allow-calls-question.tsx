import { t } from '../../../shared/i18n/i18n.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { moment } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { useNow } from '../../lib/use-now.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Question } from '../../ui/dialog.tsx';
import { useContact } from './use-contacts.ts';

/** Asks whether somebody who is marked *do not call* may be called again. */
export function AllowCallsQuestion() {
  const party = useUi(({ allowCalls }) => allowCalls);
  const ringing = useSnapshot(({ calls }) => calls.some(({ phase }) => phase.name === 'ringing'));
  // A call comes first.
  if (party === undefined || ringing) return null;
  return <Asked party={party} />;
}

function Asked({ party: { waId, userId } }: { party: Party }) {
  const now = useNow(30_000);
  const contact = useContact({ waId, userId }).data?.pages[0];
  const close = () => useUi.setState({ allowCalls: undefined });
  const marked = contact?.details.doNotCall;
  if (!contact || !marked) return null;
  const allow = async () => {
    const done = await act('people.edit', {
      party: { waId, userId },
      edit: { doNotCall: { on: false } },
    });
    if (done !== undefined) close();
  };
  const values = { by: marked.by, moment: moment(marked.at, now) };
  const because =
    marked.reason === undefined
      ? t('people.allowText', values)
      : t('people.allowTextBecause', { ...values, reason: marked.reason });
  return (
    <Question
      title={t('people.allowTitle', { name: partyName(contact.party) })}
      text={`${because} ${t('people.allowNext')}`}
      onClose={close}
    >
      {/* First, so it has the focus: pressing Enter must not lift it. */}
      <Button look="accent" onClick={close}>
        {t('people.keepBlocked')}
      </Button>
      <Button onClick={() => void allow()}>{t('people.allow')}</Button>
    </Question>
  );
}
