import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { defaultSettings } from '../../../src/main/db/settings.ts';
import type { Account } from '../../../src/main/providers/account.ts';
import { Organisation } from '../../../src/main/policy/organisation.ts';
import { Notices } from '../../../src/main/snapshot/notices.ts';
import { openWorkspace } from '../../../src/main/workspace/open-workspace.ts';
import type { ContactItem } from '../../../src/shared/ipc/contacts.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import { createSimulator, type SimulatorConfigInput } from '../../../src/simulator/simulator.ts';
import { FakeLog } from '../../fakes/log.ts';
import { numberOf } from '../contract/numbers.ts';
import { relayConfig, startRelay, temporaryFolder } from '../relay/harness.ts';

export const ANA = { waId: '5511999991234', name: 'Ana' } as const;
/** A console and one customer: simulated WhatsApp, the relay, the number's adapter, SQLite. */
export async function openConversation(
  kind: Account['provider'],
  timing: NonNullable<SimulatorConfigInput['timing']> = {},
) {
  const number = numberOf(kind);
  const folder = temporaryFolder();
  const relay = await startRelay(relayConfig(folder.dir, { accounts: [number.relay] }));
  const { token } = await relay.agents.add({ id: 'bea', name: 'Bea' });
  const simulator = await createSimulator({
    version: 1,
    listen: { port: 0 },
    accounts: [{ ...number.simulated, webhookUrl: `${relay.url}/webhooks/${number.webhook}` }],
    customers: [ANA],
    timing: {
      messageDeliveredAfterMs: 10,
      messageReadAfterMs: 10,
      webhookRetryMs: 20,
      ...timing,
    },
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
      organisation: new Organisation(),
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
      changed: () => void changes.emit('changed'),
      historyChanged: () => void changes.emit('changed'),
      contactsChanged: () => void changes.emit('changed'),
      todoChanged: () => void changes.emit('changed'),
      announce: () => undefined,
      askRinger: () => undefined,
      devices: () => undefined,
      readyChanged: () => undefined,
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
  const timeline = async (): Promise<readonly ContactItem[]> =>
    (await workspace.history.contact(ANA, undefined, 50)).items;
  /** Resolves with what the probe finds, tried now and after every change. */
  const until = async <T>(probe: () => Promise<T | undefined> | T | undefined): Promise<T> => {
    for (;;) {
      const changed = once(changes, 'changed');
      const found = await probe();
      if (found !== undefined) return found;
      await changed;
    }
  };
  /** Resolves with the first item of the timeline that fits, newest first. */
  const item = (fits: (one: ContactItem) => boolean): Promise<ContactItem> =>
    until(async () => (await timeline()).find(fits));
  const passTime = (ms: number) => {
    aheadMs = ms;
  };
  return { simulator, workspace, timeline, until, item, passTime };
}
