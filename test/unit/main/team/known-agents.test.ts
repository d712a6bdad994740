import { expect, test } from 'vitest';
import type { KnownAgent } from '../../../../src/main/db/json-settings.ts';
import { KnownAgents } from '../../../../src/main/team/known-agents.ts';

function open(selfId = 'ana') {
  let kept: readonly KnownAgent[] = [];
  let writes = 0;
  const agents = new KnownAgents({
    store: {
      get: () => kept,
      set: (all) => {
        writes += 1;
        kept = all;
      },
    },
    selfId: () => selfId,
  });
  return { agents, kept: () => kept, writes: () => writes };
}

const ana = { id: 'ana', name: 'Ana', team: 'Care' };
const bea = { id: 'bea', name: 'Bea', team: 'Sales' };

test('every name that an agent had means their newest one', () => {
  const { agents } = open();
  agents.handleTeam([ana, bea]);
  agents.handleTeam([{ ...bea, name: 'Beatriz' }]);
  agents.handleTeam([{ ...bea, name: 'Bia', team: 'Care' }]);
  const bia = { name: 'Bia', team: 'Care' };
  expect(agents.roster()).toEqual({
    '': { name: '', team: 'Care' },
    Bea: bia,
    Beatriz: bia,
    Bia: bia,
  });
});

test('an agent who has their first name again is nobody else', () => {
  const { agents, kept } = open();
  for (const name of ['Bea', 'Bia', 'Bea']) agents.handleTeam([{ ...bea, name }]);
  expect(kept()).toEqual([{ ...bea, formerNames: ['Bia'] }]);
});

test('a name that somebody else has now is theirs', () => {
  const { agents } = open();
  agents.handleTeam([bea]);
  agents.handleTeam([
    { ...bea, name: 'Bia' },
    { id: 'eva', name: 'Bea', team: 'Night' },
  ]);
  expect(agents.roster()['Bea']).toEqual({ name: 'Bea', team: 'Night' });
});

test('who left is still known, and nothing is written while nothing changes', () => {
  const { agents, writes } = open();
  agents.handleTeam([ana, bea]);
  agents.handleTeam([ana]);
  agents.handleTeam([bea]);
  expect(agents.roster()['Bea']).toEqual({ name: 'Bea', team: 'Sales' });
  expect(writes()).toBe(1);
});

test('names like those of an object’s own parts are names', () => {
  const { agents } = open();
  agents.handleTeam([{ id: 'x', name: '__proto__', team: 'Care' }, bea]);
  expect(Object.keys(agents.roster())).toEqual(['__proto__', 'Bea']);
});

test('whoever was seen last is remembered, also if nothing about them has changed', () => {
  const { agents, kept } = open();
  agents.handleTeam([ana]);
  const others = Array.from({ length: 1_000 }, (_, n) => ({ ...bea, id: `agent ${n}` }));
  agents.handleTeam([...others, ana]);
  expect(kept()).toHaveLength(1_000);
  expect(kept()).toContainEqual({ ...ana, formerNames: [] });
});
