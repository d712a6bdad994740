import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { CallService } from '../../../src/main/calls/call-service.ts';
import { openProviderSync } from '../../../src/main/calls/provider-sync/provider-sync.ts';
import { SqliteCallLog } from '../../../src/main/db/call-log.ts';
import { History } from '../../../src/main/history/history.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { SqliteReadMarks } from '../../../src/main/db/read-marks.ts';
import { RelayCursor } from '../../../src/main/db/relay-cursor.ts';
import type { Account } from '../../../src/main/providers/account.ts';
import { createProvider } from '../../../src/main/providers/index.ts';
import { RelayClient } from '../../../src/main/relay-client/relay-client.ts';
import type { Call } from '../../../src/shared/call/model.ts';
import type { MediaCommand } from '../../../src/shared/ipc/events.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import { createSimulator } from '../../../src/simulator/simulator.ts';
import { FakeLog } from '../../fakes/log.ts';
import { FakeMediaStreams } from '../../fakes/media-streams.ts';
import { numberOf } from '../contract/numbers.ts';
import { relayConfig, startRelay, temporaryFolder } from '../relay/harness.ts';

/**
 * The console's calls with everything real but window and sound: simulated WhatsApp and its
 * resellers, the relay, the number's adapter, SQLite. A console can be killed and another opened on
 * the same files.
 */

const ACCOUNT = 'support';
const ANA = { waId: '5511999991234', name: 'Ana' } as const;

async function openWorld(kind: Account['provider']) {
  const number = numberOf(kind);
  const folder = temporaryFolder();
  const relay = await startRelay(relayConfig(folder.dir, { accounts: [number.relay] }));
  const { token } = await relay.agents.add({ id: 'ana', name: 'Agent' });
  const simulator = await createSimulator({
    version: 1,
    listen: { port: 0 },
    accounts: [{ ...number.simulated, webhookUrl: `${relay.url}/webhooks/${number.webhook}` }],
    customers: [{ ...ANA, permission: 'permanent', answerAfterMs: 50 }],
    timing: { connectWebhookAfterMs: 20, ringingAfterMs: 20, webhookRetryMs: 20 },
  });
  onTestFinished(async () => {
    await simulator.close();
    await relay.close();
    folder.remove();
  });
  const url = `${relay.url.replace('http', 'ws')}/v1/agents`;
  const account = number.account(simulator.baseUrl);
  const open = () =>
    openConsole({ path: join(folder.dir, 'calls.db'), url, token, account, secret: number.secret });
  return { simulator, open };
}

/** A log that tests can wait for. */
class ReadLog extends FakeLog {
  private readonly events = new EventEmitter();

  override info(text: string): void {
    super.info(text);
    this.events.emit('line');
  }

  async until(part: string): Promise<void> {
    while (!this.lines.some((line) => line.includes(part))) await once(this.events, 'line');
  }
}

interface ConsoleInput {
  path: string;
  url: string;
  token: string;
  account: Account;
  secret: string;
}

async function openConsole({ path, url, token, account, secret }: ConsoleInput) {
  const clock = systemClock;
  const log = new ReadLog();
  const { db } = openDatabase({ path });
  const callLog = new SqliteCallLog(db);
  const provider = createProvider(account, secret, { fetch, clock, log });
  const relay = new RelayClient({
    url,
    token,
    WebSocket,
    clock,
    random: () => 0,
    cursorStore: new RelayCursor(db),
    log,
  });
  const streams = new FakeMediaStreams();
  const orders: MediaCommand[] = [];
  const providerOf = (id: string) => (id === ACCOUNT ? provider : undefined);
  const calls = new CallService({
    ports: {
      log: callLog,
      media: (command) => orders.push(command),
      provider: providerOf,
      coordinator: relay,
      relayedApi: relay.relayedApi,
      relayPath: (accountId) => relay.pathOf(accountId),
      streams,
      iceServers: () => relay.iceServers,
    },
    clock,
    newId: () => crypto.randomUUID(),
    log,
    self: () => relay.agent,
  });
  const found: Call[] = [];
  const reading = openProviderSync({
    calls,
    callLog,
    accounts: [ACCOUNT],
    provider: providerOf,
    marks: new SqliteReadMarks(db),
    found: (more) => found.push(...more),
    clock,
    log,
  });
  relay.on('entry', (entry) => calls.reports.handleEntry(entry));
  relay.on('ringing', (frame) => calls.handleRinging(frame));
  relay.on('connection', (connection) => reading.handleConnection(connection));
  let caughtUp = false;
  relay.on('replay-complete', () => {
    caughtUp = true;
    reading.handleReplayComplete();
  });
  let open = true;
  /** Like a kill: nobody is notified. */
  const kill = () => {
    if (!open) return;
    open = false;
    reading.close();
    relay.removeAllListeners();
    relay.close();
    calls.removeAllListeners();
    // Pending work finds nothing to write to, as in a killed process.
    db.close();
  };
  onTestFinished(kill);
  calls.restore();
  const ready = once(relay, 'replay-complete');
  relay.start();
  reading.start(true);
  if (!caughtUp) await ready;

  /** The first call, now or later, that matches. */
  const until = async (fits: (call: Call) => boolean, id?: string): Promise<Call> => {
    for (;;) {
      const known = id === undefined ? calls.live() : [callLog.get(id)].filter((call) => !!call);
      const call = known.find((one) => fits(one));
      if (call) return call;
      await once(calls, 'changed');
    }
  };
  const stage = (wanted: string) => (call: Call) =>
    call.phase.name === wanted || (call.phase.name === 'external' && call.phase.stage === wanted);
  return {
    calls,
    callLog,
    history: new History(db),
    streams,
    orders,
    found,
    log,
    until,
    stage,
    kill,
  };
}

const dialled = (answer: ReturnType<CallService['dial']>): string => {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value.callId;
};

describe('a number with external calls', () => {
  test('polls a call of ours to its end, over a restart, and keeps its bill', async () => {
    const { simulator, open } = await openWorld('zernio');
    const first = await open();
    const id = dialled(first.calls.dial({ accountId: ACCOUNT, to: ANA.waId, record: true }));
    // No webhook reports it.
    await first.until(first.stage('talking'), id);
    first.kill();
    const second = await open();
    const { providerCallId = '' } = second.calls.live().at(0) ?? {};
    expect(second.calls.live()).toMatchObject([{ id, phase: { stage: 'talking' } }]);
    second.calls.dismiss(id);
    simulator.hangUp(providerCallId);
    const call = await second.until((one) => one.bill !== undefined, id);
    expect(call).toMatchObject({
      dismissed: true,
      recorded: {},
      bill: { billable: expect.stringMatching(/^\d/), meta: expect.any(String) },
    });
    expect(second.history.get(id)).toMatchObject({
      outcome: 'answered',
      endReason: { kind: 'over' },
    });
    expect(simulator.calls()).toHaveLength(1);
  });

  test('reaches the same result without any webhook', async () => {
    const { simulator, open } = await openWorld('zernio');
    simulator.setFaults({ webhooks: { drop: ['connect', 'announced', 'terminate'] } });
    const agent = await open();
    const id = dialled(agent.calls.dial({ accountId: ACCOUNT, to: ANA.waId }));
    const { providerCallId = '' } = await agent.until(agent.stage('talking'), id);
    simulator.hangUp(providerCallId);
    const call = await agent.until(agent.stage('ended'), id);
    expect(call.bill).toBeDefined();
    expect(agent.history.get(id)).toMatchObject({ outcome: 'answered' });
  });

  test('reads at start the calls that nobody reported while the console was closed', async () => {
    const { simulator, open } = await openWorld('zernio');
    const first = await open();
    await first.log.until('backfill: support had');
    first.kill();
    simulator.setFaults({ webhooks: { drop: ['connect', 'announced', 'terminate'] } });
    simulator.setDestination({ onCall: 'ignore' });
    const { callId } = await simulator.startCall({ customer: ANA, ringForMs: 50 });
    await simulator.waitFor(() => simulator.report(callId)?.phase === 'ended');
    const second = await open();
    const id = `${ACCOUNT}/${callId}`;
    expect(await second.until(second.stage('ended'), id)).toMatchObject({ reconciled: true });
    expect(second.history.get(id)).toMatchObject({ outcome: 'missed', unseen: true });
    expect(second.orders).toEqual([]);
    second.kill();
    const third = await open();
    await third.log.until('backfill: support had');
    expect(third.history.list({}, undefined, 10).rows).toHaveLength(1);
  });
});

describe('a number with streamed calls', () => {
  test('a customer’s call is accepted, and outlives the console', async () => {
    const { simulator, open } = await openWorld('pilot-web');
    const first = await open();
    const { callId } = await simulator.startCall({ customer: ANA });
    const { id } = await first.until(first.stage('ringing'));
    first.calls.accept(id);
    await first.until(first.stage('connected'), id);
    first.kill();
    const second = await open();
    expect(second.streams.asked).toEqual([`open ${id} ${callId}`]);
    expect(simulator.report(callId)?.phase).toBe('accepted');
    simulator.hangUp(callId);
    await second.until(second.stage('ended'), id);
    expect(second.history.get(id)).toMatchObject({ outcome: 'answered' });
  });

  test('works without webhooks, by polling', async () => {
    const { simulator, open } = await openWorld('pilot-web');
    simulator.setFaults({ webhooks: { drop: ['ringing', 'accepted', 'terminate'] } });
    const agent = await open();
    const id = dialled(agent.calls.dial({ accountId: ACCOUNT, to: ANA.waId }));
    const { providerCallId = '' } = await agent.until(agent.stage('connected'), id);
    expect(agent.streams.asked).toEqual([`open ${id} ${providerCallId}`]);
    simulator.hangUp(providerCallId);
    await agent.until(agent.stage('ended'), id);
    expect(agent.history.get(id)).toMatchObject({ outcome: 'answered' });
  });
});

test('a number with SDPs rings although only the announcement came', async () => {
  const { simulator, open } = await openWorld('pilot-meta');
  simulator.setFaults({ webhooks: { drop: ['connect'] } });
  const agent = await open();
  const { callId } = await simulator.startCall({ customer: ANA });
  const { id } = await agent.until(agent.stage('ringing'));
  expect(id).toBe(`${ACCOUNT}/${callId}`);
  expect(agent.orders).toMatchObject([
    { do: 'answer', callId: id, offer: expect.stringContaining('v=0') },
  ]);
});
