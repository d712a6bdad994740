import { type ReactNode, useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { Button } from '../../ui/button.tsx';
import { Question } from '../../ui/dialog.tsx';

/**
 * Asks before what is set up here is replaced.
 *
 * @returns runs a task, perhaps after the question; and the question to render
 */
export function useReplace(): [(task: () => void) => void, ReactNode] {
  const own = useSnapshot(({ app }) =>
    app.workspace === 'profile' ? (app.profileName ?? '') : app.ownNumbersOf,
  );
  const [waiting, setWaiting] = useState<() => void>();
  const run = (task: () => void) => {
    if (own === undefined) task();
    else setWaiting(() => task);
  };
  const question = waiting && (
    <Question
      title={t('invitation.replaceTitle')}
      onClose={() => setWaiting(undefined)}
      text={t('invitation.replaceText', { agent: own ?? '' })}
    >
      {/* First, so it has the focus. */}
      <Button look="accent" onClick={() => setWaiting(undefined)}>
        {t('workspaces.stay')}
      </Button>
      <Button
        onClick={() => {
          setWaiting(undefined);
          waiting();
        }}
      >
        {t('invitation.replaceYes')}
      </Button>
    </Question>
  );
  return [run, question];
}
