import type { Dial } from '../../shared/call/events.ts';
import { isEngaged, type Call } from '../../shared/call/model.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import { isSamePerson } from '../../shared/lib/person-key.ts';
import { routingOf, traitsOf, type MediaPath } from '../../shared/providers/media-path.ts';
import type { Provider } from './ports.ts';
import { refuse } from '../refusal.ts';

/** Whom to call: `to` in E.164 digits without `+`, or a person without a known number. */
export interface Dialled {
  accountId: string;
  to?: string | undefined;
  userId?: string | undefined;
  /** External, for this call alone: where it is connected to, and whether it is recorded. */
  forwardTo?: string | undefined;
  record?: boolean | undefined;
}

/**
 * Validates a dial request.
 *
 * @param relayPath the path of the number's calls by the relay's welcome
 * @returns the event, or why it is refused
 */
export function checkDial(
  { accountId, to, userId, forwardTo, record }: Dialled,
  provider: Provider | undefined,
  live: readonly Call[],
  relayPath?: MediaPath,
): Answered<Dial> {
  const isNumber = to !== undefined && /^\d{3,20}$/.test(to);
  if (!isNumber && (to !== undefined || userId === undefined)) return refuse('bad-number');
  if (!provider) return refuse('no-such-account');
  const party = { waId: to, userId };
  const { path } = provider.capabilities;
  const hasStream = provider.stream !== undefined;
  const routing = routingOf({ path, hasStream, relayPath, forwardTo });
  // A person who is on a call, or ringing us, cannot be called at the same time
  // (docs/providers/meta.md#errors: 138003).
  if (live.some((call) => isSamePerson(call.party, party))) return refuse('busy');
  if (traitsOf(routing.path).isSpokenHere && live.some(isEngaged)) return refuse('busy');
  const data = { from: 'agent', kind: 'dial', accountId, party, forwardTo, record } as const;
  return { ok: true, value: { ...data, ...routing } };
}
