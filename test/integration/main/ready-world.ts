import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import Database from 'better-sqlite3';
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
import { freePort } from '../../helpers/free-port.ts';
import { numberOf, type ContractNumber } from '../contract/numbers.ts';
import { relayConfig, startRelay, temporaryFolder } from '../relay/harness.ts';

const ANA = { waId: '5511999991234', name: 'Ana' } as const;
const ID = 'support';
/** Another number of the same kind at the relay, with secrets of its own. */
export const NEIGHBOUR = 'neighbour';

/**
 * A console, its relay and its provider, and everything that can go wrong between them.
 *
 * @param number as the organisation has set it up
 * @param options `aheadMs`: how far the console's clock is ahead
 */
export async function openReadyWorld(
  kind: ContractNumber['kind'],
  number: ContractNumber = numberOf(kind),
  { aheadMs = 0 } = {},
) {
  const folder = temporaryFolder();
  let relayAheadMs = 0;
  const relayClock = { ...systemClock, now: () => systemClock.now() + relayAheadMs };
  const config = (port: number) => ({
    ...relayConfig(folder.dir, {
      accounts: [relayAccount(number, () => simulator?.baseUrl), neighbourOf(number)],
    }),
    listen: { host: '127.0.0.1', port },
  });
  let simulator: Awaited<ReturnType<typeof createSimulator>> | undefined;
  const world = (simulator = await createSimulator({
    version: 1,
    listen: { port: 0 },
    accounts: [number.simulated],
    customers: [{ ...ANA, permission: 'permanent', answerAfterMs: 20 }],
    timing: {
      webhookRetryMs: 20,
      webhookAttempts: 3,
      connectWebhookAfterMs: 10,
      ringingAfterMs: 10,
    },
  }));
  const port = await freePort();
  let relay = await startRelay(config(port), relayClock);
  const webhookUrl = `${relay.url}/webhooks/${number.webhook}`;
  await world.setWebhookUrl(webhookUrl);
  const { token } = await relay.agents.add({ id: 'bea', name: 'Bea' });

  const changes = new EventEmitter().setMaxListeners(50);
  const changed = () => void changes.emit('changed');
  const log = new FakeLog();
  let plays = true;
  let devices: DeviceFacts = {
    microphone: 'ready',
    speaker: 'ready',
    microphoneLabel: 'Headset',
    speakerLabel: 'Headset',
  };
  const open = () =>
    openWorkspace(
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
        readerScript: new URL('../../../src/main/history/reader-worker.ts', import.meta.url)
          .pathname,
        repairScript: new URL('../../../src/main/db/repair-worker.ts', import.meta.url).pathname,
        defaults: defaultSettings,
        clock: { ...systemClock, now: () => systemClock.now() + aheadMs },
        log,
        notices: new Notices(
          () => 0,
          () => undefined,
        ),
        media({ callId, do: order }) {
          const report = workspace.team.handleMediaReport.bind(workspace.team, callId);
          if (order === 'offer') queueMicrotask(() => report({ kind: 'offer-ready', sdp: OFFER }));
          if (order === 'live') queueMicrotask(() => report({ kind: 'connected' }));
        },
        play: () => undefined,
        changed,
        historyChanged: changed,
        contactsChanged: changed,
        todoChanged: changed,
        announce: () => undefined,
        devices: () => devices,
        askRinger: (question) =>
          queueMicrotask(() => workspace.ringer.handleAnswer(question, plays)),
        readyChanged: changed,
        numberChanged: changed,
        numbersFound: () => undefined,
      },
    );
  let workspace = open();
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
    get workspace() {
      return workspace;
    },
    checks,
    stateOf,
    red,
    until,
    settled,
    webhookUrl,
    relay: () => relay,
    setRelayAhead: (ms: number) => void (relayAheadMs = ms),
    /** What the relay has stored came earlier, in ms. */
    ageDeliveries(ms: number) {
      const db = new Database(join(folder.dir, 'relay.sqlite'));
      db.prepare('UPDATE deliveries SET received_at = received_at - ?').run(ms);
      db.close();
    },
    setPlays: (can: boolean) => void (plays = can),
    setDevices(changes: Partial<DeviceFacts>) {
      devices = { ...devices, ...changes };
      workspace.ringer.handleDevices(devices);
      changed();
    },
    setNetwork: (more: Partial<typeof goodNetwork>) =>
      workspace.ready.handleNetwork({ ...goodNetwork, ...more }),
    /** Every request to the provider fails in this way. */
    failAll(failure: { code: number | string; status?: number }) {
      const asked = ['settings', 'number', 'subscriptions', 'token', 'calls'] as const;
      const fail = Object.fromEntries(asked.map((action) => [action, failure]));
      world.setFaults({ api: { fail } });
    },
    stopRelay: () => relay.close(),
    async startRelay() {
      relay = await startRelay(config(port), relayClock);
    },
    /** A customer calls and gives up; resolves when the relay has heard of it. */
    async ring() {
      const { callId } = await world.startCall({ customer: ANA, ringForMs: 60 });
      await world.waitFor(() =>
        world.webhooks().some((one) => one.callId === callId && one.state === 'delivered'),
      );
    },
    /** Something happens of which the provider tells, in how many webhooks. Zernio tells of calls alone. */
    write(): number {
      if (kind === 'zernio') void world.startCall({ customer: ANA, ringForMs: 20 });
      else void world.writeMessage({ customer: ANA, text: 'Hello' });
      return kind === 'zernio' ? 2 : 1;
    },
    /** We call a customer, who answers if the provider lets us; resolves when it is over. */
    async dial() {
      await until(() => (workspace.calls.live().length === 0 ? true : undefined));
      const ended = once(workspace.calls, 'ended');
      const dialled = workspace.calls.dial({ accountId: ID, to: ANA.waId });
      if (!dialled.ok) throw new Error(dialled.error.message);
      const { callId } = dialled.value;
      const hangUp = ({ id, connectedAt }: { id: string; connectedAt?: number | undefined }) => {
        if (id !== callId || connectedAt === undefined) return;
        queueMicrotask(() => workspace.calls.hangUp(callId));
      };
      workspace.calls.on('changed', hangUp);
      await ended;
      workspace.calls.off('changed', hangUp);
    },
    /** The console is closed, and opened again on its data. */
    async restart() {
      await workspace.close();
      workspace = open();
      workspace.ready.handleNetwork(goodNetwork);
      await until(() => (stateOf('relay') === 'ok' ? true : undefined));
    },
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

/** The softphone's. Nobody connects to it. */
const OFFER = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 126',
  'c=IN IP4 0.0.0.0',
  'a=candidate:1 1 udp 2122260223 127.0.0.1 9 typ host',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => '0A').join(':')}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtpmap:126 telephone-event/8000',
  '',
].join('\r\n');

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

function neighbourOf({ relay }: ContractNumber): Record<string, unknown> {
  const others = Object.entries({
    id: NEIGHBOUR,
    phoneNumberId: '1065403523',
    zernioAccountId: 'acc_2',
    appSecret: 'another-secret',
    platformSecret: 'another-secret',
    webhookSecret: 'another-secret-in-its-address',
    signingSecret: 'another-secret',
  });
  return { ...relay, ...Object.fromEntries(others.filter(([name]) => name in relay)) };
}

export type ReadyWorld = Awaited<ReturnType<typeof openReadyWorld>>;
