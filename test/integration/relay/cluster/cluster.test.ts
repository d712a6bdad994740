import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cluster } from '../cluster-world.ts';
import { offer, post, postRaw, sign, terminate } from '../harness.ts';

let cluster: Cluster;
beforeEach(async () => {
  cluster = await Cluster.open(3);
});
afterEach(async () => {
  await cluster.close();
});

describe('several relays on one store', () => {
  it('ring everybody, whichever nodes get the webhook and have the consoles, and give the call to one agent', async () => {
    const [ana, ben] = [await cluster.join('ana', 0), await cluster.join('ben', 1)];
    await Promise.all([ana.sees('ben', 'available'), ben.sees('ana', 'available')]);
    const ringing = offer('wacid.1');
    expect(await post(cluster.node(2).url, ringing)).toMatchObject({ json: { added: 1 } });
    expect(await post(cluster.node(0).url, ringing)).toMatchObject({ json: { added: 0 } });
    await ana.ringing('main/wacid.1', ['ana', 'ben']);
    await ben.ringing('main/wacid.1', ['ana', 'ben']);
    const outcomes = await Promise.all([ana.claim('main/wacid.1'), ben.claim('main/wacid.1')]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['granted', 'refused']);
    const [at0, at1] = await Promise.all([ana.entry('claimed'), ben.entry('claimed')]);
    expect(at0).toEqual(at1);
  });

  it('grant a reservation only to the one eligible agent of all nodes, and hold the call for them', async () => {
    const [ana, ben] = [await cluster.join('ana', 0), await cluster.join('ben', 1)];
    await Promise.all([ana.sees('ben', 'available'), ben.sees('ana', 'available')]);
    await post(cluster.node(2).url, offer('wacid.1'));
    await Promise.all([ana, ben].map((one) => one.ringing('main/wacid.1', ['ana', 'ben'])));
    expect(await ana.reserve('main/wacid.1')).toMatchObject({ kind: 'refused', why: 'others' });
    await ben.decline('main/wacid.1');
    await ana.ringing('main/wacid.1', ['ana']);
    expect(await ana.reserve('main/wacid.1')).toEqual({ kind: 'granted' });
    expect(await ben.claim('main/wacid.1')).toMatchObject({ kind: 'refused', why: 'reserved' });
    await post(cluster.node(1).url, terminate('wacid.1'));
    await ana.entry('provider', ({ event }) => event.kind === 'terminated');
  });

  it('show one team, including agents who connect, change and disconnect at other nodes', async () => {
    const [ana, ben] = [await cluster.join('ana', 0), await cluster.join('ben', 1)];
    await ana.sees('ben', 'available');
    ben.send({ type: 'presence', presence: 'away' });
    await ana.sees('ben', 'away');
    await ben.close();
    await ana.sees('ben', 'offline');
    await cluster.node(2).stop();
    expect(ana.team.get('ana')?.presence).toBe('available');
  });

  it('tell consoles of every node that webhooks are refused, and taken again', async () => {
    const ana = await cluster.join('ana', 0);
    const body = JSON.stringify(offer('wacid.1'));
    await postRaw(cluster.node(2).url, '{}', { signature: null });
    await postRaw(cluster.node(2).url, body, { signature: null });
    const refused = { accountId: 'main', refused: { code: 'signature-missing' } };
    expect(await ana.first('webhooks')).toMatchObject({ number: refused });
    expect(await ana.ask({ type: 'checks' })).toMatchObject({ numbers: [refused] });
    await post(cluster.node(1).url, offer('wacid.1'));
    const again = await ana.first('webhooks', ({ number }) => number.takenAgoMs !== undefined);
    expect(again.number.takenAgoMs).toBeLessThan(again.number.refused?.agoMs ?? 0);
    // Another node takes them, so this one has had a stranger's.
    await ana.entry('provider');
    await postRaw(cluster.node(0).url, body, { signature: sign(body, 'guess') });
    expect(await ana.ask({ type: 'checks' })).toMatchObject({
      numbers: [{ refused: { code: 'signature-missing' } }],
    });
  });

  it('pass on what teammates tell each other, and report calls to supervisors, at whichever node they are', async () => {
    await cluster.token('sam', { role: 'supervisor' });
    const [ana, sam] = [await cluster.join('ana', 0), await cluster.join('sam', 1)];
    await Promise.all([ana.sees('sam', 'available'), sam.sees('ana', 'available')]);
    const to = { kind: 'agent', name: 'sam' } as const;
    const granted = { kind: 'granted' };
    expect(await ana.ask({ type: 'tell', to, text: 'Call Zoe first' })).toEqual(granted);
    const { messageId } = await sam.entry('told');
    const messages = [{ id: messageId, from: 'ana' }];
    expect(await sam.ask({ type: 'told-read', messages })).toEqual(granted);
    expect(await ana.entry('told-read')).toMatchObject({ messageIds: [messageId] });

    await post(cluster.node(2).url, offer('wacid.1'));
    await ana.ringing('main/wacid.1', ['ana', 'sam']);
    expect(await ana.claim('main/wacid.1')).toEqual(granted);
    await sam.entry('claimed');
    const board = () => sam.ask({ type: 'board', dayMs: 86_400_000 });
    expect(await board()).toMatchObject({
      live: [{ callId: 'main/wacid.1', agent: { id: 'ana' } }],
    });
    const party = { waId: '5511999990000' };
    const placed = { type: 'placed', accountId: 'main', providerCallId: 'out.1', party } as const;
    for (const _ of [1, 2]) expect(await ana.ask(placed)).toEqual(granted);
    await post(cluster.node(1).url, terminate('wacid.1'));
    await sam.entry('provider', ({ event }) => event.kind === 'terminated');
    // Nobody was answered: the customer gave up just as Ana took the call.
    expect(await board()).toMatchObject({
      live: [],
      agents: [{ id: 'ana', answered: 0, placed: 1 }],
      numbers: [{ id: 'main', calls: 1, missed: 1 }],
    });
    const range = { from: 0, to: 4_000_000_000_000, zone: 'Asia/Kolkata' };
    const about = { accountId: 'main', providerCallId: 'wacid.1', mos: 4, talkSeconds: 1 };
    expect(await ana.ask({ type: 'measured', ...about })).toEqual(granted);
    expect(await sam.ask({ type: 'insight', part: { view: 'hours' }, range })).toMatchObject({
      figures: { view: 'hours', all: { received: 1, missed: 1, placed: 1 } },
    });
    expect(await sam.ask({ type: 'team-calls' })).toMatchObject({
      calls: [{ callId: 'main/out.1', placedBy: { id: 'ana' } }, { callId: 'main/wacid.1' }],
    });
  });

  it('keep one console for each agent: a later one at another node replaces the earlier one', async () => {
    const earlier = await cluster.join('ana', 0);
    await cluster.join('ana', 1);
    await earlier.closed;
    expect(earlier.all('refused')).toMatchObject([{ code: 'replaced' }]);
    const ben = await cluster.join('ben', 2);
    await ben.sees('ana', 'available');
  });

  it('send a console that comes from another node exactly the entries that it lacks', async () => {
    const first = await cluster.join('ana', 0);
    await post(cluster.node(0).url, offer('wacid.1'));
    await first.entry('provider');
    const { epoch } = first.welcome;
    const cursor = first.cursors.at(-1) ?? 0;
    await cluster.node(0).stop();
    await post(cluster.node(2).url, offer('wacid.2'));
    const second = await cluster.join('ana', 1, { epoch, cursor });
    await second.entry('provider');
    expect(second.welcome).toMatchObject({ epoch, from: cursor, complete: true });
    await post(cluster.node(2).url, offer('wacid.3'));
    await second.entry('provider', ({ providerCallId }) => providerCallId === 'wacid.3');
    const ids = second
      .all('entry')
      .map(({ body }) => body.type === 'provider' && body.providerCallId);
    expect(ids).toEqual(['wacid.2', 'wacid.3']);
  });
});
