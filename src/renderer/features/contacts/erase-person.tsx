import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { partyName, recipientOf } from '../../lib/party.ts';
import { useLive } from '../../state/live.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { toast } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Question } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import css from './erase-person.module.css';

/** Saves all that is known of a customer; and for admins, and consoles without a relay, erases it everywhere. */
export function ErasePerson({ party }: { party: Party }) {
  const [isAsking, setAsking] = useState(false);
  const mayErase = useSnapshot(
    ({ team, agent, connection }) =>
      connection.state === 'unconfigured' ||
      team.some(({ id, role }) => id === agent?.id && role === 'admin'),
  );
  const save = async () => {
    const saved = await act('people.save', { party: recipientOf(party) });
    if (saved) toast('good', () => t('erasing.saved', { path: saved.path }));
  };
  return (
    <>
      <Button size="small" look="quiet" icon="export" onClick={() => void save()}>
        {t('erasing.save')}
      </Button>
      {mayErase && (
        <Button size="small" look="quiet" icon="bin" onClick={() => setAsking(true)}>
          {t('erasing.erase')}
        </Button>
      )}
      {isAsking && <Asking party={party} onClose={() => setAsking(false)} />}
    </>
  );
}

type State = { kind: 'asking' | 'erasing' } | { kind: 'done'; text: string; path: string };

function Asking({ party, onClose }: { party: Party; onClose: () => void }) {
  const [state, setState] = useState<State>({ kind: 'asking' });
  const [typed, setTyped] = useState('');
  // The person is gone from the page before the certificate is read.
  const [name] = useState(partyName(party));
  const word = t('erasing.word');
  const isSure = typed.trim().toLocaleLowerCase() === word.toLocaleLowerCase();
  const erase = async () => {
    setState({ kind: 'erasing' });
    const done = await act('people.erase', { party: recipientOf(party) });
    setState(done ? { kind: 'done', ...done } : { kind: 'asking' });
  };
  if (state.kind === 'done') {
    const { path, text } = state;
    return (
      <Question
        title={t('erasing.done')}
        text={path}
        onClose={onClose}
        content={
          <pre className={`${css.certificate} selectable`} dir="auto">
            {text}
          </pre>
        }
      >
        <Button onClick={() => void act('people.show-certificate', { path })}>
          {t('erasing.showFile')}
        </Button>
        <Button look="accent" onClick={onClose}>
          {t('erasing.close')}
        </Button>
      </Question>
    );
  }
  const isErasing = state.kind === 'erasing';
  const unsure = isSure ? undefined : t('erasing.typeWord', { word });
  const blocked = isErasing ? t('erasing.doing') : unsure;
  return (
    <Question
      title={t('erasing.title', { name })}
      text={t('erasing.text')}
      onClose={isErasing ? undefined : onClose}
      content={
        isErasing ? (
          <Doing />
        ) : (
          <TextField
            label={t('erasing.typeWord', { word })}
            value={typed}
            autoComplete="off"
            onChange={({ target }) => setTyped(target.value)}
          />
        )
      }
    >
      <Button blocked={isErasing ? t('erasing.doing') : undefined} onClick={onClose}>
        {t('erasing.keep')}
      </Button>
      <Button look="bad" blocked={blocked} onClick={() => void erase()}>
        {t('erasing.confirm')}
      </Button>
    </Question>
  );
}

function Doing() {
  const progress = useLive(({ exports }) => exports['erase']);
  return (
    <label className={css.doing}>
      {t('erasing.doing')}
      <progress value={progress?.done} max={progress?.total} />
    </label>
  );
}
