import { personKey } from '../../../shared/lib/person-key.ts';
import type { Party } from '../../../shared/providers/events.ts';
import type { IdentityStore } from './identity-store.ts';
import type { Merge } from './merges.ts';
import { doNotCallValue, type ImportedPerson, textFields } from './person-details.ts';

/** When and by whom something was said. */
interface Written {
  at: number;
  by: string;
}

/** Merges people, and stores those of a file; only inside a transaction. */
export class PeopleWriter {
  readonly #identity: IdentityStore;

  constructor(identity: IdentityStore) {
    this.#identity = identity;
  }

  /** @returns undefined if they are one already */
  merge(kept: Party, other: Party, written: Written): Merge | undefined {
    const [one, two] = [personKey(kept), personKey(other)];
    if (one === undefined || two === undefined) return undefined;
    const identity = this.#identity;
    const [own, theirs] = [identity.detailsOf(kept), identity.detailsOf(other)];
    const merge = identity.merge(one, two, written);
    if (!merge) return undefined;
    const both = textFields.filter(
      (field) => own[field] !== undefined && theirs[field] !== undefined,
    );
    identity.write(
      kept,
      both.map((field) => ({ field, value: own[field] ?? '', ...written, unsent: true })),
    );
    // Also if the mark was lifted of the other one later.
    const marked = own.doNotCall ?? theirs.doNotCall;
    if (marked && !identity.detailsOf(kept).doNotCall) {
      const value = doNotCallValue(true, marked.reason);
      identity.write(kept, [{ field: 'doNotCall', value, ...written, unsent: true }]);
    }
    return merge;
  }

  take(people: readonly ImportedPerson[], written: Written): void {
    const identity = this.#identity;
    for (const { party, fields, also } of people) {
      identity.note(party, written.at);
      // Somebody who has nothing but a number is in the list, too.
      const nothing = [
        { field: 'company' as const, value: identity.detailsOf(party).company ?? '' },
      ];
      identity.write(
        party,
        (fields.length > 0 ? fields : nothing).map((field) => ({
          ...field,
          ...written,
          unsent: true,
        })),
      );
      for (const other of also) this.merge(party, other, written);
    }
  }
}
