import { describe, expect, test } from 'vitest';
import { joao, openContacts, reported, T0 } from './contacts-fixture.ts';

const text = (text: string) => ({ what: 'text', text }) as const;
const order = {
  what: 'template',
  template: { name: 'order_update', language: 'en', values: ['João', '991'] },
  text: 'Hello João, your order 991 is on its way.',
} as const;
const refusal = { code: '131047', message: 'More than 24 hours have passed', transient: false };
const failed = (messageId: string) =>
  reported({
    kind: 'message-status',
    at: T0,
    messageId,
    status: 'failed',
    errors: [{ code: '131026', message: 'Message undeliverable', transient: false }],
  });

describe('a message of ours', () => {
  test('is in the timeline while it is sent, and once with the provider’s id', async () => {
    const { service, number, timeline } = openContacts();
    let open: () => void = () => undefined;
    number.gate = new Promise((resolve) => {
      open = resolve;
    });
    await service.send('support', joao, text('Hi'));
    expect(timeline()).toMatchObject([{ text: 'Hi', by: 'Ana Souza', state: 'sending' }]);
    open();
    await service.idle();
    expect(timeline()).toMatchObject([{ text: 'Hi', state: 'sent', id: 'support/sent/wamid.1' }]);
  });

  test('keeps its text and the provider’s words if it is refused, and is sent once when tried again', async () => {
    const { service, number, timeline, reported: said, pages } = openContacts();
    number.refusal = refusal;
    await service.send('support', joao, text('Still there?'));
    await service.idle();
    const [item] = timeline();
    expect(item).toMatchObject({
      text: 'Still there?',
      state: 'failed',
      error: refusal,
      retry: 'possible',
    });
    expect(said).toEqual([]);
    expect(pages.list('', undefined, 1).rows).toMatchObject([{ failed: true }]);
    number.refusal = undefined;
    const id = item?.id ?? '';
    service.retry(id);
    service.retry(id);
    await service.idle();
    expect(number.sentTexts).toEqual(['Still there?']);
    expect(timeline()).toMatchObject([{ text: 'Still there?', by: 'Ana Souza', state: 'sent' }]);
    expect(pages.list('', undefined, 1).rows).toMatchObject([{ failed: false }]);
  });

  test('that failed later stays, and its template is sent again with the same values', async () => {
    const { service, number, timeline } = openContacts();
    await service.send('support', joao, order);
    await service.idle();
    service.handleEntry(failed('wamid.template'));
    expect(timeline()).toMatchObject([{ state: 'failed', retry: 'possible' }]);
    const used: unknown[] = [];
    number.messages.sendTemplate = async (_, use) => {
      used.push(use);
      return { ok: true, value: { messageId: 'wamid.again' } };
    };
    service.retry('support/sent/wamid.template');
    service.retry('support/sent/wamid.template');
    await service.idle();
    expect(used).toEqual([order.template]);
    expect(timeline().map((item) => item.kind === 'message-out' && item.state)).toEqual([
      'sent',
      'failed',
    ]);
    expect(timeline()[1]).toMatchObject({ retry: 'begun' });
  });

  test('of a teammate is not ours to send again', async () => {
    const { service, number, timeline } = openContacts();
    service.handleEntry({
      type: 'sent',
      accountId: 'support',
      by: { id: 'bea', name: 'Bea Lima' },
      at: T0,
      party: joao,
      messageId: 'wamid.bea',
      sent: { what: 'text', text: 'Hi' },
    });
    service.handleEntry(failed('wamid.bea'));
    const [item] = timeline();
    expect(item).toMatchObject({ state: 'failed', by: 'Bea Lima', retry: undefined });
    expect(number.sentTexts).toEqual([]);
  });

  test('whose answer a crash prevented is failed after the restart, and is not sent by itself', async () => {
    const { service, number, timeline, reopen } = openContacts();
    number.gate = new Promise(() => undefined);
    await service.send('support', joao, text('Hi'));
    const after = reopen();
    expect(timeline()).toMatchObject([
      { state: 'failed', error: { code: 'interrupted' }, retry: 'possible' },
    ]);
    expect(number.sentTexts).toEqual([]);
    number.gate = Promise.resolve();
    after.retry(timeline()[0]?.id ?? '');
    await after.idle();
    expect(timeline()).toMatchObject([{ state: 'sent' }]);
  });

  test('is refused to the window that wrote it if it can be stored nowhere', async () => {
    const nowhere = {
      get: () => undefined,
      accepted: () => undefined,
      retry: () => false,
      interrupt: () => undefined,
    };
    const { service, number } = openContacts({ own: nowhere });
    number.refusal = refusal;
    await expect(service.send('support', joao, text('Hi'))).rejects.toMatchObject({
      error: { code: 'provider', provider: refusal },
    });
  });

  test('reaches a person in the order of writing', async () => {
    const { service, number } = openContacts();
    let open: () => void = () => undefined;
    number.gate = new Promise((resolve) => {
      open = resolve;
    });
    for (const one of ['1', '2', '3']) await service.send('support', joao, text(one));
    open();
    await service.idle();
    expect(number.sentTexts).toEqual(['1', '2', '3']);
  });
});
