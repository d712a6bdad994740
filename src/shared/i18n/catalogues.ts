import { ar } from './ar/index.ts';
import { en } from './en/index.ts';
import { es } from './es/index.ts';
import { id } from './id/index.ts';
import type { Catalogue } from './keys.ts';
import type { Language } from './languages.ts';
import { ptBR } from './pt-BR/index.ts';

/** The texts of every language that is written by hand. One that lacks a text does not compile. */
export const catalogues = { en, 'pt-BR': ptBR, es, id, ar } satisfies {
  [L in Exclude<Language, 'en-XA'>]: Catalogue<L>;
};
