import { t } from '../../../shared/i18n/i18n.ts';
import type { Contact } from '../../../shared/ipc/contacts.ts';
import type { PhoneNumber } from '../../../shared/lib/phone.ts';
import { classes } from '../../lib/classes.ts';
import { clockTime, moment } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { useNow } from '../../lib/use-now.ts';
import { showContact } from '../../state/ui.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Country } from '../../ui/country.tsx';
import css from './calls-view.module.css';

/** The person to call, or the bare number of someone unknown. */
export function Callee({ number, known }: { number: PhoneNumber; known: Contact | undefined }) {
  const now = useNow(30_000);
  const isKnown = known !== undefined && (known.party.name !== undefined || known.items.length > 0);
  const last = known?.items.find((item) => item.kind === 'call' || item.kind === 'colleague-call');
  const hasName = known?.party.name !== undefined;
  return (
    <header className={css.callee}>
      {isKnown && <Avatar party={known.party} size="large" />}
      <div className={css.person}>
        <h2 className={classes(css.title, !hasName && 'num', 'selectable')} dir="auto">
          {hasName ? partyName(known.party) : number.display}
        </h2>
        <p className={css.line}>
          {hasName && (
            <span className="num selectable" dir="ltr">
              {number.display}
            </span>
          )}
          {number.country !== undefined && <Country code={number.country} />}
        </p>
        {last && (
          <p className={css.line}>
            {t('dialpad.lastCall', {
              what: [
                moment(last.at, now),
                last.outcome && t(`outcomes.${last.outcome}`).toLowerCase(),
                last.talkSeconds === undefined ? undefined : clockTime(last.talkSeconds),
              ]
                .filter(Boolean)
                .join(' · '),
            })}
          </p>
        )}
      </div>
      {isKnown && (
        <Button size="small" icon="person" onClick={() => showContact(known.party)}>
          {t('contacts.openContact')}
        </Button>
      )}
    </header>
  );
}
