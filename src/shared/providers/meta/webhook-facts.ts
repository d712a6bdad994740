import { z } from 'zod';
import type { ProviderError } from '../events.ts';
import type { NumberFact } from '../../rules/data/number-fact-kinds.ts';
import type { Reader } from '../webhook.ts';
import { factOfError } from '../number-facts.ts';

/** Which number a fact is about and when it was reported (Unix ms), if the webhook says so. */
interface About {
  numberId: string | undefined;
  reportedAt: number | undefined;
}

/**
 * Errors on their own are about the number, e.g. 131044: inbound calls fail
 * (docs/providers/meta.md#errors).
 */
export function readNumberErrors(
  reader: Reader,
  errors: readonly ProviderError[],
  { numberId, reportedAt }: About,
): void {
  for (const error of errors) {
    const quote = [error.message, error.details].filter((one) => one).join(' ');
    const fact: NumberFact = factOfError(error) ?? {
      kind: 'provider-error',
      code: error.code,
      ...(quote !== '' && { quote }),
    };
    reader.event({
      numberId,
      identity: `number:error:${reportedAt ?? reader.options.receivedAt}:${error.code}`,
      event: {
        kind: 'number',
        at: reportedAt ?? reader.options.receivedAt,
        change: { what: 'fact', fact },
      },
    });
  }
}

const id = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);
const number = z.looseObject({ phone_number_id: id }).optional().catch(undefined);
/**
 * `standby` has the number in `metadata`, `messaging_handovers` in `recipient`. No page shows
 * either for calls.
 */
const routed = z.looseObject({ metadata: number, recipient: number });

/**
 * Reads field `standby` or `messaging_handovers`: the number has other responders, one of which may
 * have its calls
 * (docs/providers/meta.md#conversation-routing). The payload is about one conversation, so no more
 * can be concluded.
 */
export function readRouting(
  reader: Reader,
  field: 'standby' | 'messaging_handovers',
  value: unknown,
  reportedAt: number | undefined,
): void {
  const payload = routed.safeParse(value).data;
  const at = reportedAt ?? reader.options.receivedAt;
  reader.event({
    numberId: payload?.recipient?.phone_number_id ?? payload?.metadata?.phone_number_id,
    // Once an hour is enough: every message of another responder's conversation is reported.
    identity: `number:routing:${field}:${Math.floor(at / 3_600_000)}`,
    event: { kind: 'number', at, change: { what: 'fact', fact: { kind: 'routing' } } },
  });
}
