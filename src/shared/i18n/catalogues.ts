import * as en from './en/index.ts';
import type { Catalogue } from './keys.ts';
import type { Language } from './languages.ts';
import { pseudoCatalogue } from './pseudo.ts';

/** The English texts: every other language falls back to them. A plain object: a module may answer with getters. */
export const english = { ...en };

/** The languages that are written by hand, read when they are spoken. One that lacks a text does not compile. */
export const translations = {
  'pt-BR': () => import('./pt-BR/index.ts'),
  es: () => import('./es/index.ts'),
  id: () => import('./id/index.ts'),
  ar: () => import('./ar/index.ts'),
} satisfies {
  [L in Exclude<Language, 'en' | 'en-XA'>]: () => Promise<Catalogue<L>>;
};

/** The texts of a language. */
export async function catalogueOf(language: Language): Promise<object> {
  if (language === 'en') return english;
  if (language === 'en-XA') return pseudoCatalogue(english);
  return { ...(await translations[language]()) };
}
