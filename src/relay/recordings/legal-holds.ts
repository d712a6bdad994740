import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { Access } from '../access/access.ts';
import type { Log } from '../log.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { Member } from '../store/agent-store.ts';
import type { Store } from '../store/store.ts';

type LegalHoldFrame = Extract<FromConsole, { type: 'legal-hold' }>;

interface Ports {
  store: Pick<Store, 'hold' | 'holds'>;
  access: Pick<Access, 'hears' | 'denial'>;
  log: Log;
}

/**
 * Puts a call on legal hold, or lifts it, and logs it for all consoles of its number. Refused with
 * `unauthorized` for an agent who was removed, with `unknown` for a number that is not theirs, with
 * `role` for one who does not supervise, and with `not-now` while the store cannot be written.
 *
 * @param at the relay's time, Unix ms
 */
export async function writeLegalHold(
  { store, access, log }: Ports,
  member: Member | undefined,
  { accountId, call, on, recordings }: LegalHoldFrame,
  at: number,
): Promise<Outcome> {
  if (!member) return refused('unauthorized');
  const denied = access.denial(member, 'legal-hold', { accountId });
  if (denied) return refused(denied);
  const by = { id: member.id, name: member.name };
  try {
    await store.hold({ accountId, call, on, recordings, by, at });
  } catch {
    return refused('not-now');
  }
  log.info('recordings.legal-hold', { agent: member.id, account: accountId, on });
  return { kind: 'granted' };
}

/** The last word about each call of an agent's numbers. Refused with `unauthorized` for an agent who was removed. */
export async function readLegalHolds(
  { store, access }: Pick<Ports, 'store' | 'access'>,
  member: Member | undefined,
): Promise<Outcome> {
  if (!member) return refused('unauthorized');
  const all = await store.holds();
  return {
    kind: 'legal-holds',
    items: all.filter(({ accountId }) => access.hears(member, accountId)),
  };
}
