import { lookUp, t } from '../../../../shared/i18n/i18n.ts';
import type { NumberState } from '../../../../shared/ipc/contacts.ts';
import type { NumberSettings } from '../../../../shared/providers/number-settings.ts';
import { numberVerdict } from '../../../../shared/rules/number-facts.ts';
import type { AccountView } from '../../../../shared/ipc/account.ts';
import { findingMessage } from '../../../../shared/rules/finding-message.ts';
import { moment } from '../../../lib/format.ts';
import { showValueAt } from '../../../lib/show-value.ts';
import { useNow } from '../../../lib/use-now.ts';
import { act } from '../../../state/requests.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../section.tsx';
import css from './number.module.css';

interface StateProps {
  account: AccountView;
  state: NumberState;
  settings: NumberSettings | undefined;
}

/** Everything wrong with a number, in full. */
export function State({ account, state, settings }: StateProps) {
  const now = useNow(30_000);
  const read = numberVerdict(
    {
      number: account.number,
      label: account.label,
      callingEnabled: settings?.calling,
      facts: state.facts,
      restrictions: state.restrictions ?? settings?.restrictions,
      refusals: state.refusals,
    },
    now,
  ).findings;
  // Only main knows the provider's API version.
  const known = account.findings.filter(({ code }) => !read.some((one) => one.code === code));
  const findings = [...read, ...known.filter(({ code }) => code === 'version-ending')];
  const show = showValueAt(now);
  const quiet = findings.length === 0 && state.warnings.length === 0 && settings?.sip !== 'on';
  return (
    <Section title={t('numbers.state')}>
      {settings?.sip === 'on' && <p className={css.bad}>{t('numbers.sipOn')}</p>}
      {findings.map((finding) => {
        const { what, next } = findingMessage(finding, show);
        return (
          <p
            key={finding.code}
            className={finding.severity === 'block' ? css.bad : css.soon}
            data-finding={finding.code}
          >
            {what} {next}
            {finding.code === 'access-refused' && (
              <Button size="small" onClick={() => void act('profile.import', {})}>
                {t('welcome.importProfile')}
              </Button>
            )}
          </p>
        );
      })}
      {state.warnings.toReversed().map(({ type, at, remediation }) => (
        <p key={`${type} ${at}`} className={css.soon}>
          {t('numbers.warned', {
            what: lookUp('numbers.warnings', type) ?? type,
            moment: moment(at, Math.max(now, at)),
          })}
          {remediation !== undefined && ` ${remediation}`}
        </p>
      ))}
      {quiet && <p className={css.quiet}>{t('numbers.allWell')}</p>}
      {settings?.keyExchange !== undefined && (
        <p className={settings.keyExchange === 'sdes' ? css.bad : css.quiet}>
          {t(`numbers.keyExchange.${settings.keyExchange}`)}
        </p>
      )}
      {settings?.sip === 'off' && <p className={css.quiet}>{t('numbers.sipOff')}</p>}
    </Section>
  );
}
