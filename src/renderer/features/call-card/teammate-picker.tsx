import { t } from '../../../shared/i18n/i18n.ts';
import type { Teammate } from '../../../shared/protocol/frames.ts';
import choice from '../../ui/choice.module.css';
import { Combobox } from '../../ui/combobox.tsx';
import { isFree } from './teammates.ts';

interface TeammatePickerProps {
  teammates: readonly Teammate[];
  chosen: Teammate | undefined;
  onChoose: (teammate: Teammate) => void;
}

/** One of the team, found by name or team. The busy ones are listed with the reason, but cannot be chosen. */
export function TeammatePicker({ teammates, chosen, onChoose }: TeammatePickerProps) {
  return (
    <Combobox<Teammate>
      label={t('team.teammate')}
      options={teammates}
      value={chosen}
      onChange={onChoose}
      keyOf={({ id }) => id}
      textOf={({ name, team }) => `${name} ${team ?? ''}`}
      isBlocked={(teammate) => !isFree(teammate)}
      searchPlaceholder={t('team.searchTeammate')}
      noMatch={t('team.noTeammate')}
      shown={chosen?.name ?? t('team.pickTeammate')}
    >
      {({ name, team, presence }) => (
        <>
          <span className={choice.text} dir="auto">
            {name}
          </span>
          <span className={choice.aside}>
            {[team, t(`team.presences.${presence}`)].filter(Boolean).join(' · ')}
          </span>
        </>
      )}
    </Combobox>
  );
}
