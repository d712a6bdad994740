import { expect, it } from 'vitest';
import type { FromRelayFrame } from '../../../../src/shared/protocol/frames.ts';
import { AgentConnection } from '../../../../src/relay/connections/agent-connection.ts';
import { RingProbes } from '../../../../src/relay/ring/ring-probes.ts';
import { FakeClock } from '../../../fakes/clock.ts';

const audience = { key: 'all', agentId: 'ana', hears: () => true, hearsEntry: () => true };
const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

function setUp(version = 11) {
  const clock = new FakeClock();
  const sent: FromRelayFrame[] = [];
  let changes = 0;
  const probes = new RingProbes({ clock, log: silentLog, handleChange: () => changes++ });
  const socket = {
    isOpen: true,
    isCongested: false,
    drained: () => Promise.resolve(),
    send: (frame: FromRelayFrame) => sent.push(frame) > 0,
    write: () => undefined,
    refuse: () => undefined,
  };
  const connection = new AgentConnection(socket, { id: 'ana', name: 'Ana' }, 'available', {
    version,
    from: 0,
    head: 0,
    rights: { role: 'agent', calls: 'all', numbers: [] },
    audience: () => audience,
  });
  const lastProbe = () => {
    const frame = sent.at(-1);
    return frame?.type === 'probe' ? frame.probe : undefined;
  };
  return { clock, sent, changes: () => changes, probes, connection, lastProbe };
}

it('asks a console when it connects, and a minute after each answer', () => {
  const { clock, sent, probes, connection, lastProbe } = setUp();
  probes.handleConnected(connection);
  expect(sent).toHaveLength(1);
  probes.handleRinger(connection, { type: 'ringer', probe: lastProbe() });
  clock.advance(59_999);
  expect(sent).toHaveLength(1);
  clock.advance(1);
  expect(sent).toHaveLength(2);
  expect(connection.unreachable).toBeUndefined();
});

it('counts a console as silent after 5 s, until it answers', () => {
  const { clock, probes, connection, changes, lastProbe } = setUp();
  probes.handleConnected(connection);
  clock.advance(4_999);
  expect(connection.unreachable).toBeUndefined();
  clock.advance(1);
  expect(connection.unreachable).toBe('silent');
  expect(changes()).toBe(1);
  probes.handleRinger(connection, { type: 'ringer', probe: lastProbe() });
  expect(connection.unreachable).toBeUndefined();
  expect(changes()).toBe(2);
});

it('asks a console that cannot ring again every 5 s, until it can', () => {
  const { clock, sent, probes, connection, lastProbe } = setUp();
  probes.handleConnected(connection);
  clock.advance(5_000);
  expect(sent).toHaveLength(2);
  probes.handleRinger(connection, { type: 'ringer', probe: lastProbe(), problem: 'ringer' });
  clock.advance(5_000);
  expect(sent).toHaveLength(3);
  probes.handleRinger(connection, { type: 'ringer', probe: lastProbe() });
  clock.advance(59_999);
  expect(sent).toHaveLength(3);
});

it('believes what a console says by itself', () => {
  const { probes, connection, lastProbe } = setUp();
  probes.handleConnected(connection);
  probes.handleRinger(connection, { type: 'ringer', probe: lastProbe() });
  probes.handleRinger(connection, { type: 'ringer', problem: 'microphone' });
  expect(connection.unreachable).toBe('microphone');
  probes.handleRinger(connection, { type: 'ringer' });
  expect(connection.unreachable).toBeUndefined();
});

it('neither asks nor doubts a console of the release before', () => {
  const { clock, sent, probes, connection } = setUp(10);
  probes.handleConnected(connection);
  clock.advance(300_000);
  expect(sent).toEqual([]);
  expect(connection.unreachable).toBeUndefined();
});

it('forgets a console that is gone', () => {
  const { clock, sent, probes, connection, changes } = setUp();
  probes.handleConnected(connection);
  probes.handleDisconnected(connection);
  clock.advance(300_000);
  expect(sent).toHaveLength(1);
  expect(changes()).toBe(0);
});
