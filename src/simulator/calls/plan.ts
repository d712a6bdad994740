import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import {
  type CustomerBehaviour,
  customerRefSchema,
  hzSchema,
  pressesSchema,
} from '../customers/behaviour.ts';
import { faultsPatchSchema } from '../faults.ts';
import type { Voice } from '../media/sources.ts';
import type { UserCallPlan } from './call.ts';

const ms = z.number().nonnegative();

/** How to start a customer's call: `POST /sim/calls` and `Simulator.startCall`. */
export const startCallSchema = z.strictObject({
  /** Id of the called account; the first one by default. */
  account: z.string().optional(),
  customer: customerRefSchema,
  /**
   * What the customer sends; by default, what the customer's settings say. `dtmf` is silence with
   * `digits`.
   */
  kind: z.enum(['talk', 'tone', 'echo', 'silent', 'dtmf']).optional(),
  /** For a `tone`; 440 by default. */
  hz: hzSchema.default(440),
  digits: pressesSchema.optional(),
  /** Gives up after this long without an answer. */
  ringForMs: ms.optional(),
  /** Hangs up this long after the answer. */
  hangUpAfterMs: ms.optional(),
  ctaPayload: z.string().max(512).optional(),
  deeplinkPayload: z.string().max(512).optional(),
  /** Speaks on the number's voicemail, if it has one for this. */
  voicemail: z
    .strictObject({
      first: z.enum(['end', 'message']).default('end'),
      startTime: z.boolean().default(false),
    })
    .optional(),
  /** A caller who gives up at once and whose `terminate` arrives before the `connect`. */
  terminateBeforeConnect: z.boolean().default(false),
  faults: faultsPatchSchema.optional(),
});
export type StartCall = z.input<typeof startCallSchema>;

/** How the call will go: the plan first, then the customer's usual behaviour. */
export function planCall(
  plan: z.output<typeof startCallSchema>,
  behaviour: CustomerBehaviour,
): Omit<UserCallPlan, 'id' | 'accountId' | 'customer' | 'media'> {
  const early = plan.terminateBeforeConnect;
  const faults = plan.faults ?? behaviour.faults;
  return {
    voice: voiceOf(plan, behaviour),
    presses: plan.digits ?? behaviour.digits,
    ringForMs: plan.ringForMs ?? (early ? 0 : undefined),
    hangUpAfterMs: plan.hangUpAfterMs ?? behaviour.hangUpAfterMs,
    ctaPayload: plan.ctaPayload,
    deeplinkPayload: plan.deeplinkPayload,
    voicemail: plan.voicemail,
    faults: early ? { ...faults, webhooks: { ...faults?.webhooks, terminateFirst: true } } : faults,
  };
}

function voiceOf(
  { kind, hz }: z.output<typeof startCallSchema>,
  behaviour: CustomerBehaviour,
): Voice {
  switch (kind) {
    case undefined:
      return behaviour.sends;
    case 'tone':
      return { kind, hz };
    case 'dtmf':
      return { kind: 'silent' };
    case 'talk':
    case 'echo':
    case 'silent':
      return { kind };
    default:
      return assertNever(kind, 'kind');
  }
}
