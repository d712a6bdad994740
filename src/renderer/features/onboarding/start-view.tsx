import type { ReactNode } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import { reachCause } from '../../../shared/ipc/reach-cause.ts';
import { reachTrouble } from '../../../shared/ipc/reach.ts';
import type { Snapshot } from '../../../shared/ipc/snapshot.ts';
import { displayPhone } from '../../../shared/lib/phone.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { show } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { NumberMark } from '../../ui/number-mark.tsx';
import { Page } from '../../ui/page.tsx';
import { AdminForm } from './admin-form.tsx';
import { InvitationForm } from './invitation-form.tsx';
import { Practise } from './practise.tsx';
import { ProfileDrop } from './profile-drop.tsx';
import { useSetUp, type StepName, type Way } from './set-up-state.ts';
import { Step } from './step.tsx';
import css from './start-view.module.css';

const steps: readonly StepName[] = ['practise', 'connect', 'checks', 'call'];
const ways: readonly Way[] = ['invitation', 'file', 'admin'];

interface StartViewProps {
  /** The checks of the numbers, live. */
  checks: ReactNode;
}

/** From nothing to the first real call, in four steps that can be left and taken up again. */
export function StartView({ checks }: StartViewProps) {
  const snapshot = useSnapshot((snapshot) => snapshot);
  const state = useSetUp();
  const isOwn = snapshot.app.workspace === 'profile';
  const done: Record<StepName, boolean> = {
    practise: state.practised,
    connect: isOwn,
    checks: isOwn && isReady(snapshot),
    call: isOwn && state.firstRing !== undefined,
  };
  const invited = snapshot.app.invitation !== undefined;
  // Whoever has a number of their own may practise, but need not.
  const next = steps.find((step) => !done[step] && !(isOwn && step === 'practise')) ?? 'call';
  const open = invited ? 'connect' : (state.step ?? next);
  const contents: Record<StepName, ReactNode> = {
    practise: <Practise />,
    connect: <Connect isInvited={invited} />,
    checks: isOwn ? (
      <Checks snapshot={snapshot}>{checks}</Checks>
    ) : (
      <p>{t('start.connectFirst')}</p>
    ),
    call: isOwn ? <FirstCall snapshot={snapshot} /> : <p>{t('start.connectFirst')}</p>,
  };
  return (
    <Page title={t('views.start')} intro={t('start.intro')}>
      <ol className={css.steps}>
        {steps.map((step, index) => (
          <Step
            key={step}
            number={index + 1}
            title={t(`start.steps.${step}`)}
            isDone={done[step]}
            isOpen={step === open}
            onOpen={() => useSetUp.setState({ step: step === state.step ? undefined : step })}
          >
            {contents[step]}
          </Step>
        ))}
      </ol>
      <div className={css.actions}>
        <Button look={done.call ? 'accent' : 'quiet'} onClick={() => show('todo')}>
          {done.call ? t('start.finish') : t('start.leave')}
        </Button>
      </div>
    </Page>
  );
}

/** Whether calls can come in, as far as is known without the checks. */
const isReady = (snapshot: Snapshot) =>
  snapshot.connection.state === 'connected' && !reachTrouble(snapshot) && isTold(snapshot.accounts);
const isTold = (accounts: Snapshot['accounts']) =>
  accounts.length > 0 &&
  accounts.every(
    ({ ready, findings }) => ready && findings.every(({ severity }) => severity !== 'block'),
  );

function Connect({ isInvited }: { isInvited: boolean }) {
  const chosen = useSetUp(({ way }) => way);
  const { agent, accounts, app } = useSnapshot((snapshot) => snapshot);
  const way = isInvited ? 'invitation' : chosen;
  return (
    <>
      {app.workspace === 'profile' && agent && (
        <p>
          {t('start.connected', { agent: agent.name, numbers: accounts.map(({ label }) => label) })}
        </p>
      )}
      <Choice
        label={t('start.how')}
        value={way}
        options={ways.map((value) => ({ value, label: t(`start.ways.${value}`) }))}
        onChange={(next) => useSetUp.setState({ way: next })}
      />
      {way === 'invitation' && <InvitationForm />}
      {way === 'file' && <ProfileDrop />}
      {way === 'admin' && <AdminForm />}
    </>
  );
}

function Checks({ snapshot, children }: { snapshot: Snapshot; children: ReactNode }) {
  const { connection, accounts } = snapshot;
  const isConnected = connection.state === 'connected';
  const trouble = isConnected ? reachTrouble(snapshot) : undefined;
  return (
    <>
      <ul className={css.list} aria-label={t('start.steps.checks')}>
        <Check isGood={isConnected}>
          {isConnected ? t('start.relayReached') : t('start.relayWaits')}
        </Check>
        {trouble && <Check isGood={false}>{reachCause(trouble, connection)}</Check>}
        {accounts.map((account) => (
          <Check key={account.id} isGood={account.ready && account.findings.length === 0}>
            {t(account.ready ? 'start.numberReady' : 'start.numberWaits', { label: account.label })}
            <NumberMark account={account} />
          </Check>
        ))}
      </ul>
      {children}
      <Button
        look={isReady(snapshot) ? 'accent' : 'plain'}
        onClick={() => useSetUp.setState({ step: 'call' })}
      >
        {t('start.next')}
      </Button>
    </>
  );
}

function Check({ isGood, children }: { isGood: boolean; children: ReactNode }) {
  return (
    <li className={css.check}>
      <span className={isGood ? css.good : css.waits}>
        <Icon name={isGood ? 'check' : 'warning'} size={16} />
      </span>
      <span>{children}</span>
    </li>
  );
}

function FirstCall({ snapshot: { accounts } }: { snapshot: Snapshot }) {
  const ring = useSetUp(({ firstRing }) => firstRing);
  const numbers = accounts.map(({ number }) => displayPhone(number));
  return (
    <output className={css.wide}>
      {ring ? (
        <p className={css.rang}>
          <span className={css.good}>
            <Icon name="check" />
          </span>
          {t('start.rang', { label: ring.label, seconds: ring.seconds })}
        </p>
      ) : (
        <p>{t('start.callNow', { numbers })}</p>
      )}
      {!ring && <p className={css.quiet}>{t('start.callNowNote')}</p>}
    </output>
  );
}
