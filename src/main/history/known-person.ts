import type { Contact, ContactItem } from '../../shared/ipc/contacts.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { ContactPages } from '../db/contact-pages.ts';
import { jsonLine } from './export/json-lines.ts';
import type { History } from './history.ts';

/** All that is known of one person. */
export interface KnownPerson {
  person: Omit<Contact, 'items' | 'next'>;
  /** Calls, messages and notes, newest first. */
  timeline: readonly ContactItem[];
  /** Each call as in an export of JSON Lines, newest first. */
  calls: readonly string[];
}

const PAGE = 200;

/** Reads everything about one person. */
export function knownPerson(history: History, contacts: ContactPages, party: Party): KnownPerson {
  const timeline: ContactItem[] = [];
  let person: KnownPerson['person'] | undefined;
  let before: string | undefined;
  do {
    const { items, next, ...rest } = contacts.get(party, before, PAGE);
    person ??= rest;
    timeline.push(...items);
    before = next;
  } while (before !== undefined);
  const calls: string[] = [];
  const filter = { person: personKey(party) };
  for (let below: number | undefined; ;) {
    const page = history.records(filter, below, PAGE);
    const last = page.at(-1);
    if (!last) break;
    calls.push(...page.map((call) => jsonLine(call, history.timeline(call.seq))));
    below = last.seq;
  }
  return { person, timeline, calls };
}
