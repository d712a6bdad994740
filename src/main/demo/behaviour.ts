import { assertNever } from '../../shared/lib/assert-never.ts';
import type { SimulatorConfigInput } from '../../simulator/simulator.ts';
import { demoCustomers, type DemoBehaviour, secondCaller } from './customers.ts';

type Customer = NonNullable<SimulatorConfigInput['customers']>[number];

/** The behaviour of the simulator's customers. */
export function simulatedCustomers(): Customer[] {
  const all = demoCustomers.map(({ waId, name, does }) => ({ waId, name, ...behaviourOf(does) }));
  return [...all, { ...secondCaller, ...behaviourOf('waits') }];
}

/** How one call goes, where it differs from the customer's usual behaviour. */
export function callPlan(does: DemoBehaviour): { ringForMs?: number; ctaPayload?: string } {
  if (does === 'gives-up') return { ringForMs: 6_000 };
  if (does === 'talks') return { ctaPayload: 'order-991' };
  return {};
}

function behaviourOf(does: DemoBehaviour): Omit<Customer, 'waId' | 'name'> {
  const may = { permission: 'temporary' } as const;
  switch (does) {
    case 'talks':
      return { ...may, sends: { kind: 'talk' }, hangUpAfterMs: 60_000 };
    case 'tone':
      return { ...may, sends: { kind: 'tone', hz: 440 } };
    case 'echo':
      return { ...may, sends: { kind: 'echo' } };
    case 'gives-up':
    case 'for-the-team':
    case 'waits':
    case 'two-at-once':
      return { ...may, sends: { kind: 'talk' } };
    case 'presses-keys':
      return { ...may, sends: { kind: 'silent' }, digits: '1234#' };
    case 'answers':
      return { ...may, onCall: 'answer', answerAfterMs: 3_000, sends: { kind: 'talk' } };
    case 'declines':
      return { ...may, onCall: 'decline', answerAfterMs: 4_000 };
    case 'no-answer':
      return { ...may, onCall: 'ignore' };
    case 'no-permission':
      return { permission: 'none', onPermissionRequest: 'accept', onCall: 'answer' };
    case 'declines-permission':
      return { permission: 'none', onPermissionRequest: 'decline' };
    case 'revokes':
      return { ...may, answerAfterMs: 2_000, sends: { kind: 'talk' }, revokesAfterCall: true };
    default:
      return assertNever(does, 'behaviour');
  }
}
