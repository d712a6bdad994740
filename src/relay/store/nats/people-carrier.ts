import { nuid } from '@nats-io/transport-node';
import type { PeopleEntry } from '../../../shared/protocol/people.ts';
import type { PeoplePage, PeopleStore } from '../people-store.ts';
import type { CommandLog } from './command-log.ts';
import type { JetStream } from './jetstream.ts';
import type { Projection } from './projection.ts';

/** Facts in one command, far below the size of a message. */
const AT_ONCE = 50;
/** So many commands are kept until all facts are written anew. */
const MOST_COMMANDS = 2_000;

interface CarrierPorts {
  jetStream: Pick<JetStream, 'manager' | 'names'>;
  projection: Pick<Projection, 'position'> & { store: { people: PeopleStore } };
  commands: Pick<CommandLog, 'ask'>;
}

/**
 * Writes what is known about people to the agents' stream, because the log's stream forgets it. Every node does;
 * what another has written counts as written.
 */
export async function carryPeople(ports: CarrierPorts): Promise<void> {
  const { people } = ports.projection.store;
  for (;;) {
    const entries = await people.notCarried(AT_ONCE);
    if (entries.length === 0) break;
    await send(ports, entries);
  }
  await compact(ports);
}

/** Removes what was written over long ago, so that the stream grows with people and not with changes. */
async function compact(ports: CarrierPorts): Promise<void> {
  const { manager, names } = ports.jetStream;
  const filter = `${names.subjects.agents}.agent-people`;
  const { state } = await manager.streams.info(names.agents, { subjects_filter: filter });
  if ((state.subjects?.[filter] ?? 0) <= MOST_COMMANDS) return;
  // Whatever these say is part of what is read now.
  const seq = ports.projection.position('agents') + 1;
  await carryAnew(ports);
  await manager.streams.purge(names.agents, { filter, seq });
}

/** Writes everything that counts, as if nothing of it were in the stream. */
export async function carryAnew(
  ports: Pick<CarrierPorts, 'projection' | 'commands'>,
): Promise<void> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page: PeoplePage = await ports.projection.store.people.page(after, AT_ONCE);
    await send(ports, page.entries);
    after = page.next;
  }
}

async function send(
  { commands }: Pick<CarrierPorts, 'commands'>,
  entries: readonly PeopleEntry[],
): Promise<void> {
  await commands.ask({ kind: 'agent-people', entries: [...entries] }, nuid.next());
}
