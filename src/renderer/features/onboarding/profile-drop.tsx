import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { Message } from '../../../shared/i18n/message.ts';
import type { Answered } from '../../../shared/ipc/errors.ts';
import { classes } from '../../lib/classes.ts';
import { errorMessage } from '../../messages/errors.ts';
import { request } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import { FailureCard } from '../../ui/failure.tsx';
import { handleJoined } from './joined.ts';
import { useReplace } from './use-replace.tsx';
import css from './start-view.module.css';

/** Far more than a profile has, in characters. */
const LONGEST_PROFILE = 500_000;

/** Sets up this console from a profile file, dropped or chosen. */
export function ProfileDrop() {
  const [isOver, setOver] = useState(false);
  const [failure, setFailure] = useState<Message>();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [replace, question] = useReplace();

  const settle = (answer: Answered<{ agent: string }>) => {
    setFailure(undefined);
    setProblems([]);
    if (answer.ok) return handleJoined(answer.value.agent);
    if (answer.error.code === 'cancelled') return;
    const { list = [], ...message } = errorMessage(answer.error);
    setFailure(message);
    setProblems(list);
  };
  const drop = async (file: File) => {
    const text = (await file.text()).slice(0, LONGEST_PROFILE);
    settle(await request('profile.import-dropped', { name: file.name.slice(0, 200), text }));
  };
  const choose = async () => settle(await request('profile.import', {}));
  return (
    <>
      <div
        className={classes(css.drop, isOver && css.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const [file] = event.dataTransfer.files;
          if (file) replace(() => void drop(file));
        }}
      >
        <p>{t('start.dropHere')}</p>
        <Button look="accent" onClick={() => replace(() => void choose())}>
          {t('start.chooseFile')}
        </Button>
      </div>
      <p className={css.quiet}>{t('welcome.importNote')}</p>
      {failure && <FailureCard message={failure} />}
      {problems.length > 0 && (
        <ul className={css.list}>
          {problems.map((problem) => (
            <li key={problem} className="selectable">
              {problem}
            </li>
          ))}
        </ul>
      )}
      {question}
    </>
  );
}
