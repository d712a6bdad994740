import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { defaultSettings } from '../../../src/main/db/settings.ts';
import type { Account } from '../../../src/main/providers/account.ts';
import { Notices } from '../../../src/main/snapshot/notices.ts';
import { openWorkspace } from '../../../src/main/workspace/open-workspace.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import { createSimulator } from '../../../src/simulator/simulator.ts';
import { FakeLog } from '../../fakes/log.ts';
import { numberOf } from '../contract/numbers.ts';
import { relayConfig, startRelay, temporaryFolder } from '../relay/harness.ts';

/** What is written between a customer and a console: simulated WhatsApp, relay, adapter, SQLite. */

const ANA = { waId: '5511999991234', name: 'Ana' } as const;
const DAY = 86_400_000;

async function openConversation(kind: Account['provider']) {
  const number = numberOf(kind);
  const folder = temporaryFolder();
  const relay = await startRelay(relayConfig(folder.dir, { accounts: [number.relay] }));
  const { token } = await relay.agents.add({ id: 'bea', name: 'Bea' });
  const simulator = await createSimulator({
    version: 1,
    listen: { port: 0 },
    accounts: [{ ...number.simulated, webhookUrl: `${relay.url}/webhooks/${number.webhook}` }],
    customers: [ANA],
    timing: { messageDeliveredAfterMs: 10, messageReadAfterMs: 10, webhookRetryMs: 20 },
  });
  const account = number.account(simulator.baseUrl);
  const changes = new EventEmitter().setMaxListeners(50);
  const log = new FakeLog();
  let aheadMs = 0;
  const workspace = openWorkspace(
    {
      kind: 'profile',
      agent: { id: 'bea', name: 'Bea' },
      relay: { url: `${relay.url.replace('http', 'ws')}/v1/agents`, token },
      accounts: [account],
      tokenOf: () => number.secret,
    },
    {
      database: join(folder.dir, 'ringdesk.db'),
      sqliteBinding: undefined,
      transport: { fetch: globalThis.fetch, WebSocket },
      readerScript: new URL('../../../src/main/history/reader-worker.ts', import.meta.url).pathname,
      repairScript: new URL('../../../src/main/db/repair-worker.ts', import.meta.url).pathname,
      defaults: defaultSettings,
      clock: { ...systemClock, now: () => systemClock.now() + aheadMs },
      log,
      notices: new Notices(
        () => 0,
        () => undefined,
      ),
      media: () => undefined,
      play: () => undefined,
      changed: () => undefined,
      historyChanged: () => undefined,
      contactsChanged: () => void changes.emit('changed'),
      todoChanged: () => undefined,
      announce: () => undefined,
      numberChanged: () => undefined,
      numbersFound: () => undefined,
    },
  );
  onTestFinished(async () => {
    await workspace.close();
    await simulator.close();
    await relay.close();
    folder.remove();
  });
  const timeline = async () => (await workspace.history.contact(ANA, undefined, 50)).items;
  /** Resolves with the first item of the timeline that fits, newest first. */
  const item = async (fits: (one: Awaited<ReturnType<typeof timeline>>[number]) => boolean) => {
    for (;;) {
      const changed = once(changes, 'changed');
      const found = (await timeline()).find(fits);
      if (found) return found;
      await changed;
    }
  };
  const passTime = (ms: number) => {
    aheadMs = ms;
  };
  return { simulator, workspace, timeline, item, passTime };
}

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
