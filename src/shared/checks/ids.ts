/** The checks of a number, in the order in which they are shown. */
export const checkRows = {
  /** Can calls come in? */
  in: [
    'relay',
    'relay-clock',
    'agent-token',
    'webhook-address',
    'webhook-signature',
    'webhook-seen',
    'subscription',
    'calling',
    'sip',
    'key-exchange',
    'forwarding',
    'phone',
    'hours',
    'icon',
    'routing',
    'coexistence',
    'restriction',
    'graph-version',
  ],
  /** Can we be heard? */
  heard: ['microphone', 'speaker', 'ring', 'udp', 'turn', 'echo'],
  /** Can we call out? */
  out: ['key', 'payment', 'country', 'tier', 'prices'],
} as const;

export type CheckRow = keyof typeof checkRows;
export type CheckId = (typeof checkRows)[CheckRow][number];

export const checkIds: readonly CheckId[] = Object.values(checkRows).flat();
