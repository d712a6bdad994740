import type { ReactNode } from 'react';
import type { Party } from '../../shared/providers/events.ts';
import { classes } from '../lib/classes.ts';
import { partyName, partyNumber } from '../lib/party.ts';
import { Avatar } from './avatar.tsx';
import { Country } from './country.tsx';
import css from './person-heading.module.css';

interface PersonHeadingProps {
  party: Party;
  /** Two-letter code. */
  country: string | undefined;
  /** Shown before the number. */
  children?: ReactNode;
}

/** A person's avatar, name, number and country, as the heading of a page. */
export function PersonHeading({ party, country, children }: PersonHeadingProps) {
  // Without a name the number stands in for it.
  const number = party.name === undefined ? '' : partyNumber(party);
  return (
    <>
      <Avatar party={party} size="large" />
      <div className={css.person}>
        <h2 className={classes(css.name, 'selectable')} dir="auto">
          {partyName(party)}
        </h2>
        <p className={css.line}>
          {children}
          {number !== '' && (
            <span className="num selectable" dir="ltr">
              {number}
            </span>
          )}
          {country !== undefined && <Country code={country} />}
        </p>
      </div>
    </>
  );
}
