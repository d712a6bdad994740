import type { TeamView } from '../../../shared/ipc/model.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { teamWords } from '../../words.ts';
import css from './transfer.module.css';

interface TransferProgressProps {
  team: TeamView;
  onCancel: () => void;
  onComplete: () => void;
}

/** A call on its way to a teammate: how long they have, and the way back. The relay owns the deadline. */
export function TransferProgress({ team, onCancel, onComplete }: TransferProgressProps) {
  const now = useNow(250);
  const { asking, consulting } = team;
  if (asking) {
    // Down, because `now` is up to a second old: a countdown that just began would show a second too many.
    const left = Math.max(0, Math.floor((asking.deadlineAt - now) / 1000));
    return (
      <div className={css.progress}>
        <p className={css.words} role="timer">
          {teamWords.transferring(asking.to, left)}
          {asking.note !== undefined && <span className={css.note}>{asking.note}</span>}
        </p>
        <Button onClick={onCancel}>{teamWords.cancelTransfer}</Button>
      </div>
    );
  }
  if (!consulting) return null;
  if (consulting.asked) {
    return (
      <div className={css.progress}>
        <output className={css.words}>{teamWords.asked(consulting.with)}</output>
      </div>
    );
  }
  return (
    <div className={css.progress}>
      <output className={css.words}>{teamWords.consulting(consulting.with)}</output>
      <Button onClick={onCancel}>{teamWords.takeBack}</Button>
      <Button look="accent" onClick={onComplete}>
        {teamWords.handOver}
      </Button>
    </div>
  );
}

/** What else the relay knows of the call: keys the customer pressed, and who listens. */
export function TeamFacts({ team }: { team: TeamView }) {
  const { keys, supervisors } = team;
  if (keys === '' && supervisors.length === 0) return null;
  return (
    <div className={css.facts}>
      {keys !== '' && (
        <output>
          {teamWords.keys} <span className={css.keys}>{keys}</span>
        </output>
      )}
      {supervisors.map(({ name, mode }) => (
        <output key={name} className={css.supervised}>
          <Icon name="headset" size={16} />
          {mode === 'whisper' ? teamWords.whispers(name) : teamWords.listens(name)}
        </output>
      ))}
    </div>
  );
}
