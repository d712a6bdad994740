import type { DemoCustomer } from '../../shared/ipc/demo.ts';

/** What a simulated customer does; the catalogue has the texts. */
export type DemoBehaviour =
  | 'talks'
  | 'tone'
  | 'echo'
  | 'gives-up'
  | 'waits'
  | 'presses-keys'
  | 'two-at-once'
  /** Calls the number whose calls can be put on hold and transferred. */
  | 'for-the-team'
  | 'answers'
  | 'declines'
  | 'no-answer'
  | 'no-permission'
  | 'declines-permission'
  | 'revokes';

type Customer = DemoCustomer & { does: DemoBehaviour };

/** Fictional numbers, from ranges that countries reserve for fiction where they exist. */
export const demoCustomers: readonly Customer[] = [
  inbound('ana', 'Ana Souza', '5511955501234', 'BR', 'talks'),
  inbound('liam', 'Liam Carter', '12025550143', 'US', 'tone'),
  inbound('chiara', 'Chiara Rossi', '393331234567', 'IT', 'echo'),
  inbound('jonas', 'Jonas Weber', '4915155501234', 'DE', 'gives-up'),
  inbound('amara', 'Amara Okafor', '2348012345678', 'NG', 'waits'),
  inbound('lucia', 'Lucía Fernández', '34655501234', 'ES', 'presses-keys'),
  inbound('dewi', 'Dewi & Arjun', '6281234567890', 'ID', 'two-at-once'),
  { ...inbound('maya', 'Maya Chen', '6581234567', 'SG', 'for-the-team'), team: true },
  outbound('ruby', 'Ruby Taylor', '61491570156', 'AU', 'answers'),
  outbound('camille', 'Camille Laurent', '33755501234', 'FR', 'declines'),
  outbound('hiro', 'Hiro Tanaka', '819012345678', 'JP', 'no-answer'),
  outbound('sofia', 'Sofía Hernández', '525512345678', 'MX', 'no-permission'),
  outbound('omar', 'Omar Haddad', '971501234567', 'AE', 'declines-permission'),
  outbound('noor', 'Noor Jansen', '31612345678', 'NL', 'revokes'),
];

/** Calls right after the customer who is `two-at-once`, to show call waiting. */
export const secondCaller = { waId: '919812345670', name: 'Arjun Mehta' };

function inbound(
  id: string,
  name: string,
  waId: string,
  country: string,
  does: DemoBehaviour,
): Customer {
  return { id, name, waId, country, does, direction: 'inbound' };
}

function outbound(
  id: string,
  name: string,
  waId: string,
  country: string,
  does: DemoBehaviour,
): Customer {
  return { id, name, waId, country, does, direction: 'outbound' };
}
