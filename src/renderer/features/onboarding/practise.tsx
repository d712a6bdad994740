import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import { useOff } from '../../state/organisation.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { show } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { useSetUp } from './set-up-state.ts';
import css from './start-view.module.css';

/** The customer who practises with newcomers: she talks, and waits to be answered. */
const CUSTOMER = 'ana';
/** It takes a moment until the call rings; a second press would start another call. In ms. */
const CALLING_MS = 4_000;

/** A simulated customer calls. */
export function Practise() {
  const workspace = useSnapshot(({ app }) => app.workspace);
  const connected = useSnapshot(({ connection }) => connection.state === 'connected');
  const deaf = useSnapshot(({ ringer }) => ringer.state === 'dead' && ringer.why === 'microphone');
  const practised = useSetUp((state) => state.practised);
  const [calling, setCalling] = useState(false);
  const off = useOff('demo');
  if (workspace === 'profile') return <p>{t('start.practiseInDemo')}</p>;
  if (workspace === 'none') {
    return (
      <>
        <p>{t('start.practiseText')}</p>
        <Button look="accent" blocked={off} onClick={() => void act('profile.use-demo', {})}>
          {t('welcome.takeDemo')}
        </Button>
      </>
    );
  }
  const call = () => {
    setCalling(true);
    setTimeout(() => setCalling(false), CALLING_MS);
    void act('demo.call', { customerId: CUSTOMER });
  };
  return (
    <>
      <p>{practised ? t('start.practised') : t('start.practiseText')}</p>
      {deaf && <p className={css.problem}>{t('reach.causes.microphone')}</p>}
      <div className={css.actions}>
        <Button
          look={practised ? 'plain' : 'accent'}
          icon="bell"
          blocked={calling ? t('demo.callingYou') : connected ? undefined : t('start.demoStarts')}
          onClick={call}
        >
          {t('start.practiseNow')}
        </Button>
        <Button look="quiet" onClick={() => show('demo')}>
          {t('start.moreCustomers')}
        </Button>
        {deaf && (
          <Button look="quiet" onClick={() => show('settings')}>
            {t('checks.actions.audio-settings')}
          </Button>
        )}
      </div>
    </>
  );
}
