import { useState } from 'react';
import { fill, t } from '../../../../shared/i18n/i18n.ts';
import type { Settings } from '../../../../shared/ipc/settings.ts';
import {
  fillAddress,
  knownPlaceholders,
  screenPopOf,
  screenPopProblem,
} from '../../../../shared/links/screen-pop.ts';
import { useLock } from '../../../state/organisation.ts';
import { useSnapshot } from '../../../state/snapshot-store.ts';
import { TextField } from '../../../ui/field.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { Section } from '../section.tsx';
import css from './programs.module.css';

interface ScreenPopSettingsProps {
  settings: Settings;
  onChange: (changes: Partial<Settings>) => void;
}

/** The page of another program about the customer of a call. */
export function ScreenPopSettings({ settings, onChange }: ScreenPopSettingsProps) {
  const locked = useSnapshot(({ lockedScreenPop }) => lockedScreenPop);
  const lock = useLock('screenPop');
  return (
    <Section title={t('screenPop.title')}>
      <p className={css.quiet}>{t('screenPop.intro')}</p>
      {locked || lock !== undefined ? (
        <Locked why={lock ?? t('screenPop.locked')} />
      ) : (
        <Fields settings={settings} onChange={onChange} />
      )}
    </Section>
  );
}

function Locked({ why }: { why: string }) {
  const { address, name, onAccept } = useSnapshot(screenPopOf);
  if (address === '') return <p>{why}</p>;
  return (
    <>
      <p>{why}</p>
      {name !== '' && (
        <p>
          <bdi>{name}</bdi>
        </p>
      )}
      <Address text={address} />
      <Example address={address} />
      <p className={css.quiet}>
        {onAccept ? t('screenPop.onAcceptLocked') : t('screenPop.byHandLocked')}
      </p>
    </>
  );
}

function Fields({ settings: { screenPop }, onChange }: ScreenPopSettingsProps) {
  const [address, setAddress] = useState(screenPop.address);
  const [name, setName] = useState(screenPop.name);
  const change = (changes: Partial<typeof screenPop>) =>
    onChange({ screenPop: { ...screenPop, ...changes } });
  const typed = address.trim();
  const problem = typed === '' ? undefined : screenPopProblem(typed);
  const known = knownPlaceholders();
  return (
    <>
      <TextField
        label={t('screenPop.address')}
        placeholder={t('screenPop.addressExample')}
        note={t('screenPop.addressNote', { known })}
        dir="ltr"
        value={address}
        aria-invalid={problem !== undefined}
        onChange={(event) => setAddress(event.target.value)}
        onBlur={() => problem === undefined && change({ address: typed })}
      />
      {problem === undefined ? (
        <Example address={typed} />
      ) : (
        <p className={css.bad} role="alert">
          {t('screenPop.wrong', { problem: fill(`screenPop.problems.${problem}`, { known }) })}
        </p>
      )}
      <TextField
        label={t('screenPop.name')}
        placeholder={t('screenPop.nameExample')}
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onBlur={() => change({ name: name.trim() })}
      />
      <Toggle
        label={t('screenPop.onAccept')}
        checked={screenPop.onAccept}
        onChange={(onAccept) => change({ onAccept })}
      />
    </>
  );
}

/** How the address looks for a call. */
function Example({ address }: { address: string }) {
  const ours = useSnapshot(({ accounts }) => accounts[0]?.number) ?? '+551150201234';
  const agent = useSnapshot((snapshot) => snapshot.agent?.id) ?? 'ana';
  const filled = fillAddress(address, {
    number: '+5511987654321',
    digits: '5511987654321',
    name: t('screenPop.exampleName'),
    callId: 'wacid.HBgN',
    ourNumber: ours,
    direction: 'inbound',
    payload: 'order-1234',
    agent,
  });
  if (filled === undefined) return null;
  return (
    <div>
      <p className={css.quiet}>{t('screenPop.example')}</p>
      <Address text={filled} />
    </div>
  );
}

function Address({ text }: { text: string }) {
  return (
    <p className={css.address} dir="ltr">
      {text}
    </p>
  );
}
