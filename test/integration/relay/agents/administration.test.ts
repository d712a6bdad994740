import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { AdminRequest } from '../../../../src/shared/protocol/agent-admin.ts';
import { APP_SECRET, NUMBER_ID, plainConfig, temporaryFolder, VERIFY_TOKEN } from '../harness.ts';
import { TestConsole } from '../test-console.ts';
import { RelayWorld } from '../relay-world.ts';

const number = (id: string) => ({
  id,
  provider: 'meta',
  phoneNumberId: NUMBER_ID,
  appSecret: APP_SECRET,
  verifyToken: VERIFY_TOKEN,
});
const WORKSPACES = [
  { id: 'east', name: 'East', accounts: [number('e1'), number('e2')] },
  { id: 'west', name: 'West', accounts: [number('w1')] },
];
const ask = (console: TestConsole, request: AdminRequest) =>
  console.ask({ type: 'admin', request });

describe('an admin at their console', () => {
  const world = new RelayWorld({ accounts: undefined, workspaces: WORKSPACES });
  beforeEach(async () => {
    await world.token('ada', { workspace: 'east', role: 'admin' });
    await world.token('ben', { workspace: 'east' });
    await world.token('wes', { workspace: 'west', role: 'admin' });
  });

  it('sees the agents of their workspace alone', async () => {
    const ada = await world.join('ada');
    const listed = await ask(ada, { do: 'list' });
    expect(listed).toMatchObject({
      kind: 'agents',
      agents: [
        { id: 'ada', role: 'admin' },
        { id: 'ben', numbers: 'all' },
      ],
      more: false,
    });
    expect(JSON.stringify(listed)).not.toMatch(/hash|wes/i);
    expect(await ask(ada, { do: 'list', after: 'ada' })).toMatchObject({ agents: [{ id: 'ben' }] });
  });

  it('sees all agents, page by page, however much there is to say of each', async () => {
    const ada = await world.join('ada');
    const numbers = Array.from({ length: 1_000 }, () => 'e1');
    const many = Array.from({ length: 300 }, (_, index) => ({
      id: `many-${String(index).padStart(3, '0')}`,
      name: 'N',
      workspace: 'east',
      numbers,
    }));
    await world.relay.agents.addAll(many);
    const seen: string[] = [];
    for (let more = true; more;) {
      const page = await ask(ada, { do: 'list', after: seen.at(-1) });
      if (page.kind !== 'agents') throw new Error(JSON.stringify(page));
      expect(page.agents.length).toBeGreaterThan(0);
      seen.push(...page.agents.map(({ id }) => id));
      ({ more } = page);
    }
    expect(seen).toEqual(['ada', 'ben', ...many.map(({ id }) => id)]);
  });

  it('is answered even where the answer would be too large', async () => {
    const ada = await world.join('ada');
    // A frame that just fits, and every name of which is wrong.
    const agents = Array.from({ length: 575 }, (_, index) => ({
      id: `x${index}`,
      name: '\u0001'.repeat(299),
    }));
    expect(await ask(ada, { do: 'add', agents })).toEqual({ kind: 'refused', why: 'too-large' });
    await ada.speaks();
  });

  it('adds many, or none of them, and each can connect with their token', async () => {
    const ada = await world.join('ada');
    const agents = [
      { id: 'eva', name: 'Eva', role: 'supervisor' as const, numbers: ['e1'] },
      { id: 'ben', name: 'Ben' },
      { id: 'x', name: 'X', numbers: ['w1'] },
      { id: '?', name: '' },
    ];
    expect(await ask(ada, { do: 'add', agents })).toMatchObject({
      kind: 'problems',
      problems: [
        { index: 1, why: 'taken', what: 'ben' },
        { index: 2, why: 'number', what: 'w1' },
        { index: 3, why: 'id' },
      ],
    });
    expect(await ask(ada, { do: 'add', agents: agents.slice(0, 2) })).toMatchObject({
      kind: 'problems',
      problems: [{ index: 1, why: 'taken', what: 'ben' }],
    });
    const added = await ask(ada, { do: 'add', agents: agents.slice(0, 1) });
    if (added.kind !== 'tokens') throw new Error(JSON.stringify(added));
    const console = await TestConsole.join(world.url, added.tokens[0]?.token ?? '');
    onTestFinished(() => console.terminate());
    expect(console.welcome).toMatchObject({
      agent: { id: 'eva' },
      rights: { role: 'supervisor', numbers: [{ id: 'e1' }] },
    });
    expect(JSON.stringify(world.relay.lines)).not.toContain(added.tokens[0]?.token);
    expect(world.relay.lines).toContainEqual(
      expect.objectContaining({ event: 'admin.add.tokens', admin: 'ada', workspace: 'east' }),
    );
  });

  it('changes rights, renews tokens and removes, and it counts at once', async () => {
    const [ada, ben] = [await world.join('ada'), await world.join('ben')];
    const change = { role: 'supervisor' as const, numbers: ['e2'], team: 'Care' };
    expect(await ask(ada, { do: 'update', agentId: 'ben', change })).toEqual({ kind: 'granted' });
    await ben.first('rights', ({ rights }) => rights.numbers.length === 1);
    expect(
      await ask(ada, { do: 'update', agentId: 'ben', change: { numbers: ['w1'] } }),
    ).toMatchObject({ kind: 'problems', problems: [{ why: 'number', what: 'w1' }] });
    expect(await ask(ada, { do: 'rotate', agentId: 'ben' })).toMatchObject({ kind: 'tokens' });
    expect((await ben.closed).code).toBe(4401);
    expect(await ask(ada, { do: 'remove', agentId: 'ben' })).toEqual({ kind: 'granted' });
    expect(await ask(ada, { do: 'list' })).toMatchObject({ agents: [{ id: 'ada' }] });
  });

  it('never leaves a workspace without an admin, nor themselves unawares', async () => {
    const ada = await world.join('ada');
    const demote = { do: 'update', agentId: 'ada', change: { role: 'agent' } } as const;
    for (const request of [demote, { do: 'remove', agentId: 'ada', evenMyself: true } as const]) {
      expect(await ask(ada, request)).toEqual({ kind: 'refused', why: 'last-admin' });
    }
    await ask(ada, { do: 'update', agentId: 'ben', change: { role: 'admin' } });
    expect(await ask(ada, demote)).toEqual({ kind: 'refused', why: 'yourself' });
    const ben = await world.join('ben');
    // Both at once: one of them stays.
    const both = await Promise.all(
      [ask(ada, { do: 'remove', agentId: 'ben' }), ask(ben, { do: 'remove', agentId: 'ada' })].map(
        (one) => Promise.race([one, ada.closed, ben.closed]),
      ),
    );
    expect(both).toContainEqual({ kind: 'granted' });
    expect((await world.relay.agents.list()).filter(({ role }) => role === 'admin')).toHaveLength(
      2,
    );
  });

  it('sets what their agents choose from after a call, at once and for good', async () => {
    const [ada, ben, wes] = [
      await world.join('ada'),
      await world.join('ben'),
      await world.join('wes'),
    ];
    expect(ben.welcome.rights.wrapUpForm).toBeUndefined();
    const given = { outcomes: ['Solved', ' Solved ', '', 'Open'], tags: ['VIP'], required: true };
    const form = { ...given, outcomes: ['Solved', 'Open'] };
    const set = { do: 'set-wrap-up-form', form: given } as const;
    expect(await ask(ada, set)).toEqual({ kind: 'granted' });
    const { rights } = await ben.first('rights');
    expect(rights).toMatchObject({ role: 'agent', wrapUpForm: form });
    ben.terminate();
    expect((await world.join('ben')).welcome.rights.wrapUpForm).toEqual(form);
    expect(wes.all('rights')).toEqual([]);
    expect((await world.join('wes')).welcome.rights.wrapUpForm).toBeUndefined();
  });

  it.each(['agent', 'supervisor'] as const)('is nobody who is only a %s', async (role) => {
    await world.relay.agents.update('ben', { role });
    const ben = await world.join('ben');
    const requests: AdminRequest[] = [
      { do: 'list' },
      { do: 'add', agents: [{ id: 'x', name: 'X', role: 'admin' }] },
      { do: 'update', agentId: 'ben', change: { role: 'admin' } },
      { do: 'rotate', agentId: 'ada' },
      { do: 'remove', agentId: 'ada' },
      { do: 'set-wrap-up-form', form: { outcomes: ['x'], tags: [], required: true } },
    ];
    for (const request of requests) {
      expect(await ask(ben, request)).toEqual({ kind: 'refused', why: 'role' });
    }
  });
});

describe('agent import', () => {
  /** Runs a command on a config; resolves to its end. */
  function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    return new Promise((resolve) => {
      execFile(process.execPath, ['src/relay/index.ts', ...args], (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      });
    });
  }

  function prepare(csv: string | Buffer): { config: string; file: string; tokens: string } {
    const folder = temporaryFolder();
    onTestFinished(() => folder.remove());
    const config = path.join(folder.dir, 'relay.json');
    const plain = plainConfig(path.join(folder.dir, 'data'), { workspaces: WORKSPACES });
    writeFileSync(config, JSON.stringify({ ...plain, accounts: undefined }), { mode: 0o600 });
    const file = path.join(folder.dir, 'agents.csv');
    writeFileSync(file, csv);
    return { config, file, tokens: path.join(folder.dir, 'agents.tokens.csv') };
  }

  it('adds all of a file as a spreadsheet writes it, and keeps their tokens for its owner', async () => {
    const csv =
      '\uFEFFid;name;role;team;calls;numbers;workspace\r\neva;"Eva ""Evi"" M.";supervisor;Care;;"e1, e2";east\r\n\r\nwill;Will;;;none;;west\r\n';
    const { config, file, tokens } = prepare(csv);
    const done = await run('agent', 'import', '--file', file, '--config', config);
    expect([done.code, done.err]).toEqual([0, expect.stringContaining('Added 2 agents')]);
    expect(statSync(tokens).mode & 0o777).toBe(0o600);
    expect(readFileSync(tokens, 'utf8')).toMatch(/^id,token\r\neva,\S{40,}\r\nwill,\S{40,}\r\n$/);
    const { out } = await run('agent', 'list', '--config', config);
    expect(out).toMatch(
      /eva\tEva "Evi" M\.\tsupervisor, team Care, calls all, workspace east, numbers e1 e2/,
    );
    expect(out).toMatch(/will\tWill\tagent, calls none, workspace west, numbers all/);
  });

  it('adds nobody when any row is unfit, and says which and why', async () => {
    const csv =
      'id,name,role,numbers,workspace\nana,Ana,boss,,east\nana2,,agent,w1,east\nben,Ben,,,nowhere\n';
    const { config, file, tokens } = prepare(csv);
    const roles = await run('agent', 'import', '--file', file, '--config', config);
    expect(roles).toMatchObject({
      code: 2,
      err: expect.stringContaining('row 2: "boss" is no role'),
    });
    writeFileSync(file, csv.replace('boss', ''));
    const places = await run('agent', 'import', '--file', file, '--config', config);
    expect(places.err).toContain('row 4: There is no workspace "nowhere"');
    writeFileSync(file, csv.replace('boss', '').replace('nowhere', 'west'));
    const fields = await run('agent', 'import', '--file', file, '--config', config);
    expect(fields.err).toContain('row 3: The name must have 1 to 100 characters.');
    expect(existsSync(tokens)).toBe(false);
    expect((await run('agent', 'list', '--config', config)).out).toBe('');
  });

  it('never writes over a file, and adds nobody then', async () => {
    const { config, file, tokens } = prepare('id,name,workspace\nana,Ana,east\n');
    writeFileSync(tokens, 'mine');
    const refused = await run('agent', 'import', '--file', file, '--config', config);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('--tokens') });
    expect(readFileSync(tokens, 'utf8')).toBe('mine');
    expect((await run('agent', 'list', '--config', config)).out).toBe('');
  });

  it('a single agent gets workspace, numbers and role by options, and a wrong one is refused', async () => {
    const { config } = prepare('');
    const add = (...more: string[]) =>
      run('agent', 'add', '--config', config, '--id', 'ana', '--name', 'Ana', ...more);
    expect(await add('--workspace', 'south')).toMatchObject({ code: 2 });
    expect((await add('--workspace', 'west', '--numbers', 'e1')).err).toContain('no number "e1"');
    expect(await add('--workspace', 'west', '--role', 'admin', '--numbers', 'w1')).toMatchObject({
      code: 0,
    });
    const update = await run(
      'agent',
      'update',
      '--config',
      config,
      '--id',
      'ana',
      '--numbers',
      'all',
      '--calls',
      'outbound-only',
    );
    expect(update.code).toBe(0);
    const { out } = await run('agent', 'list', '--config', config);
    expect(out).toMatch(/admin, calls outbound-only, workspace west, numbers all/);
  });
});
