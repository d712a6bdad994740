import { expect, it, vi } from 'vitest';
import {
  ACCOUNT,
  APP_SECRET,
  envelope,
  NUMBER_ID,
  offer,
  post,
  postRaw,
  VERIFY_TOKEN,
} from './harness.ts';
import { RelayWorld } from './relay-world.ts';

const meta = (id: string, phoneNumberId: string) => ({
  id,
  provider: 'meta',
  phoneNumberId,
  appSecret: APP_SECRET,
  verifyToken: VERIFY_TOKEN,
});

/** As much time as a busy machine may need. */
const PATIENT = { timeout: 30_000, interval: 20 };
const OTHER_NUMBER = '105615555715856';
const world = new RelayWorld({
  accounts: [meta(ACCOUNT, NUMBER_ID), meta('other', OTHER_NUMBER)],
});

/** Webhooks of the flooding number in flight at the same time. */
const AT_ONCE = 200;

const message = (id: string) =>
  envelope(
    {
      messages: [
        {
          id,
          from: '5511999991234',
          timestamp: String(Math.floor(world.clock.now() / 1000)),
          type: 'text',
          text: { body: 'Hello?' },
        },
      ],
    },
    { field: 'messages' },
  );

/** A call to the other number. */
const otherOffer = (id: string) =>
  JSON.stringify(offer(id, world.clock.now())).replace(NUMBER_ID, OTHER_NUMBER);

it('a flood of webhooks for one number hardly delays a call to another', async () => {
  const ana = await world.join('ana');
  let answered = 0;
  const enough = new AbortController();
  const flood = Array.from({ length: AT_ONCE }, async (_, worker) => {
    for (let count = 0; !enough.signal.aborted; count++) {
      const { status } = await post(world.url, message(`wamid.${worker}-${count}`));
      expect(status).toBe(200);
      answered += 1;
    }
  });
  await vi.waitFor(() => expect(answered).toBeGreaterThan(2 * AT_ONCE), PATIENT);
  const delays: number[] = [];
  for (let call = 0; call < 10; call++) {
    const before = answered;
    const told = ana.ringing(`other/wacid.${call}`, ['ana']).then(() => answered - before);
    await postRaw(world.url, otherOffer(`wacid.${call}`), { account: 'other' });
    delays.push(await told);
  }
  enough.abort();
  await Promise.all(flood);
  // Those in flight when the call came, and as many again; it does not wait for the whole flood.
  expect(Math.max(...delays)).toBeLessThan(2 * AT_ONCE);
});
