import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { RelayedCall } from '../../../../src/relay/relayed-calls/call.ts';
import type { RelayedCallPorts } from '../../../../src/relay/relayed-calls/ports.ts';
import { openSqliteStore } from '../../../../src/relay/store/sqlite.ts';
import type { RelayedCallState } from '../../../../src/relay/store/relayed-call-record.ts';
import { portsOf } from './ports.ts';
import { ana, ben } from './state-machine/arbitrary-events.ts';

const HOUR_MS = 3_600_000;
const realNow = Date.now;

const dir = mkdtempSync(path.join(tmpdir(), 'ringdesk-deadlines-'));
const store = openSqliteStore(dir);
afterAll(async () => {
  await store.close();
  rmSync(dir, { recursive: true });
});

/** Every state in which a customer waits, with a deadline `waitMs` from now. */
function states(deadlineAt: number): readonly RelayedCallState[] {
  const callOffer = { id: 'offer/1', cursor: 1, to: ben, mode: 'blind', deadlineAt } as const;
  return [
    { kind: 'agent-disconnected', owner: ana, deadlineAt },
    { kind: 'transfer-offered', owner: ana, ownerHere: true, callOffer },
    { kind: 'transfer-offered', owner: ana, ownerHere: false, callOffer },
    { kind: 'consulting', owner: ana, ownerUntil: deadlineAt, callOffer },
    {
      kind: 'queued',
      from: ana,
      callOffer: { id: 'offer/1', cursor: 1, deadlineAt, declinedBy: [] },
    },
  ];
}

const callIn = (ports: RelayedCallPorts, state: RelayedCallState) =>
  new RelayedCall(ports, {
    callId: 'main/1',
    accountId: 'main',
    direction: 'inbound',
    party: {},
    callOffers: ['offer/1'],
    dtmf: '',
    supervisors: [],
    state,
  });

/** Resolves when no customer waits in any call. */
async function settles(call: RelayedCall): Promise<string> {
  while (!['talking', 'ended'].includes(call.state.kind)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await call.close(true);
  return call.state.kind;
}

afterEach(() => {
  Date.now = realNow;
});

describe('relayed calls with waiting customers', () => {
  it('A2 leave hold, transfer and agent-disconnected in time, though the wall clock jumps', async () => {
    const ports = portsOf(store);
    const calls = Array.from({ length: 300 }, (_, index) => {
      const at = ports.clock.now() + 50 + (index % 100);
      return states(at).map((state) => callIn(ports, state));
    }).flat();
    await Promise.all(calls.map((call) => call.resume(true, undefined)));
    const jumps = [-3_000, HOUR_MS, -HOUR_MS, -24 * HOUR_MS];
    let turn = 0;
    const timer = setInterval(() => turn++, 11);
    Date.now = () => realNow() + (jumps[turn % jumps.length] ?? 0);
    const ends = await Promise.all(calls.map(settles));
    clearInterval(timer);
    expect(ends).toHaveLength(1_500);
  });

  it.each([HOUR_MS, 3_000, -HOUR_MS])(
    'A2 wait no longer than the policy after a restart, though the clock was set by %i ms meanwhile',
    async (setByMs) => {
      const ports = portsOf(store);
      const calls = states(ports.clock.now() + setByMs).map((one) => callIn(ports, one));
      await Promise.all(calls.map((call) => call.resume(true, undefined)));
      await expect(Promise.all(calls.map(settles))).resolves.toHaveLength(5);
    },
  );

  it('A2 B7 end their wait though the disk is full', async () => {
    const ports = portsOf(store, { failures: Infinity });
    const calls = states(ports.clock.now() + 100).map((one) => callIn(ports, one));
    await Promise.all(calls.map((call) => call.resume(true, undefined)));
    await expect(Promise.all(calls.map(settles))).resolves.toHaveLength(5);
  });
});
