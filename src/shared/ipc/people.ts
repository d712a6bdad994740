/** What agents write down about a person. */
export const personFields = ['name', 'company', 'notes', 'language', 'doNotCall'] as const;
export type PersonField = (typeof personFields)[number];

/** What agents wrote down about a person; missing: nothing. */
export interface PersonDetails {
  /** Counts before the name that the person gave themselves. */
  name?: string | undefined;
  company?: string | undefined;
  notes?: string | undefined;
  /** BCP 47, e.g. `pt-BR`. */
  language?: string | undefined;
  doNotCall?: DoNotCall | undefined;
}

/** What is to be written down; missing parts stay as they are, an empty text clears one. */
export interface PersonEdit {
  name?: string | undefined;
  company?: string | undefined;
  notes?: string | undefined;
  language?: string | undefined;
  doNotCall?: { on: boolean; reason?: string | undefined } | undefined;
}

/** A person who must not be called. */
interface DoNotCall {
  /** Unix ms. */
  at: number;
  /** The agent's name. */
  by: string;
  reason?: string | undefined;
}
