import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayRequestPermission } from '../../../../src/shared/rules/verdicts.ts';
import { serviceWindow } from '../../../../src/shared/rules/service-window.ts';
import type { Call } from '../../../../src/shared/call/model.ts';
import { logBody } from '../../../../src/shared/protocol/log-entry.ts';
import type { Facts } from '../../../../src/shared/rules/facts.ts';
import { endedCall, put } from '../../../helpers/calls.ts';
import { joao, openContacts, T0, reported } from './contacts-fixture.ts';

const MINUTE = 60_000;
const message = (id: string, at: number, text = 'Hello?') =>
  reported({ kind: 'message', at, party: joao, messageId: id, type: 'text', text });

describe('the timeline', () => {
  test('has calls, messages, requests and permissions, newest first', async () => {
    const { service, log, timeline, at } = openContacts();
    put(log, endedCall(1, { createdAt: T0 - 10 * MINUTE, party: joao }));
    service.handleEntry(message('wamid.in', T0 - 5 * MINUTE));
    at(T0 - 4 * MINUTE);
    await service.send('support', joao, { what: 'text', text: 'How can we help?' });
    await service.idle();
    at(T0 - 3 * MINUTE);
    await service.requestPermission('support', joao, { kind: 'free-form', text: 'May we call?' });
    service.handleEntry(
      reported({
        kind: 'permission',
        at: T0 - 2 * MINUTE,
        party: joao,
        granted: true,
        permanent: false,
        expiresAt: T0 + 7 * 86_400_000,
        source: 'user',
      }),
    );
    expect(timeline().map(({ kind }) => kind)).toEqual([
      'permission',
      'permission-request',
      'message-out',
      'message-in',
      'call',
    ]);
    expect(timeline()[2]).toMatchObject({
      by: 'Ana Souza',
      text: 'How can we help?',
      state: 'sent',
    });
  });

  test('has each fact once and a message’s final status, whatever the order and number of reports', () => {
    const facts = [
      message('wamid.a', T0 - 9000),
      message('wamid.b', T0 - 8000),
      reported({
        kind: 'message-status',
        at: T0,
        messageId: 'wamid.out',
        status: 'sent',
        errors: [],
      }),
      reported({
        kind: 'message-status',
        at: T0,
        messageId: 'wamid.out',
        status: 'read',
        errors: [],
      }),
      reported({
        kind: 'message-status',
        at: T0,
        messageId: 'wamid.out',
        status: 'delivered',
        errors: [],
      }),
      {
        type: 'sent' as const,
        accountId: 'support',
        by: { id: 'bea', name: 'Bea Lima' },
        at: T0,
        party: joao,
        messageId: 'wamid.out',
        sent: { what: 'text' as const, text: 'Hi' },
      },
    ];
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...facts, ...facts], { minLength: 12, maxLength: 12 }),
        (order) => {
          const { service, timeline } = openContacts();
          for (const entry of order) service.handleEntry(entry);
          const items = timeline();
          expect(items).toHaveLength(3);
          expect(items.find(({ kind }) => kind === 'message-out')).toMatchObject({
            state: 'read',
            by: 'Bea Lima',
          });
        },
      ),
      { numRuns: 30 },
    );
  });

  test('reports what an agent sent to the other consoles, and takes the echo as the same message', async () => {
    const { service, reported: said, timeline } = openContacts();
    await service.send('support', joao, { what: 'text', text: 'Hi' });
    await service.idle();
    expect(said).toMatchObject([{ messageId: 'wamid.1', sent: { what: 'text', text: 'Hi' } }]);
    service.handleEntry({
      type: 'sent',
      accountId: 'support',
      by: { id: 'ana', name: 'Ana Souza' },
      at: T0,
      party: joao,
      messageId: 'wamid.1',
      sent: { what: 'text', text: 'Hi' },
    });
    expect(timeline()).toHaveLength(1);
  });

  test('has messages of the same second in the order of arrival', () => {
    const { service, timeline } = openContacts();
    for (const id of ['b', 'c', 'a']) service.handleEntry(message(id, T0, id));
    expect(timeline().map((item) => item.kind === 'message-in' && item.text)).toEqual([
      'a',
      'c',
      'b',
    ]);
  });

  test('has a customer’s answer after our message, though WhatsApp tells no milliseconds', async () => {
    const { service, timeline, at } = openContacts();
    at(T0 + 400);
    await service.send('support', joao, { what: 'text', text: 'Blue or red?' });
    await service.idle();
    service.handleEntry(message('wamid.in', T0, 'Red'));
    expect(timeline().map(({ kind }) => kind)).toEqual(['message-in', 'message-out']);
  });

  test('pages have every item once', () => {
    const { service, pages } = openContacts();
    for (let n = 0; n < 25; n++) {
      service.handleEntry(message(`wamid.${n}`, T0 + Math.floor(n / 3)));
    }
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = pages.get(joao, before, 4);
      seen.push(...page.items.map(({ id }) => id));
      before = page.next;
    } while (before !== undefined);
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
  });
});

describe('the list of contacts', () => {
  test('has the most recent first, and is searched by name or number', () => {
    const { service, log, pages } = openContacts();
    put(log, endedCall(1, { createdAt: T0, party: { waId: '14085551234', name: 'Zoe' } }));
    service.handleEntry(message('wamid.1', T0 + 1000));
    const names = (text = '') =>
      pages.list(text, undefined, 10).rows.map(({ party }) => party.name);
    expect(names()).toEqual(['João Silva', 'Zoe']);
    expect(names('zo')).toEqual(['Zoe']);
    expect(names('+55 (11) 98')).toEqual(['João Silva']);
    expect(names('100%')).toEqual([]);
  });

  test('has one person once a known user id gets a number', () => {
    const { service, pages } = openContacts();
    const at = T0;
    service.handleEntry(
      reported({
        kind: 'message',
        at,
        party: { userId: 'US.1', name: 'Ana' },
        messageId: 'm1',
        type: 'text',
      }),
    );
    service.handleEntry(
      reported({
        kind: 'message',
        at: at + 1,
        party: { userId: 'US.1', waId: '14085551234' },
        messageId: 'm2',
        type: 'text',
      }),
    );
    const { rows } = pages.list('', undefined, 10);
    expect(rows).toHaveLength(1);
    expect(pages.get(rows[0]?.party ?? {}, undefined, 10).items).toHaveLength(2);
  });
});

describe('a reply', () => {
  const answer = (id: string, replyTo: string, at: number) =>
    reported({ kind: 'message', at, party: joao, messageId: id, type: 'text', text: id, replyTo });

  test('of the customer’s shows the message that it answers, or that it is gone', async () => {
    const { service, timeline } = openContacts();
    await service.send('support', joao, { what: 'text', text: 'Blue or red?' });
    await service.idle();
    service.handleEntry(answer('Blue', 'wamid.1', T0 + 1000));
    service.handleEntry(answer('No, red', 'Blue', T0 + 2000));
    service.handleEntry(answer('Yes', 'wamid.never', T0 + 3000));
    expect(timeline().map((item) => 'quoted' in item && item.quoted)).toEqual([
      'gone',
      { type: 'text', text: 'Blue', file: undefined },
      { by: 'Ana Souza', type: 'text', text: 'Blue or red?' },
      undefined,
    ]);
  });

  test('quotes no message of another person or number', () => {
    const { service, timeline } = openContacts();
    const stranger = { waId: '14085551234' };
    service.handleEntry(
      reported({
        kind: 'message',
        at: T0,
        party: stranger,
        messageId: 'x',
        type: 'text',
        text: 'Secret',
      }),
    );
    service.handleEntry(answer('Yes', 'x', T0 + 1000));
    expect(timeline()).toMatchObject([{ quoted: 'gone' }]);
  });

  test('of an agent’s names its message to the provider and the teammates, again if tried again', async () => {
    const { service, number, timeline, reported: said } = openContacts();
    const asked: unknown[] = [];
    number.messages.sendText = async (_, text, replyTo) => {
      asked.push([text, replyTo]);
      return asked.length === 1
        ? { ok: false, error: { code: '131000', message: 'broken', transient: true } }
        : { ok: true, value: { messageId: 'wamid.2' } };
    };
    service.handleEntry(message('wamid.in', T0, 'Where is it?'));
    await service.send('support', joao, { what: 'text', text: 'Here', replyTo: 'wamid.in' });
    await service.idle();
    service.retry(timeline()[0]?.id ?? '');
    await service.idle();
    expect(asked).toEqual([
      ['Here', 'wamid.in'],
      ['Here', 'wamid.in'],
    ]);
    expect(said).toMatchObject([{ sent: { replyTo: 'wamid.in' } }]);
    expect(timeline()[0]).toMatchObject({ quoted: { text: 'Where is it?' }, state: 'sent' });
  });
});

describe('what an agent has not read', () => {
  const unread = ({ timeline }: ReturnType<typeof openContacts>) =>
    timeline().map((item) => item.kind === 'message-in' && item.unread);

  test('is marked and counted until the agent reads it', () => {
    const contacts = openContacts();
    const { service, pages } = contacts;
    service.handleEntry(message('wamid.1', T0));
    service.handleEntry(message('wamid.2', T0 + 1000));
    expect(unread(contacts)).toEqual([true, true]);
    expect(pages.list('', undefined, 1).rows).toMatchObject([{ unread: 2 }]);
    service.markRead(joao, T0);
    expect(unread(contacts)).toEqual([true, false]);
    service.markRead({ waId: joao.waId }, T0 + 1000);
    service.handleEntry(message('wamid.2', T0 + 1000));
    expect(pages.list('', undefined, 1).rows).toMatchObject([{ unread: 0 }]);
  });

  test('is read once the agent answers on another computer, and not by a teammate’s answer', () => {
    const contacts = openContacts();
    const { service } = contacts;
    const answer = (id: string, messageId: string) => ({
      type: 'sent' as const,
      accountId: 'support',
      by: { id, name: id },
      at: T0 + 1000,
      party: joao,
      messageId,
      sent: { what: 'text' as const, text: 'Hi' },
    });
    service.handleEntry(message('wamid.1', T0));
    service.handleEntry(answer('bea', 'wamid.a'));
    expect(unread(contacts)).toContain(true);
    service.handleEntry(answer('ana', 'wamid.b'));
    expect(unread(contacts)).not.toContain(true);
  });
});

describe('what the rules read', () => {
  const rulesOf = async (contacts: ReturnType<typeof openContacts>, fresh = false) => {
    const { cost: _, ...facts } = await contacts.service.facts('support', joao, fresh);
    const whole: Facts = facts;
    return whole;
  };

  test('a customer’s message opens the window, and a teammate’s request counts', async () => {
    const contacts = openContacts();
    contacts.service.handleEntry(message('wamid.1', T0 - MINUTE));
    const facts = await rulesOf(contacts);
    expect(serviceWindow(facts.history, T0)).toMatchObject({ open: true });
    expect(mayRequestPermission(facts, T0).allowed).toBe(true);
    contacts.service.handleEntry({
      type: 'sent',
      accountId: 'support',
      by: { id: 'bea', name: 'Bea Lima' },
      at: T0,
      party: joao,
      messageId: 'wamid.request',
      sent: { what: 'permission-request' },
    });
    expect(mayRequestPermission(await rulesOf(contacts), T0 + 1).allowed).toBe(false);
  });

  test('a request that was not delivered does not count', async () => {
    const contacts = openContacts();
    contacts.service.handleEntry(message('wamid.1', T0 - MINUTE));
    await contacts.service.requestPermission('support', joao, { kind: 'free-form', text: '' });
    const [request] = contacts.timeline();
    contacts.service.handleEntry(
      reported({
        kind: 'message-status',
        at: T0,
        messageId: request?.id.split('/').at(-1) ?? '',
        status: 'failed',
        errors: [{ code: '131026', message: 'too old', transient: false }],
      }),
    );
    expect(contacts.timeline()[0]).toMatchObject({ state: 'failed', error: { code: '131026' } });
    expect(mayRequestPermission(await rulesOf(contacts), T0 + 1).allowed).toBe(true);
  });

  test('a teammate’s call counts, and one of our own is not counted twice', async () => {
    const contacts = openContacts();
    const ended = {
      kind: 'terminated',
      at: T0,
      party: joao,
      direction: 'outbound',
      failed: false,
      errors: [],
    } as const;
    contacts.service.handleEntry(reported(ended, { providerCallId: 'wacid.theirs' }));
    contacts.service.handleEntry(reported(ended, { providerCallId: 'wacid.theirs' }));
    put(
      contacts.log,
      endedCall(7, {
        direction: 'outbound',
        party: joao,
        providerCallId: 'wacid.ours',
        createdAt: T0,
      }),
    );
    contacts.service.handleEntry(reported(ended, { providerCallId: 'wacid.ours' }));
    const { history } = await rulesOf(contacts);
    expect(history.filter(({ kind }) => kind === 'business-call')).toHaveLength(2);
  });

  test('the provider is asked at intervals, and its refusal is kept until something works', async () => {
    const contacts = openContacts();
    await rulesOf(contacts, true);
    expect(await rulesOf(contacts, true)).toMatchObject({ permission: { status: 'permanent' } });
    const failed = endedCall(1, {
      direction: 'outbound',
      party: joao,
      phase: {
        name: 'ended',
        at: T0,
        reason: { kind: 'failed', error: { code: '138014', message: 'paused', transient: false } },
      },
    });
    contacts.numberService.handleEnded(failed);
    expect((await rulesOf(contacts)).business.refusals).toMatchObject([{ code: '138014' }]);
    contacts.numberService.handleEnded(endedCall(2, { direction: 'outbound', connectedAt: T0 }));
    expect((await rulesOf(contacts)).business.refusals).toEqual([]);
  });

  test('a refusal about one person is kept for that person only, until a call works', async () => {
    const contacts = openContacts();
    const maria = { waId: '5511900001111', name: 'Maria' };
    const refused = endedCall(
      1,
      { direction: 'outbound', party: joao, createdAt: T0 - MINUTE },
      { kind: 'failed', error: { code: '138001', message: 'not callable', transient: false } },
    );
    put(contacts.log, refused);
    contacts.numberService.handleEnded(refused);
    expect((await rulesOf(contacts)).business.refusals).toMatchObject([{ code: '138001' }]);
    const { business } = await contacts.service.facts('support', maria, false);
    expect(business.refusals).toEqual([]);
    put(
      contacts.log,
      endedCall(2, { direction: 'outbound', party: joao, createdAt: T0, connectedAt: T0 }),
    );
    expect((await rulesOf(contacts)).business.refusals).toEqual([]);
  });

  test('a live call opens the window: ours once connected, theirs as it rings', async () => {
    const going = endedCall(1, { party: joao, createdAt: T0 });
    const isOpen = async (call: Call) => {
      const contacts = openContacts();
      put(contacts.log, call);
      return serviceWindow((await rulesOf(contacts)).history, T0 + MINUTE).open;
    };
    const phase = { name: 'external', stage: 'ringing', deadlineAt: T0 + MINUTE } as const;
    const ringing = { ...going, path: 'external', phase } as const;
    expect(await isOpen(ringing)).toBe(true);
    expect(await isOpen({ ...ringing, direction: 'outbound' })).toBe(false);
    const connected = { name: 'connected' } as const;
    expect(
      await isOpen({ ...going, direction: 'outbound', phase: connected, connectedAt: T0 }),
    ).toBe(true);
  });

  test('settings are read again after somebody else changed them', async () => {
    const contacts = openContacts();
    expect((await rulesOf(contacts)).business.callingEnabled).toBe(true);
    contacts.number.calling = false;
    expect((await rulesOf(contacts)).business.callingEnabled).toBe(true);
    contacts.service.handleEntry(
      reported({ kind: 'number', at: T0, change: { what: 'settings' } }),
    );
    expect((await rulesOf(contacts)).business.callingEnabled).toBe(false);
  });

  test('a customer on the phone with a teammate cannot be called', async () => {
    const contacts = openContacts();
    contacts.service.handleEntry(
      reported({ kind: 'offer', at: T0, party: joao, sdp: 'v=0' }, { providerCallId: 'wacid.x' }),
    );
    contacts.service.handleEntry({
      type: 'claimed',
      callId: 'support/wacid.x',
      by: { id: 'bea', name: 'Bea Lima' },
    });
    expect((await rulesOf(contacts)).customer.inCallWith).toBe('colleague');
    contacts.service.handleEntry(
      reported(
        { kind: 'terminated', at: T0, party: joao, failed: false, errors: [] },
        { providerCallId: 'wacid.x' },
      ),
    );
    expect((await rulesOf(contacts)).customer.inCallWith).toBeUndefined();
  });
});

test('a teammate’s note replaces their earlier one, an empty one removes it, and ours is no news', () => {
  const { service, timeline } = openContacts();
  const noted = (by: string, text: string, at: number) =>
    service.handleEntry(
      logBody.parse({
        type: 'noted',
        accountId: 'support',
        by: { id: by, name: by === 'bea' ? 'Bea Rocha' : 'Ana Souza' },
        at,
        party: joao,
        providerCallId: 'wacid.1',
        text,
      }),
    );
  noted('bea', 'wants a refund', T0);
  noted('ana', 'my own', T0);
  noted('bea', 'wants a \u202Erefund of 20', T0 + 5);
  expect(timeline()).toMatchObject([
    { kind: 'note', by: 'Bea Rocha', text: 'wants a refund of 20', at: T0 + 5 },
  ]);
  noted('bea', '', T0 + 9);
  expect(timeline()).toEqual([]);
});

test('what was written down before this console was there is taken over, each agent’s last', () => {
  const { service, timeline } = openContacts();
  const noted = (by: string, providerCallId: string, text: string, at: number) => ({
    type: 'noted' as const,
    accountId: 'support',
    by: { id: by, name: by },
    at,
    party: joao,
    providerCallId,
    text,
  });
  // Heard of while the earlier ones were read.
  service.handleEntry(noted('bea', 'wacid.1', 'as it is now', T0 + 9));
  service.addEarlierNotes([
    noted('bea', 'wacid.2', '', T0 + 6),
    noted('bea', 'wacid.1', 'as it was', T0 + 5),
    // By this agent, at another machine.
    noted('ana', 'wacid.3', 'mine', T0 + 4),
    noted('bea', 'wacid.2', 'taken back', T0 + 3),
    noted('ana', 'wacid.3', 'mine, before', T0 + 2),
    { ...noted('bea', 'wacid.4', 'not our number', T0 + 1), accountId: 'other' },
  ]);
  expect(timeline()).toMatchObject([
    { kind: 'note', text: 'as it is now' },
    { kind: 'note', text: 'mine' },
  ]);
});
