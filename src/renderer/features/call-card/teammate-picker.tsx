import { t } from '../../../shared/i18n/i18n.ts';
import { Combobox } from '@base-ui/react/combobox';
import type { Teammate } from '../../../shared/protocol/frames.ts';
import { classes } from '../../lib/classes.ts';
import choice from '../../ui/choice.module.css';
import picker from '../../ui/country-picker.module.css';
import { Icon } from '../../ui/icon.tsx';
import { isFree } from './teammates.ts';
import css from './transfer.module.css';

interface TeammatePickerProps {
  teammates: readonly Teammate[];
  chosen: Teammate | undefined;
  onChoose: (teammate: Teammate) => void;
}

/** One of the team, found by name or team. Who is busy is listed with the reason, and cannot be chosen. */
export function TeammatePicker({ teammates, chosen, onChoose }: TeammatePickerProps) {
  return (
    <Combobox.Root<Teammate>
      items={teammates}
      value={chosen ?? null}
      onValueChange={(next) => {
        if (next) onChoose(next);
      }}
      itemToStringLabel={({ name, team }) => `${name} ${team ?? ''}`}
      isItemEqualToValue={(a, b) => a.id === b.id}
    >
      <Combobox.Trigger className={choice.trigger} aria-label={t('team.teammate')}>
        <span className={choice.value}>{chosen?.name ?? t('team.pickTeammate')}</span>
        <span className={choice.chevron}>
          <Icon name="chevron" size={16} />
        </span>
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner
          className={classes(choice.positioner, css.above)}
          sideOffset={4}
          collisionPadding={8}
          align="start"
        >
          <Combobox.Popup className={picker.popup} aria-label={t('team.teammate')}>
            <Combobox.Input className={picker.search} placeholder={t('team.searchTeammate')} />
            <Combobox.Empty className={picker.empty}>{t('team.noTeammate')}</Combobox.Empty>
            <Combobox.List className={picker.list}>
              {(teammate: Teammate) => (
                <Combobox.Item
                  key={teammate.id}
                  value={teammate}
                  disabled={!isFree(teammate)}
                  className={classes(choice.item, !isFree(teammate) && css.busy)}
                >
                  <span className={choice.text} dir="auto">
                    {teammate.name}
                  </span>
                  <span className={picker.prefix}>
                    {[teammate.team, t(`team.presences.${teammate.presence}`)]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
