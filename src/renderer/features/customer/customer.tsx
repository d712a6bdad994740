import { type ReactNode, useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { ContactItem } from '../../../shared/ipc/contacts.ts';
import type { LiveCall } from '../../../shared/ipc/live-call.ts';
import { moment } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { reasonsToCall } from '../../messages/calls.ts';
import { Button } from '../../ui/button.tsx';
import css from './customer.module.css';

/** How many items of the timeline are shown at first. */
const NEWEST = 3;

interface CustomerProps {
  call: LiveCall;
  /** The customer's timeline without this call, newest first. */
  items: readonly ContactItem[];
  /** Renders items of the timeline. Features never import each other: the app passes these. */
  timeline: (items: readonly ContactItem[]) => ReactNode;
  notes: ReactNode;
  rules: ReactNode;
  /** The page of another program about the customer: its name, or empty; undefined without one. */
  screenPop: string | undefined;
  onScreenPop: () => void;
  /** What is written down about them. */
  person: ReactNode;
  /** Opens the customer's page, with everything. */
  onContact: () => void;
}

/** Who is on the phone, beside the work: why they call, what was said before, and the note. */
export function Customer(props: CustomerProps) {
  const { call, items, timeline, notes, rules, person, screenPop, onScreenPop, onContact } = props;
  const now = useNow(30_000);
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, NEWEST);
  return (
    <>
      <section className={css.part} aria-label={t('customer.why')}>
        <ul className={css.reasons}>
          {reasonsToCall(call, (at) => moment(at, now)).map((reason) => (
            // What the customer wrote first decides: over two lines, its quotes would be scrambled.
            <li key={reason} className="selectable" dir="auto">
              {reason}
            </li>
          ))}
        </ul>
      </section>
      {screenPop !== undefined && (
        <Button size="small" icon="export" className={css.pop} onClick={onScreenPop}>
          {screenPop === '' ? t('screenPop.open') : t('screenPop.openIn', { name: screenPop })}
        </Button>
      )}
      {items.length > 0 && (
        <section className={css.part}>
          <header className={css.head}>
            <h3 className={css.title}>{t('customer.before')}</h3>
            {items.length > NEWEST && (
              <Button look="quiet" size="small" aria-expanded={all} onClick={() => setAll(!all)}>
                {all ? t('customer.less') : t('customer.more')}
              </Button>
            )}
            <Button look="quiet" size="small" onClick={onContact}>
              {t('contacts.openContact')}
            </Button>
          </header>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- arrow keys scroll it */}
          <section className={css.scroll} aria-label={t('customer.before')} tabIndex={0}>
            {timeline(shown)}
          </section>
        </section>
      )}
      {person !== undefined && <div className={css.part}>{person}</div>}
      <section className={css.part}>{notes}</section>
      {rules}
    </>
  );
}
