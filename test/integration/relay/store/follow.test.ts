import type { Consumers } from '@nats-io/jetstream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../../../../src/relay/log.ts';
import { Follower } from '../../../../src/relay/store/nats/follow.ts';
import { openJetStream, type JetStream } from '../../../../src/relay/store/nats/jetstream.ts';
import { openNats, type Nats } from '../../../helpers/nats.ts';

let nats: Nats;
let jetStream: JetStream;
beforeEach(async () => {
  nats = await openNats();
  jetStream = await openJetStream({ servers: nats.urls, replicas: 1, prefix: 'test' }, 14);
});
afterEach(async () => {
  await jetStream.connection.close();
  await nats.close();
});

it('follows a stream elsewhere where its server lacks a message that is there', async () => {
  const { client, connection, names } = jetStream;
  const { seq } = await client.publish(`${names.subjects.log}.one`, 'one');
  let tries = 0;
  const consumers: Pick<Consumers, 'get'> = {
    get(stream, options) {
      tries += 1;
      // The first one is sent heartbeats, and nothing else.
      const lacking = { filter_subjects: `${names.subjects.log}.none` };
      const config = typeof options === 'object' ? options : {};
      return client.consumers.get(stream, { ...config, ...(tries === 1 && lacking) });
    },
  };
  let position = 0;
  const taken = new Promise<string>((resolve) => {
    const follower = new Follower({
      jetStream: { connection, client: { consumers } },
      stream: names.log,
      position: () => position,
      expected: () => seq,
      async take(message) {
        position = message.seq;
        follower.close();
        resolve(message.string());
      },
      log: createLog(() => undefined),
    });
  });
  expect(await taken).toBe('one');
  expect(tries).toBe(2);
});
