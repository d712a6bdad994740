import { formats } from '../../shared/i18n/i18n.ts';
import css from './country.module.css';

/** A country as its code and name: flags differ between systems. */
export function Country({ code, short = false }: { code: string; short?: boolean }) {
  const name = formats.country(code);
  return (
    <span className={css.country} title={name}>
      <span className={css.code} aria-hidden="true">
        {code}
      </span>
      <span className={short ? 'visually-hidden' : css.name}>{name}</span>
    </span>
  );
}
