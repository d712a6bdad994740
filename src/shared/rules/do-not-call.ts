import type { Facts } from './facts.ts';
import { finding } from './findings.ts';
import { ruling, silent, type Ruling } from './ruling.ts';

/** Whoever asked not to be called is not called, whatever WhatsApp allows. They can still call us. */
export function doNotCallRuling({ customer: { doNotCall } }: Facts): Ruling {
  if (!doNotCall) return silent;
  const { by, at: markedAt, reason } = doNotCall;
  return ruling([
    reason === undefined
      ? finding('do-not-call', { by, markedAt })
      : finding('do-not-call-because', { by, markedAt, reason }),
  ]);
}
