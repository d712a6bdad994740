import { describe, expect, test } from 'vitest';
import { transition } from '../../../../src/shared/call/transition.ts';
import type { Call } from '../../../../src/shared/call/model.ts';
import { timing } from '../../../../src/shared/call/timing.ts';

const T0 = 1_700_000_000_000;
const talking: Call = {
  id: 'support/wacid.1',
  accountId: 'support',
  direction: 'inbound',
  party: { waId: '5511987654321' },
  path: 'relayed',
  providerCallId: 'wacid.1',
  createdAt: T0,
  connectedAt: T0,
  muted: false,
  phase: { name: 'connected' },
};

function lostAt(graceMs: number | undefined) {
  const step = transition(talking, { from: 'media', kind: 'lost', graceMs }, talking, T0 + 1000);
  if (!step.ok || step.call.phase.name !== 'rejoining') throw new Error('not rejoining');
  return step.call.phase.deadlineAt - (T0 + 1000);
}

describe('a disconnected console keeps trying to rejoin', () => {
  test('slightly longer than the relay keeps the call, whatever its grace', () => {
    expect(lostAt(120_000)).toBe(120_000 + timing.rejoinMargin);
    expect(lostAt(0)).toBe(timing.rejoinMargin);
  });

  test('for the default grace if the relay never announced one', () => {
    expect(lostAt(undefined)).toBe(timing.rejoin);
  });
});
