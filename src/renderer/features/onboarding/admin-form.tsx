import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { Message } from '../../../shared/i18n/message.ts';
import {
  isComplete,
  isRelayed,
  isTrial,
  MOST_NUMBERS,
  setUpProblems,
  type SetUp,
  type SetUpNumber,
} from '../../../shared/set-up/set-up.ts';
import { errorMessage } from '../../messages/errors.ts';
import { useKept } from '../../state/drafts.ts';
import { request } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import { FailureCard } from '../../ui/failure.tsx';
import { TextArea } from '../../ui/field.tsx';
import { NumberFields, SetUpTextField } from './number-fields.tsx';
import { SetUpResult } from './set-up-result.tsx';
import { noSecrets, type NumberSecrets, useSetUp } from './set-up-state.ts';
import css from './start-view.module.css';

type OpenNumber = Omit<SetUpNumber, keyof NumberSecrets>;
type Open = Omit<SetUp, 'numbers'> & { numbers: readonly OpenNumber[] };

const emptyNumber: OpenNumber = {
  relayed: true,
  provider: 'meta',
  label: '',
  number: '',
  phoneNumberId: '',
  wabaId: '',
  zernioAccountId: '',
  apiBase: '',
};
const empty: Open = { relay: '', mediaAddress: '', numbers: [emptyNumber], admin: '', agents: '' };

/** Writes a relay's files and an invitation for each agent, from what an admin types. */
export function AdminForm() {
  const done = useSetUp(({ done }) => done);
  const secrets = useSetUp(({ secrets }) => secrets);
  const [open, setOpen] = useKept(['set-up'], empty);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Message>();
  if (done) return <SetUpResult done={done} />;

  const numbers = open.numbers.map((number, at) => ({
    ...emptyNumber,
    ...number,
    ...(secrets[at] ?? noSecrets),
  }));
  const typed: SetUp = { ...open, numbers };
  const problems = setUpProblems(typed);
  const setNumbers = (next: readonly SetUpNumber[]) => {
    useSetUp.setState({
      secrets: next.map(({ appSecret, accessToken, apiKey }) => ({
        appSecret,
        accessToken,
        apiKey,
      })),
    });
    setOpen({
      ...open,
      numbers: next.map(
        ({ appSecret: _secret, accessToken: _token, apiKey: _key, ...rest }) => rest,
      ),
    });
  };
  const field = (name: 'relay' | 'mediaAddress' | 'admin') => (
    <SetUpTextField
      name={name}
      value={open[name]}
      problem={tried ? problems.fields[name] : undefined}
      onChange={(text) => setOpen({ ...open, [name]: text })}
    />
  );
  const save = async () => {
    setTried(true);
    if (!isComplete(problems)) return;
    setSaving(true);
    setFailure(undefined);
    const answer = await request('set-up.write', { setUp: typed });
    setSaving(false);
    if (answer.ok) return useSetUp.setState({ done: answer.value });
    if (answer.error.code !== 'cancelled') setFailure(errorMessage(answer.error));
  };
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
      {numbers.map((number, at) => (
        <NumberFields
          // Nothing else tells them apart while they are typed.
          key={at}
          typed={number}
          position={at + 1}
          problems={(tried ? problems.numbers[at] : undefined) ?? {}}
          onChange={(changes) => setNumbers(numbers.with(at, { ...number, ...changes }))}
          onRemove={numbers.length > 1 ? () => setNumbers(numbers.toSpliced(at, 1)) : undefined}
        />
      ))}
      {numbers.length < MOST_NUMBERS && (
        <div className={css.actions}>
          <Button onClick={() => setNumbers([...numbers, { ...emptyNumber, ...noSecrets }])}>
            {t('setUp.addNumber')}
          </Button>
        </div>
      )}
      {numbers.some(isRelayed) && !isTrial(open.relay) && field('mediaAddress')}
      {field('admin')}
      <TextArea
        label={t('setUp.fields.agents')}
        dir="auto"
        value={open.agents}
        onChange={({ target }) => setOpen({ ...open, agents: target.value })}
      />
      {failure && <FailureCard message={failure} />}
      {tried && !isComplete(problems) && (
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
