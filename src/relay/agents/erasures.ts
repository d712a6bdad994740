import type { Clock } from '../../shared/lib/clock.ts';
import type { ErasedRows, Erasure } from '../../shared/protocol/erasure.ts';
import { personHash } from '../../sqlite/person-hash.ts';
import type { Access } from '../access/access.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { Member } from '../store/agent-store.ts';
import type { Store } from '../store/store.ts';
import type { AgentRegistry } from './registry.ts';

interface ErasurePorts {
  store: Pick<Store, 'erase'>;
  access: Pick<Access, 'numbersOf'>;
  agents: Pick<AgentRegistry, 'list'>;
  /** At this relay, and at every other one that can be asked. */
  eraseRecordings: (
    person: { erasure: Erasure; accounts: ReadonlySet<string> },
    callIds: ReadonlySet<string>,
  ) => Promise<Pick<ErasedRows, 'recordings' | 'held' | 'silent'>>;
  clock: Clock;
  random: (bytes: number) => Buffer;
}

const SALT_BYTES = 16;

/**
 * Erases a person from everything that the relay has of a workspace, and tells its consoles. Refused with `not-now`
 * while the store cannot be written, and with `in-call` while one of their calls goes on.
 *
 * @param keys of all their numbers and user ids
 */
export async function erasePerson(
  { store, access, agents, eraseRecordings, clock, random }: ErasurePorts,
  workspace: string,
  keys: readonly string[],
): Promise<Outcome> {
  const salt = random(SALT_BYTES).toString('hex');
  const erasure = {
    id: random(SALT_BYTES).toString('hex'),
    at: clock.now(),
    salt,
    hashes: keys.map((key) => personHash(salt, key)),
  };
  const whole = { workspace, role: 'admin', calls: 'all', numbers: 'all' } as const;
  try {
    const accounts = access.numbersOf(whole);
    const done = await store.erase({ workspace, accounts, erasure });
    if (!done) return refused('in-call');
    const { rows, traces } = done;
    const person = { erasure, accounts: new Set(accounts) };
    const erased = await eraseRecordings(person, new Set(traces.ids));
    const team = (await agents.list()).filter((agent) => agent.workspace === workspace);
    const all = { ...rows, ...erased };
    return { kind: 'erased', erasure, rows: all, consoles: team.length };
  } catch {
    return refused('not-now');
  }
}

/** Who was erased after a time. Refused with `unauthorized` for an agent who was removed. */
export async function readErasures(
  { store }: { store: Pick<Store, 'erasures'> },
  member: Member | undefined,
  after: number,
): Promise<Outcome> {
  if (!member) return refused('unauthorized');
  return { kind: 'erasures', items: [...(await store.erasures(member.workspace, after))] };
}
