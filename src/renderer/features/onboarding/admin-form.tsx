import { useState } from 'react';
import { lookUp, t } from '../../../shared/i18n/i18n.ts';
import type { Message } from '../../../shared/i18n/message.ts';
import { providerIds } from '../../../shared/rules/data/providers.ts';
import {
  canBeRelayed,
  fieldsOf,
  isSecretField,
  isTrial,
  setUpProblems,
  type SetUp,
  type SetUpField,
} from '../../../shared/set-up/set-up.ts';
import { errorMessage } from '../../messages/errors.ts';
import { useKept } from '../../state/drafts.ts';
import { request } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { FailureCard } from '../../ui/failure.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import { SetUpResult } from './set-up-result.tsx';
import { useSetUp } from './set-up-state.ts';
import css from './start-view.module.css';

type Open = Omit<SetUp, 'appSecret' | 'accessToken' | 'apiKey'>;

const empty: Open = {
  relay: '',
  relayed: true,
  mediaAddress: '',
  provider: 'meta',
  label: '',
  number: '',
  phoneNumberId: '',
  wabaId: '',
  zernioAccountId: '',
  apiBase: '',
  admin: '',
  agents: '',
};

/** Writes a relay's files and an invitation for each agent, from what an admin types. */
export function AdminForm() {
  const done = useSetUp(({ done }) => done);
  const secrets = useSetUp(({ secrets }) => secrets);
  const [open, setOpen] = useKept(['set-up'], empty);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Message>();
  if (done) return <SetUpResult done={done} />;

  const typed: SetUp = { ...open, ...secrets };
  const found = setUpProblems(typed);
  const set = (field: SetUpField, text: string) => {
    if (field === 'appSecret' || field === 'accessToken' || field === 'apiKey') {
      return useSetUp.setState({ secrets: { ...secrets, [field]: text } });
    }
    setOpen({ ...open, [field]: text });
  };
  const field = (name: SetUpField) => {
    const note = lookUp('setUp.notes', name);
    const problem = tried ? found[name] : undefined;
    return (
      <div key={name}>
        <TextField
          label={t(`setUp.fields.${name}`)}
          {...(note !== undefined && { note })}
          type={isSecretField(name) ? 'password' : 'text'}
          dir={name === 'label' || name === 'admin' ? 'auto' : 'ltr'}
          aria-invalid={problem !== undefined}
          value={typed[name]}
          onChange={({ target }) => set(name, target.value)}
        />
        {problem && <p className={css.problem}>{t(`setUp.problems.${problem}`)}</p>}
      </div>
    );
  };
  const save = async () => {
    setTried(true);
    if (Object.keys(found).length > 0) return;
    setSaving(true);
    setFailure(undefined);
    const answer = await request('set-up.write', { setUp: typed });
    setSaving(false);
    if (answer.ok) return useSetUp.setState({ done: answer.value });
    if (answer.error.code !== 'cancelled') setFailure(errorMessage(answer.error));
  };
  const isRelayed = canBeRelayed(open.provider) && open.relayed;
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving) void save();
      }}
    >
      <p className={css.quiet}>{t('setUp.intro')}</p>
      {field('relay')}
      <Choice
        label={t('setUp.fields.provider')}
        value={open.provider}
        options={providerIds.map((value) => ({ value, label: t(`providerNames.${value}`) }))}
        onChange={(provider) => setOpen({ ...open, provider })}
      />
      <div className={css.pair}>
        {field('label')}
        {field('number')}
      </div>
      <div className={css.pair}>{fieldsOf(open.provider).map(field)}</div>
      {canBeRelayed(open.provider) && (
        <Toggle
          label={t('setUp.relayed')}
          note={t('setUp.relayedNote')}
          checked={open.relayed}
          onChange={(relayed) => setOpen({ ...open, relayed })}
        />
      )}
      {isRelayed && !isTrial(open.relay) && field('mediaAddress')}
      {field('admin')}
      <TextArea
        label={t('setUp.fields.agents')}
        dir="auto"
        value={open.agents}
        onChange={({ target }) => set('agents', target.value)}
      />
      <details>
        <summary>{t('setUp.more')}</summary>
        {field('apiBase')}
      </details>
      {failure && <FailureCard message={failure} />}
      {tried && Object.keys(found).length > 0 && (
        <p className={css.problem} role="alert">
          {t('setUp.incomplete')}
        </p>
      )}
      <div className={css.actions}>
        <Button type="submit" look="accent" blocked={saving ? t('setUp.saving') : undefined}>
          {t('setUp.save')}
        </Button>
      </div>
    </form>
  );
}
