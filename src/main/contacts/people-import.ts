import type { ImportPreview } from '../../shared/ipc/people.ts';
import type { PersonField } from '../../shared/people/person-fields.ts';
import { numberKey } from '../../shared/lib/person-key.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { PersonRecord, ReadEntry } from '../../shared/people/person-record.ts';
import type { Contacts } from '../db/contacts.ts';
import { doNotCallValue, type ImportedPerson } from '../db/people/person-details.ts';

interface ImportPlan {
  people: readonly ImportedPerson[];
  preview: Omit<ImportPreview, 'id' | 'file'>;
}

type Store = Pick<Contacts, 'known' | 'personOf'>;
type Skipped = ImportPreview['skipped'][number];
interface Entry {
  line: number;
  record: PersonRecord;
}

/** The most lines of each kind that a preview lists; it counts all of them. */
const LISTED = 200;

/**
 * What importing these entries changes: empty fields of the file change nothing, and *do not call* is never
 * lifted. Entries with the same first number are one person, the later one counting.
 */
export function planImport(entries: readonly ReadEntry[], store: Store): ImportPlan {
  const skipped: Skipped[] = entries.flatMap((entry) => {
    if ('problem' in entry) return [entry];
    return (entry.bad ?? []).map((what) => ({
      line: entry.line,
      problem: 'bad-number' as const,
      what,
    }));
  });
  const read = entries.flatMap((entry): Entry[] => ('record' in entry ? [entry] : []));
  const people = joined(read);
  const owners = ownersOf(people);
  const preview: ImportPlan['preview'] = {
    added: { count: 0, first: [] },
    changed: { count: 0, first: [] },
    same: 0,
    joined: read.length - people.length,
    skipped,
  };
  const planned = people.flatMap(({ line, record }): ImportedPerson[] => {
    const [waId, ...others] = record.numbers;
    const party: Party = {
      ...(waId !== undefined && { waId }),
      ...(record.userId !== undefined && { userId: record.userId }),
    };
    const also = others.filter((number) => {
      const problem = whyNotTheirs(number, { record, party, owners, store });
      if (problem) skipped.push({ line, problem, what: `+${number}` });
      return problem === undefined;
    });
    const known = store.known(party);
    const fields = changesOf(record, known);
    const isAlone = also.every(
      (number) => store.personOf({ waId: number }) === store.personOf(party),
    );
    if (known.exists && fields.length === 0 && isAlone) {
      preview.same += 1;
      return [];
    }
    const list = known.exists ? preview.changed : preview.added;
    list.count += 1;
    if (list.first.length < LISTED) {
      const name = record.name || known.name;
      list.first.push({ party: { ...party, name }, fields: fields.map(({ field }) => field) });
    }
    return [{ party, fields, also: also.map((number) => ({ waId: number })) }];
  });
  skipped.sort((a, b) => a.line - b.line);
  return { people: planned, preview };
}

/** Entries about the same person become one. */
function joined(entries: readonly Entry[]): readonly Entry[] {
  const byKey = new Map<string, Entry>();
  for (const { line, record } of entries) {
    const [first] = record.numbers;
    const key = first === undefined ? `u:${record.userId}` : numberKey(first);
    const before = byKey.get(key);
    byKey.set(key, before ? { line, record: together(before.record, record) } : { line, record });
  }
  return [...byKey.values()];
}

function together(before: PersonRecord, after: PersonRecord): PersonRecord {
  return {
    name: after.name || before.name,
    company: after.company || before.company,
    notes: after.notes || before.notes,
    language: after.language || before.language,
    doNotCall: after.doNotCall ?? before.doNotCall,
    numbers: [...new Set([...before.numbers, ...after.numbers])],
    userId: after.userId ?? before.userId,
  };
}

/** In how many entries each number is: a switchboard is nobody's own. */
function ownersOf(people: readonly Entry[]): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  for (const { record } of people) {
    for (const key of new Set(record.numbers.map(numberKey))) {
      owners.set(key, (owners.get(key) ?? 0) + 1);
    }
  }
  return owners;
}

interface Asked {
  record: PersonRecord;
  party: Party;
  owners: ReadonlyMap<string, number>;
  store: Store;
}

/** Why another number of an entry does not make its owner the same person. */
function whyNotTheirs(number: string, asked: Asked): Skipped['problem'] | undefined {
  const { record, party, owners, store } = asked;
  if ((owners.get(numberKey(number)) ?? 0) > 1) return 'shared-number';
  const other = { waId: number };
  const name = store.known(other).details.name;
  const isOther = store.personOf(other) !== store.personOf(party);
  return isOther && name !== undefined && name !== record.name ? 'other-person' : undefined;
}

function changesOf(
  record: PersonRecord,
  { name, details }: ReturnType<Store['known']>,
): ImportedPerson['fields'] {
  const fields: { field: PersonField; value: string }[] = [];
  const given = { ...details, name: details.name ?? name };
  for (const field of ['name', 'company', 'notes', 'language'] as const) {
    const value = record[field];
    if (value !== '' && value !== given[field]) fields.push({ field, value });
  }
  if (record.doNotCall && !details.doNotCall) {
    fields.push({ field: 'doNotCall', value: doNotCallValue(true, record.doNotCall.reason) });
  }
  return fields;
}
