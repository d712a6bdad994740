import { t } from '../../../shared/i18n/i18n.ts';
import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { useUi } from '../../state/ui.ts';
import { SearchList } from '../../ui/combobox.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { type Command, matching } from './commands.ts';
import css from './palette.module.css';

/** The command palette. Its contents are mounted only while it is open. */
export function Palette({ children }: { children: ReactNode }) {
  const open = useUi(({ paletteOpen }) => paletteOpen);
  return (
    <Dialog.Root open={open} onOpenChange={(paletteOpen) => useUi.setState({ paletteOpen })}>
      <Dialog.Portal>
        <Dialog.Backdrop className={css.scrim} />
        <Dialog.Popup className={css.popup} aria-label={t('common.commands')}>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface PaletteSearchProps {
  /** Commands for the typed text. */
  commands: readonly Command[];
  typed: string;
  onType: (typed: string) => void;
}

/** The search field and the matching commands. */
export function PaletteSearch({ commands, typed, onType }: PaletteSearchProps) {
  return (
    <SearchList<Command>
      label={t('common.commands')}
      text={typed}
      onText={onType}
      options={matching(commands, typed)}
      onPick={({ run }) => {
        useUi.setState({ paletteOpen: false });
        run();
      }}
      keyOf={({ id }) => id}
      textOf={({ label }) => label}
      isBlocked={({ blocked }) => blocked !== undefined}
      placeholder={t('palette.palettePlaceholder')}
      noMatch={t('palette.noCommand')}
    >
      {({ icon, label, detail, blocked, keys }) => (
        <>
          <Icon name={icon} size={16} />
          <span className={css.label}>
            <bdi>{label}</bdi>
          </span>
          {detail !== undefined && <span className={css.why}>{detail}</span>}
          {blocked !== undefined && <span className={css.why}>{blocked}</span>}
          {keys !== undefined && <Kbd keys={keys} />}
        </>
      )}
    </SearchList>
  );
}
