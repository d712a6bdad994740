import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import { personKey } from '../../shared/lib/person-key.ts';
import type { PeopleEntry } from '../../shared/protocol/people.ts';
import { personHash } from '../../sqlite/person-hash.ts';
import type { Access } from '../access/access.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { Member } from '../store/agent-store.ts';
import type { PeoplePage } from '../store/people-store.ts';
import type { Store } from '../store/store.ts';

export type DescribedFrame = Extract<FromConsole, { type: 'described' }>;
export type PeopleFrame = Extract<FromConsole, { type: 'people' }>;
type KnownPeopleFrame = Extract<FromConsole, { type: 'known-people' }>;

/** Facts that are read at once; each has at most some 12 kB. */
const PAGE = 40;
/** The least of an answer, in bytes as JSON; with one more page it is far below the size of a frame. */
const ENOUGH_BYTES = 300_000;
/** A console's clock counts as right if it is ahead by no more than this, in ms. */
const TOLERANCE_MS = 2_000;

interface Ports {
  store: Store;
  access: Access;
}

/**
 * Logs what an agent wrote down about a customer. Refused with `unknown-account`, and with `unauthorized` for an agent who
 * was removed.
 *
 * @param at the relay's time, Unix ms
 */
export function writeDescribed(
  ports: Ports,
  member: Member | undefined,
  { accountId, party, fields }: DescribedFrame,
  at: number,
): Promise<Outcome> {
  return writePeople(ports, member, { accountId, people: [{ party, at, fields }], merges: [] }, at);
}

/**
 * Logs what an agent wrote down about many customers. The agent says when they wrote it, because they may have been
 * offline: of two writings the later one counts, not the one that arrives later. No time is in the future. Refused as
 * `writeDescribed` is.
 *
 * @param now the relay's time, Unix ms
 */
export async function writePeople(
  { store, access }: Ports,
  member: Member | undefined,
  { accountId, people, merges }: Omit<PeopleFrame, 'type' | 'id'>,
  now: number,
): Promise<Outcome> {
  if (!member) return refused('unauthorized');
  if (!access.hears(member, accountId)) return refused('unknown-account');
  const by = { id: member.id, name: member.name };
  const past = (at: number) => (at > now + TOLERANCE_MS ? now : at);
  const erasures = await store.erasures(member.workspace, 0);
  // A console that was away may not have heard of it yet.
  const isErased = (key: string | undefined, at: number) =>
    key !== undefined &&
    erasures.some((one) => at <= one.at && one.hashes.includes(personHash(one.salt, key)));
  const entries = [
    ...people.flatMap(({ at, ...person }): PeopleEntry[] => {
      if (isErased(personKey(person.party), at)) return [];
      return [{ type: 'described', accountId, by, at: past(at), ...person }];
    }),
    ...merges.flatMap(({ at, ...merge }): PeopleEntry[] => {
      if (isErased(merge.kept, at) || isErased(merge.other, at)) return [];
      return [{ type: 'merged', accountId, by, at: past(at), ...merge }];
    }),
  ];
  if (entries.length > 0) await store.people.add(entries, now);
  return { kind: 'granted' };
}

/**
 * What agents wrote down about customers of an agent's numbers, as it counts now. Refused with `unauthorized` for an agent
 * who was removed.
 */
export async function readPeople(
  { store, access }: Ports,
  member: Member | undefined,
  { after = 0 }: Pick<KnownPeopleFrame, 'after'>,
): Promise<Outcome> {
  if (!member) return refused('unauthorized');
  const entries: PeopleEntry[] = [];
  let bytes = 0;
  let next: number | undefined = after;
  while (next !== undefined && bytes < ENOUGH_BYTES) {
    const page: PeoplePage = await store.people.page(next, PAGE);
    for (const entry of page.entries) {
      if (!access.hears(member, entry.accountId)) continue;
      entries.push(entry);
      bytes += Buffer.byteLength(JSON.stringify(entry));
    }
    ({ next } = page);
  }
  return { kind: 'people', entries, ...(next !== undefined && { next }) };
}
