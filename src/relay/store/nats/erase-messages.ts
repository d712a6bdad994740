import { nuid } from '@nats-io/transport-node';
import { DeliverPolicy } from '@nats-io/jetstream';
import type { ErasedTraces } from '../store.ts';
import type { CommandLog } from './command-log.ts';
import type { JetStream } from './jetstream.ts';
import { carryAnew } from './people-carrier.ts';
import type { Projection } from './projection.ts';

interface EraseMessagesPorts {
  jetStream: JetStream;
  projection: Projection;
  commands: CommandLog;
}

/** How long the server may take for the next messages, in ms. */
const PAGE_MS = 5_000;
const PAGE = 500;

/**
 * Removes, from the streams themselves, every message that names an erased person, and has the servers overwrite it.
 * What a removed command said about other people is written again at the end, for nodes that read the stream later.
 */
export async function eraseMessages(
  { jetStream, projection, commands }: EraseMessagesPorts,
  { words, ids }: Pick<ErasedTraces, 'words' | 'ids'>,
): Promise<void> {
  const { manager, names } = jetStream;
  const traces = [...words, ...ids.map((id) => JSON.stringify(id))];
  const isTheirs = (text: string) => traces.some((trace) => text.includes(trace));
  for (const stream of [names.log, names.deliveries, names.agents]) {
    const found = await messagesOf(jetStream, stream, (text) => {
      return isTheirs(text) && (stream !== names.agents || isAboutPeople(text));
    });
    if (stream === names.log) {
      for (const sequence of found) {
        const rows = projection.rowsOf(sequence);
        if (rows.length > 0) await commands.ask({ kind: 'import', rows: [...rows] }, nuid.next());
      }
    }
    if (stream === names.agents && found.length > 0) await carryAnew({ projection, commands });
    for (const sequence of found) await manager.streams.deleteMessage(stream, sequence, true);
  }
}

/** Of the agents' stream: the rest names agents alone. */
const isAboutPeople = (text: string): boolean =>
  text.includes('"kind":"agent-people"') || text.includes('"table":"person_fact"');

/** The sequences of all messages up to now whose content matches. */
async function messagesOf(
  { client, manager }: JetStream,
  stream: string,
  matches: (text: string) => boolean,
): Promise<readonly number[]> {
  const { state } = await manager.streams.info(stream);
  const found: number[] = [];
  if (state.messages === 0) return found;
  const consumer = await client.consumers.get(stream, { deliver_policy: DeliverPolicy.All });
  for (let last = 0; last < state.last_seq;) {
    const before = last;
    for await (const message of await consumer.fetch({ max_messages: PAGE, expires: PAGE_MS })) {
      last = message.seq;
      if (matches(message.string())) found.push(last);
      if (last >= state.last_seq) break;
    }
    // The last ones may have been removed before.
    if (last === before) break;
  }
  await consumer.delete();
  return found;
}
