import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../../../shared/i18n/i18n.ts';
import type { Settings } from '../../../../shared/ipc/settings.ts';
import { act, copyText, fetchFromMain } from '../../../state/requests.ts';
import { useLock } from '../../../state/organisation.ts';
import { useSnapshot } from '../../../state/snapshot-store.ts';
import { toast } from '../../../state/ui.ts';
import { Button } from '../../../ui/button.tsx';
import { Question } from '../../../ui/dialog.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { Section } from '../section.tsx';
import css from './programs.module.css';

interface LocalApiSettingsProps {
  settings: Settings;
  onChange: (changes: Partial<Settings>) => void;
}

/** Whether programs on this machine can use Ringdesk, and what they need for it. */
export function LocalApiSettings({ settings, onChange }: LocalApiSettingsProps) {
  const { state = 'off', address, why = '' } = useSnapshot(({ localApi }) => localApi) ?? {};
  return (
    <Section title={t('localApi.title')}>
      <Toggle
        label={t('localApi.on')}
        note={t('localApi.note')}
        checked={settings.localApi}
        locked={useLock('localApi')}
        onChange={(localApi) => onChange({ localApi })}
      />
      {settings.localApi && state === 'failed' && (
        <p className={css.bad} role="alert">
          {t('localApi.failed', { why })}
        </p>
      )}
      {settings.localApi && (state === 'off' || state === 'locked') && (
        <p className={css.quiet}>{t(`localApi.states.${state}`)}</p>
      )}
      {settings.localApi && state === 'on' && address !== undefined && <Access address={address} />}
    </Section>
  );
}

const KEY = ['local-api', 'token'];
const HIDDEN = '•'.repeat(24);

function Access({ address }: { address: string }) {
  const vault = useSnapshot((snapshot) => snapshot.vault.state);
  const queries = useQueryClient();
  const [isShown, setShown] = useState(false);
  const [isAsking, setAsking] = useState(false);
  // Read for each visit: another workspace has another token.
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: () => fetchFromMain('local-api.token', {}),
    gcTime: 0,
  });
  const copy = (text: string) => copyText(text, () => t('localApi.copied'));
  const renew = async () => {
    setAsking(false);
    const renewed = await act('local-api.renew', {});
    if (!renewed) return;
    queries.setQueryData(KEY, renewed);
    toast('good', () => t('localApi.renewed'));
  };
  return (
    <>
      <dl className={css.access}>
        <dt>{t('localApi.address')}</dt>
        <dd className={css.address} dir="ltr">
          {address}
        </dd>
        <dt>{t('localApi.token')}</dt>
        <dd className={css.address} dir="ltr">
          {isShown ? data?.token : HIDDEN}
        </dd>
      </dl>
      <div className={css.actions}>
        <Button size="small" icon="copy" onClick={() => void copy(address)}>
          {t('localApi.copyAddress')}
        </Button>
        <Button size="small" icon="copy" onClick={() => data && void copy(data.token)}>
          {t('localApi.copyToken')}
        </Button>
        <Button size="small" pressed={isShown} onClick={() => setShown(!isShown)}>
          {t('localApi.showToken')}
        </Button>
        <Button size="small" onClick={() => setAsking(true)}>
          {t('localApi.renew')}
        </Button>
      </div>
      {vault !== 'ready' && vault !== 'weak' && (
        <p className={css.quiet}>{t('localApi.notKept')}</p>
      )}
      {isAsking && (
        <Question
          title={t('localApi.renewTitle')}
          text={t('localApi.renewText')}
          onClose={() => setAsking(false)}
        >
          <Button onClick={() => setAsking(false)}>{t('localApi.cancel')}</Button>
          <Button look="accent" onClick={() => void renew()}>
            {t('localApi.renew')}
          </Button>
        </Question>
      )}
    </>
  );
}
