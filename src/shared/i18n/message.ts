/** What happened and, where there is something to do, what to do next. */
export interface Message {
  what: string;
  next?: string | undefined;
  /** The provider's own words, beside ours. */
  quote?: string | undefined;
  /** Several things that are wrong, each for itself. */
  list?: readonly string[] | undefined;
}
