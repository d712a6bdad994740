import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../../src/relay/store/store.ts';
import { personHash } from '../../../../src/sqlite/person-hash.ts';
import { ana, AT, callIdOf, delivery, message, offer, relayedOffer, terminated } from './bodies.ts';
import { STORES, type StorePlace } from './stores.ts';

const GONE = '5511987654321';
const STAYS = '5511912340000';
const party = { waId: GONE, name: 'Zacharias Quintela' };

/** Every byte under a folder, as text. */
function bytesUnder(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');
}

describe.each(STORES)('an erasure from a store in $name', ({ start }) => {
  let kind: Awaited<ReturnType<typeof start>>;
  let place: StorePlace;
  let store: Store;

  beforeAll(async () => {
    kind = await start();
  });
  afterAll(() => kind.stop());
  beforeEach(async () => {
    place = kind.place();
    store = await place.open();
  });
  afterEach(async () => {
    await store.close();
    await place.close();
  });

  /** A webhook as it came, about one person. */
  const came = (waId: string) => ({
    ...delivery(),
    body: Buffer.from(JSON.stringify({ from: waId, ...(waId === GONE && { name: party.name }) })),
  });
  const of = <T extends ReturnType<typeof offer>>(event: T): T => {
    const { body } = event;
    if (body.type !== 'provider' || !('party' in body.event)) throw new Error('no party');
    return { ...event, body: { ...body, event: { ...body.event, party } } };
  };
  const asked = (at = AT + 1_000) => ({
    workspace: 'default',
    accounts: ['main'],
    erasure: { id: 'e1', at, salt: 'salt', hashes: [personHash('salt', GONE)] },
  });

  it('leaves nothing of the person in any table, file or stream, and all of the others', async () => {
    await store.append(came(STAYS), [message('m1'), offer('wacid.stays')]);
    await store.append(came(GONE), [of(offer('wacid.gone')), of(message('wamid.gone'))]);
    await store.append(came(GONE), [of(relayedOffer('wacid.carried'))]);
    // The same webhook once more, and one about both.
    await store.append(came(GONE), [of(offer('wacid.gone'))]);
    await store.append(came(GONE), [of(message('wamid.both')), message('m2')]);
    await store.claim(callIdOf('wacid.gone'), ana, AT + 1);
    await store.append(delivery(AT + 2), [of(terminated('wacid.gone')), terminated('wacid.stays')]);
    const by = ana;
    const note = { type: 'noted' as const, accountId: 'main', by, at: AT };
    await store.appendMessage(
      { ...note, party, providerCallId: 'wacid.gone', text: 'jabberwocky' },
      AT,
    );
    await store.appendMessage(
      {
        ...note,
        party: { waId: STAYS },
        providerCallId: 'wacid.stays',
        text: `A friend of ${GONE}`,
      },
      AT,
    );
    const carried = await store.relayedCall(callIdOf('wacid.carried'));
    if (!carried) throw new Error('no relayed call');
    await store.saveRelayedCall({ ...carried, state: { kind: 'ended' } }, [], AT + 3);
    await store.append(delivery(AT + 3), [of(terminated('wacid.carried'))]);

    const wrote = (waId: string, value: string) => ({
      type: 'described' as const,
      accountId: 'main',
      by,
      at: AT,
      party: { waId },
      fields: [{ field: 'notes' as const, value }],
    });
    const ends = { kept: STAYS, other: GONE, undone: false };
    await store.people.add(
      [
        wrote(GONE, 'jabberwocky'),
        wrote(STAYS, `Lives with ${GONE}`),
        { type: 'merged', accountId: 'main', by, at: AT, ...ends },
      ],
      AT,
    );
    await store.prune(0);

    const erased = await store.erase(asked());
    expect(erased?.rows).toMatchObject({ entries: 10, calls: 2, waiting: 1, blanked: 2 });

    const look = async () => {
      const left = await store.entriesAfter(0, 100);
      const text = JSON.stringify(left);
      expect(text).not.toContain(GONE);
      expect(text).not.toContain('wacid.gone');
      expect(text).not.toContain('jabberwocky');
      expect(left.map(({ body }) => body.type)).toEqual([
        'provider',
        'provider',
        'provider',
        'provider',
        'noted',
        'described',
        'erased',
      ]);
      expect(await store.call(callIdOf('wacid.gone'))).toBeUndefined();
      expect(await store.call(callIdOf('wacid.stays'))).toMatchObject({ ended: true });
      expect(await store.erasures('default', 0)).toEqual([asked().erasure]);
      expect(await store.erasures('another', 0)).toEqual([]);
      expect((await store.people.page(0, 9)).entries).toEqual([wrote(STAYS, 'Lives with ')]);
    };
    await look();
    // The raw bytes: tables, logs, and the server's own files.
    for (const folder of place.folders()) {
      const bytes = bytesUnder(folder);
      const words = [GONE, 'Quintela', 'jabberwocky', 'wacid.gone', 'wamid.gone'];
      expect(words.filter((word) => bytes.includes(word))).toEqual([]);
      expect(bytes).toContain(STAYS);
    }
    await store.close();
    store = await place.open();
    await look();
    // A node that reads the streams for the first time.
    if (place.forget) {
      await store.close();
      place.forget();
      store = await place.open();
      await look();
    }
  });

  it('keeps what came later', async () => {
    await store.append(came(GONE), [of(message('wamid.1'))]);
    await store.append({ ...came(GONE), receivedAt: AT + 5_000 }, [of(message('wamid.2'))]);
    await store.erase(asked());
    const left = await store.entriesAfter(0, 10);
    expect(left.map(({ at }) => at)).toEqual([AT + 5_000, AT + 1_000]);
  });

  it('leaves nothing of a customer whom WhatsApp names by a user id alone', async () => {
    const anonymous = { userId: 'BR.91827364' };
    const { body, ...rest } = offer('wacid.gone');
    if (body.type !== 'provider') throw new Error('no report');
    const event = { kind: 'offer' as const, at: AT, party: anonymous, sdp: 'v=0' };
    await store.append(delivery(), [{ ...rest, body: { ...body, event } }]);
    await store.claim(callIdOf('wacid.gone'), ana, AT + 1);
    await store.append(delivery(AT + 2), [terminated('wacid.gone')]);
    const { erasure, ...where } = asked();
    const hashes = [personHash('salt', `u:${anonymous.userId}`)];
    expect(await store.erase({ ...where, erasure: { ...erasure, hashes } })).toBeDefined();
    for (const folder of place.folders()) {
      expect(bytesUnder(folder)).not.toContain(anonymous.userId);
    }
  });

  it('erases nothing while a call goes on, anywhere, until its end is told or long over', async () => {
    await store.append(came(GONE), [of(message('wamid.1')), of(offer('wacid.gone'))]);
    expect(await store.erase(asked())).toBeUndefined();
    expect(JSON.stringify(await store.entriesAfter(0, 10))).toContain(GONE);
    await store.append(delivery(AT + 2), [of(terminated('wacid.gone'))]);
    expect(await store.erase(asked())).toBeDefined();

    await store.append(came(GONE), [of(offer('wacid.lost'))]);
    expect(await store.erase(asked(AT + 7 * 3_600_000))).toBeDefined();
    expect(await store.call(callIdOf('wacid.lost'))).toBeUndefined();
  });

  it('leaves a workspace alone whose numbers were not named', async () => {
    await store.append(came(GONE), [of(message('wamid.1'))]);
    await store.erase({ ...asked(), accounts: ['another'] });
    expect(JSON.stringify(await store.entriesAfter(0, 10))).toContain(GONE);
  });
});
