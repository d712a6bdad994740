import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { PresenceView } from '../../../shared/ipc/team.ts';
import { classes } from '../../lib/classes.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { Choice } from '../../ui/choice.tsx';
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

const options = () =>
  keys.map((value) => {
    const choice: { presence: Settable; minutes?: number } = choices[value];
    const state = t(`team.presences.${choice.presence}`);
    const { minutes } = choice;
    return { value, label: minutes === undefined ? state : lasting(state, minutes) };
  });

function lasting(state: string, minutes: number): string {
  return minutes < 60
    ? t('team.presenceForMinutes', { state, minutes })
    : t('team.presenceForHours', { state, hours: minutes / 60 });
}

/** The agent's name and presence. In do not disturb, calls still arrive and are listed. */
export function PresenceMenu() {
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
          {away ? t('reach.notReachable') : t(`team.presences.${state}`)}
          {/* After a call, the call's pane counts down; a longer text here would move the view. */}
          {!away &&
            until !== undefined &&
            state !== 'wrap-up' &&
            ` ${t('team.until', { when: formats.time(until) })}`}
        </span>
      </p>
      <Choice
        hideLabel
        label={t('team.presence')}
        className={css.choice}
        value={chosenOf(presence)}
        options={options()}
        onChange={(key) => void act('presence.set', choices[key])}
      />
    </div>
  );
}

/** The current choice; during a call, the one that applies after it. */
function chosenOf({ state, until, dnd }: PresenceView): ChoiceKey {
  if (dnd) return until === undefined ? 'dnd' : 'dnd-60';
  if (state === 'away') return until === undefined ? 'away' : 'away-30';
  return state === 'wrap-up' ? 'wrap-up' : 'available';
}
