import { expect, it } from 'vitest';
import { Access } from '../../../../src/relay/access/access.ts';
import type { Present } from '../../../../src/relay/ring/eligible-agents.ts';
import { RingingBoard } from '../../../../src/relay/ring/ringing-board.ts';
import type { ClaimRecord } from '../../../../src/relay/store/claim-record.ts';
import { FakeClock } from '../../../fakes/clock.ts';

const present = (id: string): Present => ({ agent: { id, name: id }, presence: 'available' });

/** A board, the calls that ring, and a team that is derived again only when asked. */
function setUp() {
  const ringing: ClaimRecord[] = [];
  const connected: Present[] = [];
  const clock = new FakeClock();
  const board = new RingingBoard({
    store: { ringing: () => Promise.resolve([...ringing]) },
    clock,
    accounts: [],
    access: new Access([{ id: '', numbers: ['main'] }]),
    memberOf: (id) => ({
      id,
      name: id,
      role: 'agent',
      calls: 'all',
      numbers: 'all',
      workspace: '',
    }),
    relayedCalls: undefined,
  });
  let updates = 0;
  const team = {
    present: [] as readonly Present[],
    update: async () => {
      updates++;
      team.present = [...connected];
    },
  };
  const ring = (callId: string) =>
    ringing.push({
      callId,
      offer: { at: clock.now(), cursor: ringing.length + 1 },
      accountId: 'main',
      assigned: undefined,
      ended: false,
      claimedBy: undefined,
      reservedBy: undefined,
      declinedBy: [],
    });
  const agentsOf = async () =>
    (await board.calls(team)).map(({ agents }) => agents.map(({ id }) => id));
  return { connected, ring, agentsOf, updates: () => updates };
}

it('a new call rings at once for agents who have connected since the team was derived', async () => {
  const { connected, ring, agentsOf, updates } = setUp();
  connected.push(present('ana'));
  ring('main/1');
  expect(await agentsOf()).toEqual([['ana']]);

  connected.push(present('bea'));
  ring('main/2');
  expect(await agentsOf()).toEqual([
    ['ana', 'bea'],
    ['ana', 'bea'],
  ]);
  await agentsOf();
  expect(updates()).toBe(2);
});
