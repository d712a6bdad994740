import { type HTMLAttributes, useRef } from 'react';
import type { Party } from '../../shared/providers/events.ts';
import { initials } from '../lib/party.ts';
import { classes } from '../lib/classes.ts';
import { Hint } from './hint.tsx';
import { Icon } from './icon.tsx';
import { usePressGuard } from './use-press-guard.ts';
import css from './avatar.module.css';

interface AvatarProps {
  party: Party;
  size?: 'normal' | 'large';
  /** Opens the person's page; `label` says so. */
  onOpen?: (() => void) | undefined;
  label?: string;
}

/** A person's initials in a colour that never changes. */
export function Avatar({ party, size = 'normal', onOpen, label }: AvatarProps) {
  const letters = initials(party);
  const look = {
    className: classes(css.avatar, css[size]),
    'data-hue': hueOf(party.waId ?? party.userId ?? party.name ?? ''),
    children: letters === '' ? <Icon name="phone" size={size === 'large' ? 20 : 16} /> : letters,
  };
  if (!onOpen || label === undefined) return <span aria-hidden="true" {...look} />;
  return <OpenButton label={label} onOpen={onOpen} look={look} />;
}

interface OpenButtonProps {
  label: string;
  onOpen: () => void;
  look: HTMLAttributes<HTMLButtonElement>;
}

/** On the card of a call, which may come under the pointer. */
function OpenButton({ label, onOpen, look }: OpenButtonProps) {
  const control = useRef<HTMLButtonElement>(null);
  const press = usePressGuard(control);
  return (
    <Hint text={label}>
      <button
        type="button"
        ref={control}
        aria-label={label}
        aria-disabled={press.settling || undefined}
        onPointerDown={press.handlePointerDown}
        onKeyDown={press.handleKeyDown}
        onClick={(event) => {
          if (press.isMeant(event)) onOpen();
        }}
        {...look}
      />
    </Hint>
  );
}

const HUES = 6;

function hueOf(seed: string): number {
  let sum = 0;
  for (const letter of seed) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}
