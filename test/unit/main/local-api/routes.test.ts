import { describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../../../src/main/local-api/answer.ts';
import { routesOf } from '../../../../src/main/local-api/routes.ts';
import { refuse } from '../../../../src/main/refusal.ts';
import type { CallNotes, NoteContent } from '../../../../src/shared/ipc/notes.ts';
import type { Snapshot } from '../../../../src/shared/ipc/snapshot.ts';
import type { Answered } from '../../../../src/shared/ipc/errors.ts';
import type { ContactFacts } from '../../../../src/shared/ipc/contacts.ts';
import type { Facts } from '../../../../src/shared/rules/facts.ts';
import {
  connectedCall,
  facts,
  permission,
  ringingCall,
  snapshot,
} from '../../renderer/fixtures.ts';
import { memoryLog } from '../fixtures.ts';

interface Known {
  known?: Facts;
  more?: Partial<Snapshot>;
}

/** A console whose open workspace knows these facts about everybody. */
function desk({ known = facts(permission('permanent')), more = {} }: Known = {}) {
  const { cost: _, ...plain } = known;
  const lookUp = vi.fn<() => Promise<ContactFacts>>(async () => plain);
  const dial = vi.fn<(wish: { to?: string | undefined }) => Answered<{ callId: string }>>(
    ({ to }) => ({ ok: true, value: { callId: `out/${to}` } }),
  );
  const notes = new Map<string, NoteContent>([['support/wacid.1', { text: '', tags: ['Refund'] }]]);
  const prepared: string[] = [];
  let isOpen = true;
  const ports = {
    workspace: {
      calls: { dial },
      contacts: { facts: lookUp, spelled: ({ waId }: { waId?: string }) => ({ waId }) },
      notes: {
        of: (id: string): CallNotes => ({ text: '', tags: [], others: [], ...notes.get(id) }),
        set: (id: string, note: NoteContent) => notes.has(id) && Boolean(notes.set(id, note)),
      },
    },
    snapshot: () => snapshot(more),
    isOpen: () => isOpen,
    prepare: (number: string, accountId: string) => void prepared.push(`${number} ${accountId}`),
    show: vi.fn<() => void>(),
    noted: vi.fn<() => void>(),
    clock: { now: () => Date.now() },
    log: memoryLog(),
  };
  const routes = routesOf(ports);
  const ask = async (path: string, body: unknown = {}): Promise<Answer> => {
    const route = routes.find((one) => one.path.test(path));
    if (!route) throw new Error('no such path');
    return route.run(body, route.path.exec(path)?.[1] ?? '');
  };
  return { ...ports, ask, dial, lookUp, notes, prepared, shut: () => void (isOpen = false) };
}

const number = '+5511987654321';
const blocked: Facts = facts(permission('none'));

describe('a program that dials', () => {
  it('calls as the button does, and shows the console', async () => {
    const { ask, dial, show, prepared } = desk();
    expect(await ask('/v1/dial', { number: '(11) 98765-4321' })).toEqual({
      status: 200,
      body: { callId: 'out/5511987654321' },
    });
    expect(dial).toHaveBeenCalledWith({ accountId: 'support', to: '5511987654321' });
    expect([show.mock.calls.length, prepared]).toEqual([1, []]);
  });

  it.each<[string, Known, string]>([
    ['a rule', { known: blocked }, 'permission-missing'],
    ['a call', { more: { calls: [connectedCall()] } }, 'busy'],
    ['a lost connection', { more: { connection: { state: 'connecting', since: 0 } } }, 'no-relay'],
    ['a missing network', { more: { connection: { state: 'offline', since: 0 } } }, 'offline'],
  ])('is stopped by %s, even if it insists, and New call is filled', async (_, options, code) => {
    for (const evenIfWarned of [false, true]) {
      const { ask, dial, prepared } = desk(options);
      const answer = await ask('/v1/dial', { number, evenIfWarned });
      expect(answer).toMatchObject({ status: 409, body: { error: 'stopped', code } });
      expect(dial).not.toHaveBeenCalled();
      expect(prepared).toEqual([`${number} support`]);
    }
  });

  it('leaves a warning to the agent, unless they have seen it', async () => {
    const { ask, dial, prepared, lookUp } = desk();
    lookUp.mockRejectedValue(new Error('no answer'));
    expect(await ask('/v1/dial', { number })).toMatchObject({
      status: 409,
      body: { error: 'warned', warnings: [{ code: 'not-checked' }] },
    });
    expect([dial.mock.calls.length, prepared.length]).toEqual([0, 1]);
    expect(await ask('/v1/dial', { number, evenIfWarned: true })).toMatchObject({ status: 200 });
  });

  it('asks about a number outside every plan', async () => {
    const { ask } = desk();
    expect(await ask('/v1/dial', { number: '+5500123456' })).toMatchObject({
      status: 409,
      body: { error: 'warned', warnings: [{ code: 'unusual' }] },
    });
  });

  it.each([
    [{ number: '*21*5511987654321#' }, 'bad-number'],
    [{ number: 'tel:*21*5511987654321%23' }, 'bad-number'],
    [{ number: 'call 5511987654321' }, 'bad-number'],
    [{ number: '12' }, 'bad-number'],
    [{ number, from: 'nobody' }, 'unknown-from'],
    [{ number, to: 'x' }, 'bad-request'],
    [{ number: 5511987654321 }, 'bad-request'],
    [{ number: '1'.repeat(101) }, 'bad-request'],
    [{}, 'bad-request'],
    [[], 'bad-request'],
    [undefined, 'bad-request'],
  ])('is refused with %j', async (body, error) => {
    const { ask, dial, prepared } = desk();
    expect(await ask('/v1/dial', body)).toMatchObject({ status: 400, body: { error } });
    expect([dial.mock.calls.length, prepared]).toEqual([0, []]);
  });

  it('dials one call of two that it asks for at once', async () => {
    const { ask, dial } = desk();
    const [first, second] = await Promise.all([
      ask('/v1/dial', { number }),
      ask('/v1/dial', { number }),
    ]);
    expect([first?.status, second]).toMatchObject([200, { status: 409, body: { error: 'busy' } }]);
    expect(dial).toHaveBeenCalledTimes(1);
  });

  it('dials nothing if the workspace is left while the rules are asked', async () => {
    const { ask, dial, prepared, shut } = desk();
    const answer = ask('/v1/dial', { number });
    shut();
    expect(await answer).toMatchObject({ status: 503 });
    expect([dial.mock.calls.length, prepared]).toEqual([0, []]);
  });

  it('learns why the call was refused after all', async () => {
    const { ask, dial, prepared } = desk();
    dial.mockReturnValue(refuse('busy'));
    expect(await ask('/v1/dial', { number })).toMatchObject({
      status: 409,
      body: { error: 'busy' },
    });
    expect(prepared).toHaveLength(1);
  });
});

describe('a program that reads the state', () => {
  it('sees this agent’s calls, and nothing of messages, promises or teammates', async () => {
    const call = ringingCall({
      lastMessage: { type: 'text', text: 'secret', at: 0 },
      promise: { at: 0, by: 'Carla' },
      payload: 'order-7',
    });
    const { ask } = desk({ more: { calls: [call, connectedCall()] } });
    const { body } = await ask('/v1/state');
    expect(body).toMatchObject({
      workspace: 'demo',
      agent: { id: 'bea', name: 'Bea Lima' },
      connection: 'connected',
      presence: { state: 'available', doNotDisturb: false },
      calls: [
        {
          id: 'support/wacid.1',
          state: 'ringing',
          customer: { number: '+5511955501234', name: 'Ana Souza' },
          ourNumber: '+551150201234',
          from: 'support',
        },
        { state: 'connected', muted: false },
      ],
    });
    expect(JSON.stringify(body)).not.toMatch(/secret|Carla|Bruno|order-7|wrapUp|token/);
  });
});

describe('a program that writes a note', () => {
  const path = `/v1/calls/${encodeURIComponent('support/wacid.1')}/note`;

  it('keeps what else the agent chose, and has windows read it again', async () => {
    const { ask, notes, noted } = desk();
    expect(await ask(path, { text: 'Order 7' })).toEqual({ status: 204 });
    expect(notes.get('support/wacid.1')).toMatchObject({ text: 'Order 7', tags: ['Refund'] });
    expect(noted).toHaveBeenCalled();
    // The same again changes nothing.
    expect(await ask(path, { text: 'Order 7' })).toEqual({ status: 204 });
  });

  it('replaces what the agent wrote only on purpose', async () => {
    const { ask, notes } = desk();
    notes.set('support/wacid.1', { text: 'Mine', tags: [] });
    expect(await ask(path, { text: 'Order 7' })).toMatchObject({
      status: 409,
      body: { error: 'note-exists' },
    });
    expect(await ask(path, { text: 'Order 7', replace: true })).toEqual({ status: 204 });
  });

  it.each([
    ['/v1/calls/nobody/note', { text: 'x' }, 404],
    ['/v1/calls/%E0%A4%A/note', { text: 'x' }, 404],
    [path, { text: 'x'.repeat(4_001) }, 400],
    [path, { text: 7 }, 400],
    [path, { text: 'x', disposition: 'Solved' }, 400],
  ])('is refused at %s with %.40j', async (where, body, status) => {
    expect((await desk().ask(where, body)).status).toBe(status);
  });
});

it('has no other paths', async () => {
  for (const path of [
    '/',
    '/v1/state/',
    '/v1/state?x',
    '/v1/calls//note',
    '/v1/calls/a/b/note',
    '//v1/state',
  ])
    await expect(desk().ask(path)).rejects.toThrow('no such path');
});
