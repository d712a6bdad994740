import { describe, expect, it, onTestFinished } from 'vitest';
import { FrozenConsole } from '../../../fixtures/protocol-10/console.ts';
import { ConsolePeer } from '../../relay-media/console-peer.ts';
import { CUSTOMER, RelayedCallWorld } from '../relayed-call-world.ts';

const world = new RelayedCallWorld();
const granted = { kind: 'granted' };

async function joinFrozen(id: string): Promise<FrozenConsole> {
  const { token } = await world.relay.agents.add({ id, name: id });
  const console = await FrozenConsole.join(world.url, token);
  onTestFinished(() => console.close());
  expect(await console.first('welcome')).toMatchObject({ version: 10 });
  return console;
}

describe('a console of the release before', () => {
  it('rings, takes a call, hangs up, and hears of its newer teammates', async () => {
    const ana = await joinFrozen('ana');
    const ben = await world.join('ben');
    const { callId } = await world.simulator.startCall({ customer: CUSTOMER, kind: 'silent' });
    const id = `main/${callId}`;
    await ana.first('ringing', ({ callId: rung }) => rung === id);
    const peer = await ConsolePeer.open();
    onTestFinished(() => peer.close());
    const leg = await ana.ask('leg', { callId: id, sdp: peer.offer });
    expect(leg).toMatchObject({ kind: 'leg', sdp: expect.any(String) });
    await peer.connect(Object(leg).sdp);
    expect(await ana.ask('claim', { callId: id })).toEqual(granted);
    await ana.first('call', ({ call }) => Object(call).state === 'talking');
    await ben.console.sees('ana', 'on-call');
    expect(await ana.ask('hang-up', { callId: id })).toEqual(granted);
    expect(await ana.entry('ended')).toMatchObject({ by: { id: 'ana' }, why: 'hung-up' });
    await ana.first('team', ({ agents }) => JSON.stringify(agents).includes('"ben"'));
  });

  it('shares what is written down about customers, and passes over what it does not know', async () => {
    const ana = await joinFrozen('ana');
    const ben = await world.join('ben');
    const merges = [{ kept: '5511900000001', other: 'u:BR.1', at: 1 }];
    const asked = { type: 'people' as const, accountId: 'main', people: [], merges };
    expect(await ben.console.ask(asked)).toEqual(granted);
    await ana.first('skipped');
    const fields = [{ field: 'name', value: 'Rui' }];
    const described = { accountId: 'main', party: { waId: '5511900000001' }, fields };
    expect(await ana.ask('described', described)).toEqual(granted);
    expect(await ben.console.entry('described')).toMatchObject({ by: { id: 'ana' }, fields });
  });

  it('has the same list of customers who wait', async () => {
    const ana = await joinFrozen('ana');
    const ben = await world.join('ben');
    const { callId } = await world.simulator.startCall({ customer: CUSTOMER, kind: 'silent' });
    await ana.first('ringing', ({ callId: rung }) => rung === `main/${callId}`);
    world.simulator.hangUp(callId);
    await ana.first('entry', ({ body }) => Object(body).event?.kind === 'terminated');
    const customer = CUSTOMER.waId;
    expect(await ana.ask('todos', {})).toMatchObject({ kind: 'todos', items: [{ customer }] });
    const claim = { accountId: 'main', customer, action: { kind: 'claim' } };
    expect(await ana.ask('todo', claim)).toEqual(granted);
    expect(await ana.entry('todo')).toMatchObject({ customer, by: { id: 'ana' } });
    await ben.console.entry('todo');
  });
});
