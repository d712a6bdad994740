import type { JetStreamClient } from '@nats-io/jetstream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../../../../src/relay/log.ts';
import { encodeCommand, type Command } from '../../../../src/relay/store/nats/command.ts';
import { CommandLog } from '../../../../src/relay/store/nats/command-log.ts';
import { openJetStream, type JetStream } from '../../../../src/relay/store/nats/jetstream.ts';
import { Projection } from '../../../../src/relay/store/nats/projection.ts';
import { openNats, type Nats } from '../../../helpers/nats.ts';

let nats: Nats;
let jetStream: JetStream;
let projection: Projection;
beforeEach(async () => {
  nats = await openNats();
  jetStream = await openJetStream({ servers: nats.urls, replicas: 1, prefix: 'test' }, 14);
  const origin = { id: 'a', cursorBase: 0, firstSequence: 1, lastSequence: 0 };
  projection = Projection.open(':memory:', origin, () => undefined);
});
afterEach(async () => {
  await jetStream.connection.close();
  projection.close();
  await nats.close();
});

it('waits for the answer to a command that the server is still storing for an earlier try', async () => {
  const { client } = jetStream;
  let sent: Promise<unknown> | undefined;
  // As a cluster answers a repetition: a duplicate, of a message that has no sequence yet.
  const publish: JetStreamClient['publish'] = async (...args) => {
    sent = new Promise((resolve) => setImmediate(resolve)).then(() => client.publish(...args));
    return { stream: 'test-log', domain: '', seq: 0, duplicate: true };
  };
  const commands = new CommandLog({
    jetStream: { ...jetStream, client: { ...client, publish, consumers: client.consumers } },
    projection,
    log: createLog(() => undefined),
    unreadable: () => undefined,
    handleElsewhere: () => undefined,
  });
  await commands.start();
  const { answer } = await commands.ask({ kind: 'prune', before: 0 }, 'one');
  expect(answer).toBe(0);
  await sent;
  await commands.close();
});

it('executes every command that the log has at the start, in whatever portions they come', async () => {
  const { client, names } = jetStream;
  const origin = { id: 'a', cursorBase: 0, firstSequence: 1, lastSequence: 0 };
  const kinds = [
    { kind: 'prune', before: 0 },
    { kind: 'not-later', now: 1, wrapUpMs: 0 },
    { kind: 'dispatch-add', endpoint: 'crm', cursor: 0, added: [], wanted: [] },
    { kind: 'drop-reservations', agentId: 'ana' },
    { kind: 'decline', callId: 'main/1', agentId: 'ana' },
  ] as const satisfies Command[];
  for (let count = 1; count <= 40; count++) {
    // Each takes another number of turns of the event loop.
    const command = kinds[(count * count) % kinds.length] ?? kinds[0];
    await client.publish(`${names.subjects.log}.${command.kind}`, encodeCommand(command));
    const own = Projection.open(':memory:', origin, () => undefined);
    const commands = new CommandLog({
      jetStream,
      projection: own,
      log: createLog(() => undefined),
      unreadable: () => undefined,
      handleElsewhere: () => undefined,
    });
    await commands.start();
    expect(own.position('log')).toBe(count);
    await commands.close();
    own.close();
  }
});
