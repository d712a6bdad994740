/** What other systems can be told about calls (docs/relay/webhooks.md). */
export const dispatchTypes = [
  'call.ringing',
  'call.answered',
  'call.ended',
  'call.missed',
  'call.noted',
  'call.voicemail',
] as const;
export type DispatchType = (typeof dispatchTypes)[number];
