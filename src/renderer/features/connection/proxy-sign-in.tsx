import { type FormEvent, useState } from 'react';
import type { ProxyAsks } from '../../../shared/ipc/model.ts';
import { act } from '../../state/act.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Float } from '../../ui/float.tsx';
import { reachWords } from '../../words.ts';
import css from './reach-bar.module.css';

/** The proxy between us and the world asks who we are. */
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
      title={reachWords.proxyTitle}
      trigger={<Button size="small">{reachWords.enterPassword}</Button>}
    >
      <form className={css.form} onSubmit={(event) => void signIn(event)}>
        <p role={wrong ? 'alert' : undefined}>
          {wrong ? reachWords.proxyWrong(proxy) : reachWords.proxyText(proxy)}
        </p>
        <TextField
          label={reachWords.proxyUser}
          required
          value={user}
          onChange={(event) => setUser(event.target.value)}
        />
        <TextField
          label={reachWords.proxyPassword}
          type="password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" look="accent">
          {reachWords.signIn}
        </Button>
      </form>
    </Float>
  );
}
