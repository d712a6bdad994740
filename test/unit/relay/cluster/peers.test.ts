import { describe, expect, it } from 'vitest';
import type { Beat } from '../../../../src/relay/cluster/messages.ts';
import { LEASE_MS, Peers } from '../../../../src/relay/cluster/peers.ts';

const ana = { presence: 'available' as const, since: 1, connectedAt: 1 };
const beat = (more: Partial<Beat> = {}): Beat => ({
  node: 'b',
  run: '1',
  version: 0,
  draining: false,
  ...more,
});

/** A node that has received its own messages for long enough to judge others. */
function listening(): { peers: Peers; now: number } {
  const peers = new Peers('a', 0);
  let now = 0;
  while (now <= LEASE_MS + 1_000) peers.handleOwn((now += 1_000));
  return { peers, now };
}

describe('what a node knows about the others', () => {
  it('requests the full state of an unknown node, and of one whose changes it missed', () => {
    const { peers, now } = listening();
    expect(peers.handle(beat(), now).mustAsk).toBe(true);
    const whole = beat({ whole: true, version: 1, agents: { ana } });
    expect(peers.handle(whole, now)).toEqual({
      moved: [{ agentId: 'ana', now: ana }],
      mustAsk: false,
    });
    expect(peers.handle(beat({ version: 1 }), now).mustAsk).toBe(false);
    const gone = beat({ version: 2, agents: { ana: null } });
    expect(peers.handle(gone, now).moved).toEqual([{ agentId: 'ana', now: undefined }]);
    expect(peers.handle(beat({ version: 4, agents: { ana } }), now).mustAsk).toBe(true);
    expect(peers.handle(beat({ run: '2', version: 2 }), now).mustAsk).toBe(true);
  });

  it('counts a silent node and its agents as gone, and a leaving node at once', () => {
    const { peers, now } = listening();
    for (const node of ['b', 'c']) {
      peers.handle(beat({ node, whole: true, agents: { [`of-${node}`]: ana } }), now);
    }
    expect(peers.handle(beat({ bye: 'gone' }), now).moved).toEqual([
      { agentId: 'of-b', now: undefined },
    ]);
    expect(peers.isGone('b', now)).toBe(true);
    let later = now;
    while (later <= now + LEASE_MS) {
      expect(peers.expire(later)).toEqual([]);
      peers.handleOwn((later += 1_000));
    }
    expect(peers.expire(later)).toEqual([{ agentId: 'of-c', now: undefined }]);
    expect(peers.isGone('c', later)).toBe(true);
  });

  it('judges nobody while it does not receive its own messages, nor soon after', () => {
    const { peers, now } = listening();
    peers.handle(beat({ whole: true }), now);
    const later = now + 10 * LEASE_MS;
    expect(peers.expire(later)).toEqual([]);
    expect(peers.isGone('b', later)).toBe(false);
    expect(peers.takeCutOff()).toBe(false);
    peers.handleOwn(later);
    expect(peers.takeCutOff()).toBe(true);
    expect(peers.takeCutOff()).toBe(false);
    expect(peers.expire(later)).toEqual([]);
    expect(peers.isGone('b', later)).toBe(false);
  });

  it('leaves a node that is being restarted its calls for a while, but not for ever', () => {
    const { peers, now } = listening();
    peers.handle(beat({ whole: true, agents: { ana } }), now);
    expect(peers.handle(beat({ bye: 'back-soon' }), now).moved).toHaveLength(1);
    expect(peers.isGone('b', now)).toBe(false);
    let later = now;
    while (later < now + 60_000) peers.handleOwn((later += 1_000));
    expect(peers.isGone('b', later)).toBe(true);
  });

  it('may have others as long as one did not say that it is gone, however silent', () => {
    const { peers, now } = listening();
    expect(peers.mayHaveOthers).toBe(false);
    peers.handle(beat({ whole: true }), now);
    peers.handle(beat({ node: 'c', whole: true }), now);
    peers.handle(beat({ bye: 'back-soon' }), now);
    let later = now;
    while (later < now + 60_000) peers.handleOwn((later += 1_000));
    peers.expire(later);
    expect(peers.ids).toEqual([]);
    expect(peers.mayHaveOthers).toBe(true);
    for (const node of ['b', 'c']) peers.handle(beat({ node, bye: 'gone' }), later);
    expect(peers.mayHaveOthers).toBe(false);
  });

  it('gives new calls to nodes that do not drain', () => {
    const { peers, now } = listening();
    peers.handle(beat({ whole: true }), now);
    peers.handle(beat({ node: 'c', whole: true }), now);
    peers.handle(beat({ draining: true }), now);
    expect(peers.open).toEqual(['c']);
  });
});
