import type * as en from './en/index.ts';
import type { Language, pluralForms } from './languages.ts';

/** The shape of a language: English's with other texts, and its own plural forms. */
export type Catalogue<L extends Language> = Translated<typeof en, (typeof pluralForms)[L][number]>;
type Translated<T, Forms extends string> = {
  readonly [K in keyof T & string as InForms<K, Forms>]: T[K] extends string
    ? string
    : Translated<T[K], Forms>;
};
/** `missed_one` and `missed_other` become `missed_` with each of the forms. */
type InForms<K extends string, Forms extends string> = K extends
  | `${infer Name}_one`
  | `${infer Name}_other`
  ? `${Name}_${Forms}`
  : K;

/** Values by the names of placeholders. */
export type Values = Readonly<Record<string, Value>>;
/** What a placeholder takes. */
export type Value = string | number | readonly string[];

type English = typeof en;

/** The key of a text, e.g. `history.callBack`; without the suffix of a plural form. */
export type Key = Leaves<English>;
/** The key of a group that has `what` and perhaps `next`. */
export type MessageKey = Key extends infer K
  ? K extends `${infer Group}.what`
    ? Group
    : never
  : never;
/** The key of a group of texts. */
export type TableKey = Groups<English>;

/** The values that a text needs, as the rest of the parameters of `t`: none, or one object. */
export type ValuesOf<K extends Key> =
  Placeholders<TextAt<English, K>> extends infer Names
    ? [Names] extends [never]
      ? []
      : [values: { readonly [N in Names & string as NameOf<N>]: ValueOf<N, K> }]
    : never;

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? Base<K> : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];
type Groups<T> = {
  [K in keyof T & string]: T[K] extends string ? never : K | `${K}.${Groups<T[K]>}`;
}[keyof T & string];

/** `missed_one` and `missed_other` are forms of `missed`. */
type Base<K extends string> = K extends `${infer B}_one` | `${infer B}_other` ? B : K;

type TextAt<T, K extends string> = K extends keyof T
  ? T[K]
  : `${K}_other` extends keyof T
    ? T[`${K}_other`]
    : K extends `${infer Head}.${infer Rest}`
      ? Head extends keyof T
        ? TextAt<T[Head], Rest>
        : never
      : never;

/** `name`, or `names, list` with its format. */
type Placeholders<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
type NameOf<Placeholder extends string> = Placeholder extends `${infer Name}, ${string}`
  ? Name
  : Placeholder;
type ValueOf<Placeholder extends string, K extends string> = Placeholder extends `${string}, list`
  ? readonly string[]
  : Placeholder extends `${string}, ${'time' | 'exactTime'}`
    ? number
    : Placeholder extends 'count'
      ? IsPlural<K> extends true
        ? number
        : string | number
      : string | number;
type IsPlural<K extends string> = TextAt<English, `${K}_other`> extends never ? false : true;
