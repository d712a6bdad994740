import { en } from './en/index.ts';
import type { Catalogue, Draft } from './keys.ts';
import type { Language } from './languages.ts';

/** The texts of every language that is written by hand. */
export const catalogues = {
  en,
  'pt-BR': {},
  es: {},
  id: {},
  ar: {},
} satisfies { [L in Exclude<Language, 'en-XA'>]: Draft<Catalogue<L>> };
