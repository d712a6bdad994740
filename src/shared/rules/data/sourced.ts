/** A figure or list that others decide and may change: stored as data, with its source and date. */
export interface Sourced<T> {
  value: T;
  /** The page it comes from and, where pages differ, why this one was chosen. */
  source: string;
  /** When it was last checked, `YYYY-MM-DD`. */
  seen: string;
}
