import { t } from '../../../shared/i18n/i18n.ts';
import { type FormEvent, useState } from 'react';
import type { ProxyAsks } from '../../../shared/ipc/snapshot.ts';
import { act } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Float } from '../../ui/float.tsx';
import css from './reach-bar.module.css';

/** Signs in to a proxy that asks for a password. */
export function ProxySignIn({ asks: { proxy, wrong } }: { asks: ProxyAsks }) {
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    await act('proxy.sign-in', { proxy, user, password });
    setPassword('');
  };
  return (
    <Float
      title={t('reach.proxyTitle')}
      trigger={<Button size="small">{t('reach.enterPassword')}</Button>}
    >
      <form className={css.form} onSubmit={(event) => void signIn(event)}>
        <p role={wrong ? 'alert' : undefined}>
          {wrong ? t('reach.proxyWrong', { proxy }) : t('reach.proxyText', { proxy })}
        </p>
        <TextField
          label={t('reach.proxyUser')}
          required
          value={user}
          onChange={(event) => setUser(event.target.value)}
        />
        <TextField
          label={t('reach.proxyPassword')}
          type="password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" look="accent">
          {t('reach.signIn')}
        </Button>
      </form>
    </Float>
  );
}
