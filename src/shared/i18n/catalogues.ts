import * as ar from './ar/index.ts';
import * as en from './en/index.ts';
import * as es from './es/index.ts';
import * as id from './id/index.ts';
import type { Catalogue } from './keys.ts';
import type { Language } from './languages.ts';
import * as ptBR from './pt-BR/index.ts';

/** The texts of every language that is written by hand. One that lacks a text does not compile. */
export const catalogues = {
  // Plain objects: a module may answer for its own properties with getters.
  en: { ...en },
  'pt-BR': { ...ptBR },
  es: { ...es },
  id: { ...id },
  ar: { ...ar },
} satisfies {
  [L in Exclude<Language, 'en-XA'>]: Catalogue<L>;
};
