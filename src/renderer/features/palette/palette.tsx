import { t } from '../../../shared/i18n/i18n.ts';
import { Dialog } from '@base-ui/react/dialog';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useUi } from '../../state/ui.ts';
import { Icon } from '../../ui/icon.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { type Command, matching } from './commands.ts';
import css from './palette.module.css';

/** Everything the keyboard can do, found by typing. What it holds is there only while it is open. */
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
  /** What is offered for what was typed. */
  commands: readonly Command[];
  typed: string;
  onType: (typed: string) => void;
}

/** The field and the commands that match what is typed into it. */
export function PaletteSearch({ commands, typed, onType }: PaletteSearchProps) {
  const [at, setAt] = useState(0);
  const listId = useId();
  const found = matching(commands, typed);
  const current = found[Math.min(at, found.length - 1)];
  const run = (command: Command | undefined) => {
    if (!command || command.blocked !== undefined) return;
    useUi.setState({ paletteOpen: false });
    command.run();
  };
  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') run(current);
    if (step === undefined) return;
    event.preventDefault();
    setAt((before) => (Math.min(before, found.length - 1) + step + found.length) % found.length);
  };
  return (
    <>
      <input
        // The palette is opened to type into it.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className={css.input}
        role="combobox"
        aria-label={t('common.commands')}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={current && `${listId}-${current.id}`}
        placeholder={t('palette.palettePlaceholder')}
        value={typed}
        spellCheck={false}
        onChange={(event) => {
          onType(event.target.value);
          setAt(0);
        }}
        onKeyDown={handleKey}
      />
      {/* A native list cannot be narrowed by typing elsewhere. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div id={listId} role="listbox" aria-label={t('common.commands')} className={css.list}>
        {found.length === 0 && <p className={css.nothing}>{t('palette.noCommand')}</p>}
        {found.map((command) => (
          <div
            key={command.id}
            id={`${listId}-${command.id}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
            role="option"
            tabIndex={-1}
            aria-selected={command === current}
            aria-disabled={command.blocked !== undefined || undefined}
            className={css.option}
            onPointerMove={() => setAt(found.indexOf(command))}
            onClick={() => run(command)}
            onKeyDown={handleKey}
          >
            <Icon name={command.icon} size={16} />
            <span className={css.label}>
              <bdi>{command.label}</bdi>
            </span>
            {command.detail !== undefined && <span className={css.why}>{command.detail}</span>}
            {command.blocked !== undefined && <span className={css.why}>{command.blocked}</span>}
            {command.keys !== undefined && <Kbd keys={command.keys} />}
          </div>
        ))}
      </div>
    </>
  );
}
