/** Messages between the bench and the process that it measures. */
export type Request =
  | { ask: 'call'; id: number; customerOffer: string; agentOffer: string }
  /** The customer has the answer: connects, opens the gate, lets both talk. */
  | { ask: 'start'; id: number }
  | { ask: 'echo' }
  | { ask: 'cpu' }
  | { ask: 'end' };

export type Reply =
  | { is: 'ready' }
  | { is: 'answers'; id: number; customer: string; agent: string }
  | { is: 'started'; id: number }
  | { is: 'echo'; port: number }
  /** CPU time used by the process so far and time it waited for a busy core, µs, and its resident memory, MiB. */
  | { is: 'cpu'; us: number; waitedUs: number; rssMib: number };

export const HOST = '127.0.0.1';
