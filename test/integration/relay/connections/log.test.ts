import { describe, expect, it } from 'vitest';
import { offer, post } from '../harness.ts';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld({ retentionDays: 8 });
const DAY_MS = 86_400_000;

/** Old calls, so that nothing rings. */
async function fill(from: number, to: number): Promise<void> {
  const past = world.clock.now() - 2 * DAY_MS;
  for (let n = from; n <= to; n += 1) await post(world.url, offer(`wacid.${n}`, past));
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('the log', () => {
  it('starts at its end for a new console', async () => {
    await fill(1, 3);
    const ana = await world.join('ana');
    expect(ana.welcome).toMatchObject({ head: 3, from: 3, complete: true });
    await fill(4, 4);
    await ana.first('entry');
    expect(ana.cursors).toEqual([4]);
  });

  it('sends exactly what came after the cursor, then continues live', async () => {
    const ana = await world.join('ana');
    await fill(1, 5);
    await ana.until(() => ana.cursors.length === 5 || undefined);
    const { epoch } = ana.welcome;
    await ana.close();
    await fill(6, 300);
    const again = await world.join('ana', { epoch, cursor: 5 });
    expect(again.welcome).toMatchObject({ head: 300, from: 5, complete: true });
    await fill(301, 305);
    await again.until(() => again.cursors.at(-1) === 305 || undefined);
    expect(again.cursors).toEqual(range(6, 305));
  });

  it('loses and repeats nothing while entries come in during the replay', async () => {
    await fill(1, 250);
    const { epoch } = (await world.join('ana')).welcome;
    const writing = fill(251, 400);
    const bea = await world.join('bea', { epoch, cursor: 0 });
    await writing;
    await bea.until(() => bea.cursors.length >= 400 || undefined);
    expect(bea.cursors).toEqual(range(1, 400));
  });

  it('sends at most 500 entries ahead of the ack, and goes on by pages of 100', async () => {
    const { epoch } = (await world.join('ana')).welcome;
    await fill(1, 620);
    const bea = await world.open('bea');
    bea.acking = false;
    bea.hello({ epoch, cursor: 0 });
    await bea.until(() => bea.cursors.length === 500 || undefined);
    // The answer to a request comes after everything sent before it.
    expect(await bea.claim('main/none')).toEqual({ kind: 'refused', why: 'unknown' });
    expect(bea.cursors).toHaveLength(500);
    bea.send({ type: 'ack', cursor: 30 });
    await bea.claim('main/none');
    expect(bea.cursors).toHaveLength(500);
    bea.send({ type: 'ack', cursor: 100 });
    await bea.until(() => bea.cursors.length === 600 || undefined);
    await bea.claim('main/none');
    expect(bea.cursors).toHaveLength(600);
    bea.send({ type: 'ack', cursor: 600 });
    await bea.until(() => bea.cursors.length === 620 || undefined);
    expect(bea.cursors).toEqual(range(1, 620));
  });

  it('keeps its epoch and cursors over a restart', async () => {
    await fill(1, 4);
    const ana = await world.join('ana');
    await world.restart();
    const again = await world.join('ana', { epoch: ana.welcome.epoch, cursor: 1 });
    await again.until(() => again.cursors.length === 3 || undefined);
    expect(again.cursors).toEqual([2, 3, 4]);
  });

  it('notifies a console whose cursor is older than the kept entries', async () => {
    await fill(1, 5);
    const { epoch } = (await world.join('ana')).welcome;
    world.clock.advance(4 * DAY_MS);
    await fill(6, 8);
    world.clock.advance(5 * DAY_MS);
    await world.logged(({ event }) => event === 'log.pruned');
    const late = await world.join('bea', { epoch, cursor: 2 });
    expect(late.welcome).toMatchObject({ from: 5, head: 8, complete: false });
    await late.until(() => late.cursors.length === 3 || undefined);
    expect(late.cursors).toEqual([6, 7, 8]);
    const inTime = await world.join('caio', { epoch, cursor: 5 });
    expect(inTime.welcome).toMatchObject({ from: 5, complete: true });
    // An empty log still has its cursor.
    world.clock.advance(9 * DAY_MS);
    await world.join('dora', { epoch, cursor: 8 });
    await fill(9, 9);
    expect((await inTime.first('entry', ({ cursor }) => cursor === 9)).cursor).toBe(9);
  });

  it('starts over for a console with another log’s cursor, or a higher one than exists', async () => {
    await fill(1, 2);
    const stranger = await world.join('ana', { epoch: 'another', cursor: 1 });
    expect(stranger.welcome).toMatchObject({ from: 2, complete: false });
    const { epoch } = stranger.welcome;
    const ahead = await world.join('bea', { epoch, cursor: 99 });
    expect(ahead.welcome).toMatchObject({ from: 2, complete: false });
  });

  it('rings a console that starts during a ring, but not for ended, claimed or old calls', async () => {
    await fill(1, 2);
    const ana = await world.join('ana');
    await world.ring('wacid.ended');
    await world.end('wacid.ended');
    await ana.claim(await world.ring('wacid.claimed'));
    const open = await world.ring('wacid.open');
    const bea = await world.join('bea');
    await bea.ringing(open, ['ana', 'bea']);
    expect(bea.all('entry')[0]?.body).toMatchObject({ providerCallId: 'wacid.open' });
    expect(bea.welcome).toMatchObject({ complete: true });
    world.clock.advance(61_000);
    const caio = await world.join('caio');
    expect(caio.welcome.from).toBe(caio.welcome.head);
  });

  it('remembers each agent’s last acknowledgement', async () => {
    await world.join('bea');
    const ana = await world.join('ana');
    await fill(1, 3);
    await ana.until(() => ana.cursors.length === 3 || undefined);
    await ana.close();
    await world.left('ana');
    const list = await world.relay.agents.list();
    expect(list.find(({ id }) => id === 'ana')?.acked).toEqual({
      cursor: 3,
      at: world.clock.now(),
    });
  });
});
