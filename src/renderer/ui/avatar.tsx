import type { Party } from '../../shared/providers/events.ts';
import { initials } from '../lib/party.ts';
import { classes } from '../lib/classes.ts';
import { Icon } from './icon.tsx';
import css from './avatar.module.css';

/** A person's initials, in a colour that stays theirs. */
export function Avatar({ party, size = 'normal' }: { party: Party; size?: 'normal' | 'large' }) {
  const letters = initials(party);
  return (
    <span
      aria-hidden="true"
      className={classes(css.avatar, css[size])}
      data-hue={hueOf(party.waId ?? party.userId ?? party.name ?? '')}
    >
      {letters === '' ? <Icon name="phone" size={size === 'large' ? 20 : 16} /> : letters}
    </span>
  );
}

const HUES = 6;

function hueOf(seed: string): number {
  let sum = 0;
  for (const letter of seed) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}
