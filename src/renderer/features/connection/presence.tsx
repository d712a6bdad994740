import type { PresenceView } from '../../../shared/ipc/model.ts';
import { timeOnly } from '../../lib/format.ts';
import { classes } from '../../lib/classes.ts';
import { act } from '../../state/act.ts';
import { useSnapshot } from '../../state/desk.ts';
import { Choice } from '../../ui/choice.tsx';
import { presenceWords, reachWords, teamWords } from '../../words.ts';
import css from './presence.module.css';
import { useReach } from './use-reach.ts';

type Settable = 'available' | 'wrap-up' | 'dnd' | 'away';

const choices = {
  available: { presence: 'available' },
  'wrap-up': { presence: 'wrap-up', minutes: 5 },
  dnd: { presence: 'dnd' },
  'dnd-60': { presence: 'dnd', minutes: 60 },
  away: { presence: 'away' },
  'away-30': { presence: 'away', minutes: 30 },
} as const satisfies Record<string, { presence: Settable; minutes?: number }>;
type ChoiceKey = keyof typeof choices;

const keys: readonly ChoiceKey[] = ['available', 'wrap-up', 'dnd', 'dnd-60', 'away', 'away-30'];

const options = keys.map((value) => {
  const choice: { presence: Settable; minutes?: number } = choices[value];
  const state = presenceWords[choice.presence];
  const { minutes } = choice;
  return { value, label: minutes === undefined ? state : teamWords.presenceFor(state, minutes) };
});

/** Who sits here, and what they are to others. With do not disturb calls still arrive and are listed. */
export function Presence() {
  const presence = useSnapshot(({ presence }) => presence);
  const name = useSnapshot(({ agent }) => agent?.name);
  const { state, until, dnd } = presence;
  const away = useReach().kind !== 'fine';
  return (
    <div className={css.presence}>
      <p className={css.words}>
        {name !== undefined && (
          <span className={css.name} dir="auto">
            {name}
          </span>
        )}
        <span className={classes(css.state, dnd && css.dnd, away && css.away)}>
          {away ? reachWords.notReachable : presenceWords[state]}
          {!away && until !== undefined && ` ${teamWords.until(timeOnly(until))}`}
        </span>
      </p>
      <Choice
        hideLabel
        label={teamWords.presence}
        className={css.choice}
        value={chosenOf(presence)}
        options={options}
        onChange={(key) => void act('presence.set', choices[key])}
      />
    </div>
  );
}

/** The choice that is in force; on a call the one that comes after it. */
function chosenOf({ state, until, dnd }: PresenceView): ChoiceKey {
  if (dnd) return until === undefined ? 'dnd' : 'dnd-60';
  if (state === 'away') return until === undefined ? 'away' : 'away-30';
  return state === 'wrap-up' ? 'wrap-up' : 'available';
}
