import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { defaultSettings } from '../../../src/main/db/settings.ts';
import { Organisation } from '../../../src/main/policy/organisation.ts';
import { Notices } from '../../../src/main/snapshot/notices.ts';
import { openWorkspace } from '../../../src/main/workspace/open-workspace.ts';
import type { Check } from '../../../src/shared/checks/check.ts';
import type { DeviceFacts } from '../../../src/shared/checks/facts.ts';
import type { CheckId } from '../../../src/shared/checks/ids.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import { createSimulator } from '../../../src/simulator/simulator.ts';
import { FakeLog } from '../../fakes/log.ts';
import { numberOf, type ContractNumber } from '../contract/numbers.ts';
import { relayConfig, startRelay, temporaryFolder } from '../relay/harness.ts';

const ANA = { waId: '5511999991234', name: 'Ana' } as const;
const ID = 'support';

/** A console, its relay and its provider, and everything that can go wrong between them. */
export async function openReadyWorld(kind: ContractNumber['kind']) {
  const number = numberOf(kind);
  const folder = temporaryFolder();
  let relayAheadMs = 0;
  const relayClock = { ...systemClock, now: () => systemClock.now() + relayAheadMs };
  const config = (port: number) => ({
    ...relayConfig(folder.dir, { accounts: [relayAccount(number, () => simulator?.baseUrl)] }),
    listen: { host: '127.0.0.1', port },
  });
  let simulator: Awaited<ReturnType<typeof createSimulator>> | undefined;
  const world = (simulator = await createSimulator({
    version: 1,
    listen: { port: 0 },
    accounts: [number.simulated],
    customers: [{ ...ANA, permission: 'permanent', answerAfterMs: 20 }],
    timing: { webhookRetryMs: 20, connectWebhookAfterMs: 10, ringingAfterMs: 10 },
  }));
  let relay = await startRelay(config(0), relayClock);
  const port = Number(new URL(relay.url).port);
  const webhookUrl = `${relay.url}/webhooks/${number.webhook}`;
  await world.setWebhookUrl(webhookUrl);
  const { token } = await relay.agents.add({ id: 'bea', name: 'Bea' });

  const changes = new EventEmitter().setMaxListeners(50);
  const changed = () => void changes.emit('changed');
  const log = new FakeLog();
  let plays = true;
  let aheadMs = 0;
  let devices: DeviceFacts = {
    microphone: 'ready',
    speaker: 'ready',
    microphoneLabel: 'Headset',
    speakerLabel: 'Headset',
  };
  const workspace = openWorkspace(
    {
      kind: 'profile',
      agent: { id: 'bea', name: 'Bea' },
      relay: { url: `${relay.url.replace('http', 'ws')}/v1/agents`, token },
      accounts: [number.account(world.baseUrl)],
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
      changed,
      historyChanged: changed,
      contactsChanged: changed,
      todoChanged: changed,
      announce: () => undefined,
      devices: () => devices,
      askRinger: (question) => queueMicrotask(() => workspace.ringer.handleAnswer(question, plays)),
      readyChanged: changed,
      numberChanged: changed,
      numbersFound: () => undefined,
    },
  );
  workspace.ready.handleNetwork(goodNetwork);

  const checks = (): readonly Check[] => workspace.ready.view().numbers[0]?.checks ?? [];
  const stateOf = (id: CheckId) => checks().find((check) => check.id === id)?.state;
  const red = () =>
    checks()
      .filter(({ state }) => state === 'fault')
      .map(({ id }) => id);
  /** Resolves with what the probe finds, tried now and after every change. */
  const until = async <T>(probe: () => T | undefined): Promise<T> => {
    for (;;) {
      const news = once(changes, 'changed');
      const found = probe();
      if (found !== undefined) return found;
      await news;
    }
  };
  const settled = (wanted: readonly CheckId[]) =>
    until(() => (JSON.stringify(red()) === JSON.stringify(wanted) ? true : undefined));
  return {
    id: ID,
    number,
    simulator: world,
    workspace,
    checks,
    stateOf,
    red,
    until,
    settled,
    webhookUrl,
    relay: () => relay,
    setRelayAhead: (ms: number) => void (relayAheadMs = ms),
    setPlays: (can: boolean) => void (plays = can),
    setDevices(changes: Partial<DeviceFacts>) {
      devices = { ...devices, ...changes };
      workspace.ringer.handleDevices(devices);
      changed();
    },
    setNetwork: (more: Partial<typeof goodNetwork>) =>
      workspace.ready.handleNetwork({ ...goodNetwork, ...more }),
    stopRelay: () => relay.close(),
    async startRelay() {
      relay = await startRelay(config(port), relayClock);
    },
    /** A customer calls and gives up; resolves when the console has heard of it. */
    async ring() {
      const before = workspace.ready.view();
      const { callId } = await world.startCall({ customer: ANA });
      await world.waitFor(() =>
        world.webhooks().some((one) => one.callId === callId && one.state === 'delivered'),
      );
      world.hangUp(callId);
      return before;
    },
    write: () => world.writeMessage({ customer: ANA, text: 'Hello' }),
    /** The console's clock goes on by itself. */
    setAhead: (ms: number) => void (aheadMs = ms),
    async close() {
      await workspace.close();
      await world.close();
      await relay.close();
      folder.remove();
    },
  };
}

const goodNetwork = {
  stun: 'answered',
  turn: 'answered',
  turnByUdp: 'answered',
  host: 'relay.example',
} as {
  stun: 'answered' | 'silent';
  turn: 'answered' | 'silent';
  turnByUdp: 'answered' | 'silent';
  host: string;
};

/** The provider's address too, with which the relay compares its clock. */
function relayAccount(number: ContractNumber, base: () => string | undefined) {
  const { provider } = number.simulated;
  return provider === 'pilot-web' || provider === 'zernio'
    ? number.relay
    : { ...number.relay, apiBase: base() };
}

export type ReadyWorld = Awaited<ReturnType<typeof openReadyWorld>>;
