/** What happened and, if anything can be done, what to do next. */
export interface Message {
  what: string;
  next?: string | undefined;
  /** The provider's own words, beside ours. */
  quote?: string | undefined;
  /** Several problems, one per line. */
  list?: readonly string[] | undefined;
}
