import { describe, expect, test } from 'vitest';
import { ANA, openConversation } from './conversation.ts';

/** What is written between a customer and a console: simulated WhatsApp, relay, adapter, SQLite. */

const DAY = 86_400_000;

describe.each(['meta', 'd360'] as const)('on a %s number', (kind) => {
  test('pictures and voice messages are fetched, checked, and here when the provider has lost them', async () => {
    const { simulator, workspace, item, passTime } = await openConversation(kind);
    simulator.writeMessage({ customer: ANA, file: { type: 'image' }, text: 'Like this' });
    const picture = await item((one) => one.kind === 'message-in' && one.type === 'image');
    expect(picture).toMatchObject({ text: 'Like this', file: { mime: 'image/png' } });
    await expect(workspace.files.get(picture.id)).resolves.toMatchObject({ mime: 'image/png' });

    simulator.writeMessage({ customer: ANA, file: { type: 'audio' } });
    const voice = await item((one) => one.kind === 'message-in' && one.type === 'audio');
    expect(voice).toMatchObject({ file: { voice: true } });
    await expect(workspace.files.get(voice.id)).resolves.toMatchObject({ mime: 'audio/ogg' });

    const base64 = Buffer.from('<script>alert(1)</script>').toString('base64');
    simulator.writeMessage({ customer: ANA, file: { type: 'image', base64 }, text: 'Look' });
    const page = await item((one) => one.kind === 'message-in' && one.text === 'Look');
    await expect(workspace.files.get(page.id)).rejects.toThrow('Not shown here');

    passTime(8 * DAY);
    await expect(workspace.files.get(picture.id)).resolves.toMatchObject({ mime: 'image/png' });
    await expect(workspace.files.get(page.id)).rejects.toThrow('Ask the customer to send it again');
  });

  test('a message that could not be sent for want of a connection stays, and says why', async () => {
    const { simulator, workspace, item } = await openConversation(kind);
    simulator.setFaults({ api: { fail: { messages: { reset: true } } } });
    await workspace.contacts.send('support', ANA, { what: 'text', text: 'Hi' });
    const failed = await item((one) => one.kind === 'message-out' && one.state === 'failed');
    expect(failed).toMatchObject({ text: 'Hi', error: { code: 'network' }, retry: 'possible' });
    simulator.clearFaults();
    workspace.contacts.retry(failed.id);
    await item((one) => one.kind === 'message-out' && one.state === 'read');
  });

  test('a customer’s reply and an agent’s name what they answer', async () => {
    const { simulator, workspace, item } = await openConversation(kind);
    const { id } = simulator.writeMessage({ customer: ANA, text: 'Blue or red?' });
    await item((one) => one.kind === 'message-in');
    const { contacts } = workspace;
    await contacts.send('support', ANA, { what: 'text', text: 'Red', replyTo: id });
    const answer = await item((one) => one.kind === 'message-out' && one.state === 'read');
    expect(answer).toMatchObject({ quoted: { text: 'Blue or red?' } });
    const sent = simulator.messages().find(({ from }) => from === 'business');
    expect(sent?.replyTo).toBe(id);
    simulator.writeMessage({ customer: ANA, text: 'Thanks', replyTo: sent?.id });
    const thanks = await item((one) => one.kind === 'message-in' && one.text === 'Thanks');
    expect(thanks).toMatchObject({ quoted: { by: 'Bea', text: 'Red' } });
  });

  test('a refused message stays with the provider’s words, and goes out once when tried again', async () => {
    const { simulator, workspace, item } = await openConversation(kind);
    simulator.writeMessage({ customer: ANA, text: 'Hello' });
    await item((one) => one.kind === 'message-in');
    simulator.setFaults({ api: { fail: { messages: { code: 131026, times: 1 } } } });
    const { contacts } = workspace;
    await contacts.send('support', ANA, { what: 'text', text: 'Hi' });
    const failed = await item((one) => one.kind === 'message-out' && one.state === 'failed');
    expect(failed).toMatchObject({ error: { code: '131026' }, retry: 'possible' });
    contacts.retry(failed.id);
    contacts.retry(failed.id);
    await item((one) => one.kind === 'message-out' && one.state === 'read');
    const sent = simulator.messages().filter(({ from }) => from === 'business');
    expect(sent.map(({ text }) => text)).toEqual(['Hi']);
  });
});
