import type { NumberState } from '../../../../shared/ipc/contacts.ts';
import type { NumberSettings } from '../../../../shared/providers/number-settings.ts';
import { restrictionRuling, refusalsRuling } from '../../../../shared/rules/account.ts';
import type { Facts } from '../../../../shared/rules/facts.ts';
import { wordsOf } from '../../../../shared/rules/words.ts';
import { moment } from '../../../lib/format.ts';
import { showValueAt } from '../../../lib/show-value.ts';
import { useNow } from '../../../lib/use-now.ts';
import { numberWords } from '../../../words.ts';
import { Section } from '../section.tsx';
import css from './number.module.css';

interface StateProps {
  state: NumberState;
  settings: NumberSettings | undefined;
}

/** What the provider reports of a number: restrictions, refusals, warnings, SIP. */
export function State({ state, settings }: StateProps) {
  const now = useNow(30_000);
  const facts: Facts = {
    provider: 'meta',
    business: {
      number: '',
      callingEnabled: settings?.calling,
      restrictions: state.restrictions ?? settings?.restrictions,
      refusals: state.refusals,
    },
    customer: {},
    permission: 'unchecked',
    history: [],
  };
  const findings = [
    ...restrictionRuling(facts, now).findings,
    ...refusalsRuling(facts, now).findings,
  ];
  const show = showValueAt(now);
  const quiet = findings.length === 0 && state.warnings.length === 0 && settings?.sip !== 'on';
  return (
    <Section title={numberWords.state}>
      {settings?.sip === 'on' && <p className={css.bad}>{numberWords.sipOn}</p>}
      {findings.map((finding) => {
        const { what, next } = wordsOf(finding, show);
        return (
          <p key={finding.code} className={css.bad}>
            {what} {next}
          </p>
        );
      })}
      {state.warnings.toReversed().map(({ type, at, remediation }) => (
        <p key={`${type} ${at}`} className={css.soon}>
          {numberWords.warned(numberWords.warnings[type] ?? type, moment(at, Math.max(now, at)))}
          {remediation !== undefined && ` ${remediation}`}
        </p>
      ))}
      {quiet && <p className={css.quiet}>{numberWords.allWell}</p>}
      {settings?.sip === 'off' && <p className={css.quiet}>{numberWords.sipOff}</p>}
    </Section>
  );
}
