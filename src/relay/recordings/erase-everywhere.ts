import type { ErasedRows } from '../../shared/protocol/erasure.ts';
import type { Nodes } from '../cluster/nodes.ts';
import type { ErasedPerson, RelayRecordings } from './relay-recordings.ts';

/**
 * Deletes an erased person's recordings at this relay, and at every node that shares its store: each has a folder of its
 * own. A node that does not answer does it once it is back (`RelayRecordings`).
 *
 * @param callIds their calls, as the store of this relay knew them
 */
export async function eraseEverywhere(
  nodes: Pick<Nodes, 'eraseRecordings'>,
  recordings: Pick<RelayRecordings, 'erase'>,
  person: ErasedPerson,
  callIds: ReadonlySet<string>,
): Promise<Pick<ErasedRows, 'recordings' | 'held' | 'silent'>> {
  const { erasure, accounts } = person;
  const [own, others] = await Promise.all([
    recordings.erase([person], callIds),
    nodes.eraseRecordings({ erasure, accounts: [...accounts] }),
  ]);
  const answers = [own, ...others.flatMap(({ answer }) => answer ?? [])];
  const silent = others.flatMap(({ node, answer }) => (answer ? [] : [node]));
  return {
    recordings: answers.reduce((sum, { erased }) => sum + erased, 0),
    held: answers.reduce((sum, { held }) => sum + held, 0),
    ...(silent.length > 0 && { silent }),
  };
}
