import { expect, test } from 'vitest';
import { AgentDirectory } from '../../../../src/relay/agents/directory.ts';
import { hashToken } from '../../../../src/relay/agents/token.ts';
import type { AgentRecord } from '../../../../src/relay/store/agent-store.ts';

const ana: AgentRecord = {
  id: 'ana',
  name: 'Ana',
  workspace: 'default',
  role: 'agent',
  calls: 'all',
  numbers: 'all',
  addedAt: 0,
  tokenHash: hashToken('new'),
};

/** What another relay added is read here once this one has caught up. */
function behind({ isDown = false } = {}) {
  let isBehind = true;
  let asked = 0;
  const directory = new AgentDirectory(
    {
      version: async () => (isBehind ? '1' : '2'),
      list: async () => (isBehind ? [] : [ana]),
      wrapUpForms: async () => new Map(),
      catchUp: async () => {
        asked += 1;
        if (isDown) throw new Error('NATS does not answer');
        isBehind = false;
      },
    },
    () => undefined,
  );
  return { directory, asked: () => asked };
}

test('a token that another relay has just stored is known', async () => {
  const { directory, asked } = behind();
  expect(await directory.authenticate('new')).toMatchObject({ id: 'ana' });
  expect(await directory.authenticate('new')).toMatchObject({ id: 'ana' });
  expect(asked()).toBe(1);
  expect(await directory.authenticate('wrong')).toBeUndefined();
});

test('a token is not called unknown while nobody can tell', async () => {
  const { directory } = behind({ isDown: true });
  await expect(directory.authenticate('new')).rejects.toThrow('NATS does not answer');
});
