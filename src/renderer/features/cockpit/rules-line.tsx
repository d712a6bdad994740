import { t } from '../../../shared/i18n/i18n.ts';
import { providers } from '../../../shared/rules/data/providers.ts';
import type { Facts } from '../../../shared/rules/facts.ts';
import { serviceWindow } from '../../../shared/rules/service-window.ts';
import { lengthInWords, moment } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { callVerdict } from '../../state/call-verdict.ts';
import css from './cockpit.module.css';

/** What is allowed after the call, in one line: calling back, and free-form messages. */
export function RulesLine({ facts }: { facts: Facts }) {
  const now = useNow(30_000);
  // The customer is on the phone; what matters is whether they may be called again.
  const after: Facts = { ...facts, customer: { ...facts.customer, inCallWith: undefined } };
  const parts = [callVerdict(after, now).title, windowText(facts, now)];
  return <p className={css.quiet}>{parts.filter(Boolean).join(' · ')}</p>;
}

function windowText(facts: Facts, now: number): string | undefined {
  if (!providers[facts.provider].serviceWindow.value) return undefined;
  const window = serviceWindow(facts.history, now);
  const state = window.open
    ? t('cockpit.windowOpen', {
        moment: moment(window.closesAt, now),
        length: lengthInWords((window.closesAt - now) / 1000),
      })
    : t('cockpit.windowClosed');
  return `${t('cockpit.window')} ${state}`;
}
