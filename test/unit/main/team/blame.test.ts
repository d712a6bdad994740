import type { Blame } from '../../../../src/shared/protocol/insight-question.ts';
import { expect, test } from 'vitest';
import { blameBeyond } from '../../../../src/main/team/blame.ts';

const blamed = (blame: Blame | undefined, customer?: { packets: number; lost: number }) =>
  blameBeyond(
    { packetsReceived: 1, packetsLost: 0, packetsSent: 1, blame },
    customer ? { customer } : undefined,
  ).blame;
const broken = { packets: 90, lost: 10 };
const sound = { packets: 999, lost: 1 };

test('what is wrong beyond the relay is the customer’s if their leg says so, or else the relay’s', () => {
  expect(blamed('customer', broken)).toBe('customer');
  expect(blamed('unclear', broken)).toBe('customer');
  expect(blamed('customer', sound)).toBe('relay');
  expect(blamed('customer')).toBe('customer');
  expect(blamed('agent', broken)).toBe('agent');
  expect(blamed(undefined, broken)).toBeUndefined();
});
