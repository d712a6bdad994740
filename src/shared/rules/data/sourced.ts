/** A figure or list that others decide and change: never code, always with where and when it was read. */
export interface Sourced<T> {
  value: T;
  /** Which page says so, and why this page was believed where pages differ. */
  source: string;
  /** The day it was last read, `YYYY-MM-DD`. */
  seen: string;
}
