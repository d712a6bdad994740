import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBirth } from '../../../../src/relay/store/nats/birth.ts';
import { openJetStream } from '../../../../src/relay/store/nats/jetstream.ts';
import { openNats, whenElected, type Nats } from '../../../helpers/nats.ts';

let nats: Nats;
/** Elections of three servers take their time, in ms. */
const LIMIT_MS = 240_000;
beforeEach(async () => {
  nats = await openNats({ servers: 3 });
}, LIMIT_MS);
afterEach(() => nats.close());

it(
  'keeps a log’s name when relays start again and its servers are restarted',
  async () => {
    const open = () => openJetStream({ servers: nats.urls, replicas: 3, prefix: 'test' }, 14);
    const first = await open();
    const birth = await readBirth(first);
    await first.connection.close();
    for (const server of [0, 1, 2]) {
      // Adds streams that are there already, as every start of a relay does.
      const relay = await nats.led(whenElected(open));
      await nats.kill(server);
      await nats.restart(server);
      expect(await nats.led(whenElected(() => readBirth(relay)))).toEqual(birth);
      await relay.connection.close();
    }
  },
  LIMIT_MS,
);
