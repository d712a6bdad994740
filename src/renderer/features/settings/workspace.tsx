import { useState } from 'react';
import { displayPhone } from '../../../shared/lib/phone.ts';
import { act } from '../../state/act.ts';
import { useSnapshot } from '../../state/desk.ts';
import { toast, useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { NumberMark } from '../../ui/number-mark.tsx';
import { Question } from '../../ui/dialog.tsx';
import { numberWords, providerNames, vaultWords, words, workspaceWords } from '../../words.ts';
import { Section } from './section.tsx';
import css from './workspace.module.css';

/** Whose desk this is, how its secrets are kept, and what it runs on. */
export function Workspace() {
  const { app, agent, accounts, vault } = useSnapshot((snapshot) => snapshot);
  const [asking, setAsking] = useState(false);
  const importProfile = async () => {
    const done = await act('profile.import', {});
    if (done) toast('good', words.imported(done.agent));
  };
  const takeDemo = async () => {
    setAsking(false);
    await act('profile.use-demo', {});
  };
  return (
    <>
      <Section title={words.workspace}>
        <p>
          <strong className={css.strong}>
            {app.workspace === 'profile' ? app.profileName : words.workspaces[app.workspace]}
          </strong>
          {agent && <span className={css.quiet}> {words.signedInAs(agent.name)}</span>}
        </p>
        {accounts.length > 0 && (
          <ul className={css.accounts} aria-label={words.ourNumbers}>
            {accounts.map((account) => (
              <li key={account.id} className={css.account}>
                <bdi className={css.strong}>{account.label}</bdi>
                <span className="num selectable">{displayPhone(account.number)}</span>
                <span className={css.quiet}>{providerNames[account.provider]}</span>
                <NumberMark account={account} />
                {!account.ready && <span className={css.bad}>{words.tokenMissing}</span>}
                <Button
                  look="quiet"
                  size="small"
                  onClick={() => useUi.setState({ numberSettings: account.id })}
                >
                  {numberWords.open}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <div className={css.actions}>
          <Button onClick={() => void importProfile()}>{words.importProfile}</Button>
          {app.workspace !== 'demo' && (
            <Button onClick={() => setAsking(true)}>{words.takeDemo}</Button>
          )}
        </div>
        {asking && (
          <Question
            title={workspaceWords.demoTitle}
            text={workspaceWords.demoText(accounts.map(({ label }) => label))}
          >
            {/* First, so that it has the focus. */}
            <Button look="accent" onClick={() => setAsking(false)}>
              {workspaceWords.stay}
            </Button>
            <Button onClick={() => void takeDemo()}>{workspaceWords.toDemo}</Button>
          </Question>
        )}
        <p className={css.quiet}>{words.importNote}</p>
      </Section>
      <Section title={words.secrets}>
        <p>
          {vaultWords[vault.state]}{' '}
          <span className={css.quiet}>{words.vaultBackend(vault.backend)}</span>
        </p>
      </Section>
      <Section title={words.about}>
        <p className="selectable">
          {words.version(app.version)}
          <span className={css.quiet}>{words.electronVersion(app.electron)}</span>
        </p>
      </Section>
    </>
  );
}
