import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAgentHandlers } from '../../../../src/main/ipc/agent-handlers.ts';
import type { Outcome } from '../../../../src/main/relay-client/requests.ts';
import type { AdminRequest } from '../../../../src/shared/protocol/agent-admin.ts';

const sender = { id: 1, url: 'app://ringdesk', topFrame: true };
const agents = [{ row: 2, agent: { id: 'ana', name: 'Ana' } }];

/** Handlers of an admin whose relay answers like this, and who chooses these files. */
function desk(answer: Outcome) {
  const dir = mkdtempSync(join(tmpdir(), 'ringdesk-agents-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const [csv, tokens] = [join(dir, 'agents.csv'), join(dir, 'tokens.csv')];
  const asked: AdminRequest[] = [];
  const handlers = createAgentHandlers({
    workspace: () => ({
      relayUrl: 'wss://calls.example.com/v1/agents',
      async administer(request) {
        asked.push(request);
        return answer;
      },
    }),
    askAgentsFile: async () => csv,
    askTokensFile: async () => tokens,
  });
  return { handlers, asked, csv, tokens };
}

describe('an invitation from the console', () => {
  it('leads to the relay that the admin is at', async () => {
    const invited = { kind: 'invited', code: 'K7QF3MRA9TWX', expiresAt: 0 } as const;
    const { handlers, asked } = desk(invited);
    expect(await handlers['agents.invite']({ agentId: 'ana' }, sender)).toEqual({
      link: 'ringdesk:join?relay=wss%3A%2F%2Fcalls.example.com&code=K7QF-3MRA-9TWX',
      code: 'K7QF-3MRA-9TWX',
    });
    expect(asked).toEqual([{ do: 'invite', agentId: 'ana' }]);
  });

  it('says what the relay’s config lacks', async () => {
    const { handlers } = desk({ kind: 'refused', why: 'unready' });
    const asked = Promise.resolve(handlers['agents.invite']({ agentId: 'ana' }, sender));
    await expect(asked).rejects.toThrow(/console/);
  });
});

describe('an import of agents in the console', () => {
  it('shows what is wrong with each row before anything is added', async () => {
    const { handlers, asked, csv } = desk({ kind: 'unreachable' });
    writeFileSync(csv, '\uFEFFid;name;role\nana;Ana;boss\n');
    expect(await handlers['agents.read']({}, sender)).toEqual({
      name: 'agents.csv',
      agents: [],
      problems: ['Row 2: “boss” is no role; there are agent, supervisor and admin'],
    });
    writeFileSync(csv, 'id,name\nana,Ana\n');
    expect(await handlers['agents.read']({}, sender)).toMatchObject({
      agents: [{ row: 2, agent: { id: 'ana', name: 'Ana', numbers: 'all' } }],
      problems: [],
    });
    expect(asked).toEqual([]);
  });

  it('saves the tokens for their owner alone', async () => {
    const { handlers, tokens } = desk({ kind: 'tokens', tokens: [{ id: 'ana', token: 'secret' }] });
    const done = await handlers['agents.import']({ agents }, sender);
    expect(done).toEqual({ path: tokens, added: 1 });
    expect(readFileSync(tokens, 'utf8')).toBe('id,token\r\nana,secret\r\n');
    expect(statSync(tokens).mode & 0o777).toBe(0o600);
  });

  it('names the rows that the relay does not take, and leaves no file behind', async () => {
    const problems = [{ index: 0, why: 'taken' as const, what: 'ana' }];
    const { handlers, tokens } = desk({ kind: 'problems', problems });
    expect(await handlers['agents.import']({ agents }, sender)).toEqual({
      problems: ['Row 2: the id “ana” is taken'],
    });
    expect(existsSync(tokens)).toBe(false);
  });

  it('writes over no file, and then asks the relay for nothing', async () => {
    const { handlers, asked, tokens } = desk({ kind: 'tokens', tokens: [] });
    writeFileSync(tokens, 'mine');
    await expect(handlers['agents.import']({ agents }, sender)).rejects.toThrow(/cannot be saved/);
    expect([readFileSync(tokens, 'utf8'), asked]).toEqual(['mine', []]);
  });

  it('removes the agents again whose tokens could not be saved', async () => {
    const unwritable = {
      id: 'ana',
      get token(): string {
        throw new Error('no space left');
      },
    };
    const { handlers, asked, tokens } = desk({ kind: 'tokens', tokens: [unwritable] });
    await expect(handlers['agents.import']({ agents }, sender)).rejects.toThrow(/cannot be saved/);
    expect(asked).toEqual([
      { do: 'add', agents: agents.map(({ agent }) => agent) },
      { do: 'remove', agentId: 'ana' },
    ]);
    expect(existsSync(tokens)).toBe(false);
  });

  it.each([
    [{ kind: 'refused', why: 'role' }, 'relay-refused'],
    [{ kind: 'unreachable' }, 'offline'],
  ] as const)('leaves no empty file behind when the relay answers %j', async (answer, code) => {
    const { handlers, tokens } = desk(answer);
    await expect(handlers['agents.import']({ agents }, sender)).rejects.toMatchObject({
      error: { code },
    });
    expect(existsSync(tokens)).toBe(false);
  });
});
