import { t } from '../../../shared/i18n/i18n.ts';
import { displayPhone } from '../../../shared/lib/phone.ts';
import { act } from '../../state/requests.ts';
import { useOff } from '../../state/organisation.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { askForDemo, show, toast, useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { NumberMark } from '../../ui/number-mark.tsx';
import { Question } from '../../ui/dialog.tsx';
import { Section } from './section.tsx';
import css from './workspace.module.css';

/** The workspace, its numbers, how secrets are stored, and versions. */
export function WorkspaceSettings() {
  const { app, agent, accounts, vault } = useSnapshot((snapshot) => snapshot);
  const noDemo = useOff('demo');
  const asking = useUi(({ asksForDemo }) => asksForDemo);
  const importProfile = async () => {
    const done = await act('profile.import', {});
    if (done) toast('good', () => t('welcome.imported', { agent: done.agent }));
  };
  const stay = () => useUi.setState({ asksForDemo: false });
  const takeDemo = async () => {
    stay();
    await act('profile.use-demo', {});
  };
  return (
    <>
      <Section title={t('settings.workspace')}>
        <p>
          <strong className={css.strong}>
            {app.workspace === 'profile'
              ? app.profileName
              : t(`settings.workspaces.${app.workspace}`)}
          </strong>
          {agent && (
            <span className={css.quiet}> {t('settings.signedInAs', { name: agent.name })}</span>
          )}
        </p>
        {accounts.length > 0 && (
          <ul className={css.accounts} aria-label={t('settings.ourNumbers')}>
            {accounts.map((account) => (
              <li key={account.id} className={css.account}>
                <bdi className={css.strong}>{account.label}</bdi>
                <span className="num selectable" dir="ltr">
                  {displayPhone(account.number)}
                </span>
                <span className={css.quiet}>{t(`providerNames.${account.provider}`)}</span>
                <NumberMark account={account} />
                {!account.ready && <span className={css.bad}>{t('settings.tokenMissing')}</span>}
                <Button
                  look="quiet"
                  size="small"
                  onClick={() => useUi.setState({ numberSettings: account.id })}
                >
                  {t('numbers.open')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <div className={css.actions}>
          <Button onClick={() => show('start')}>{t('views.start')}</Button>
          <Button onClick={() => void importProfile()}>{t('welcome.importProfile')}</Button>
          {app.workspace !== 'demo' && (
            <Button blocked={noDemo} onClick={askForDemo}>
              {t('welcome.takeDemo')}
            </Button>
          )}
        </div>
        {asking && (
          <Question
            title={t('workspaces.demoTitle')}
            onClose={stay}
            text={
              accounts.length === 0
                ? t('workspaces.demoTextNoNumbers')
                : t('workspaces.demoText', { numbers: accounts.map(({ label }) => label) })
            }
          >
            {/* First, so it has the focus. */}
            <Button look="accent" onClick={stay}>
              {t('workspaces.stay')}
            </Button>
            <Button onClick={() => void takeDemo()}>{t('workspaces.toDemo')}</Button>
          </Question>
        )}
        <p className={css.quiet}>{t('welcome.importNote')}</p>
      </Section>
      <Section title={t('settings.secrets')}>
        <p>
          {t(`vault.states.${vault.state}`)}{' '}
          <span className={css.quiet}>{t('vault.vaultBackend', { backend: vault.backend })}</span>
        </p>
      </Section>
    </>
  );
}
