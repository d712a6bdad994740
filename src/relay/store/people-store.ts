import type { PeopleEntry } from '../../shared/protocol/people.ts';

/** What agents wrote down about people, as it counts now: the later writing, in whatever order they come. */
export interface PeopleStore {
  /** Commits writings with their log entries; all or nothing. Known ones change nothing. */
  add(entries: readonly PeopleEntry[], at: number): Promise<void>;
  /** About `limit` of all that counts now, in an order of this store's own, from 0 or `next` of the page before. */
  page(after: number, limit: number): Promise<PeoplePage>;
  /** Up to `limit` that are nowhere but in the log, which a store over the network keeps no longer than its retention. */
  notCarried(limit: number): Promise<readonly PeopleEntry[]>;
  /** Keeps these for ever, without log entries. */
  carry(entries: readonly PeopleEntry[]): Promise<void>;
}

/** Each entry is one field of a person, or one merge. */
export interface PeoplePage {
  entries: readonly PeopleEntry[];
  /** Undefined after the last page. */
  next: number | undefined;
}
