import { type Call, isKnownAs } from '../../shared/call/model.ts';
import type { Contact } from '../../shared/ipc/contacts.ts';
import type { HistoryPage } from '../../shared/ipc/history.ts';
import type { LiveCall } from '../../shared/ipc/live-call.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { personKey } from '../../shared/lib/person-key.ts';

/** How many earlier calls are considered. */
const LOOK_BACK = 20;

/** Reads the newest calls with `person` (see `personKey`) that began before `to`, Unix ms. */
export type ReadPage = (
  filter: { person: string; to: number },
  limit: number,
) => Promise<HistoryPage>;

/**
 * Summarises earlier calls beside a ringing one: "Last call yesterday, 4 min, missed once today".
 */
export async function callHistoryOf(call: Call, read: ReadPage): Promise<LiveCall['history']> {
  const person = personKey(call.party);
  // Whoever hides their number may have called before.
  if (person === undefined) return undefined;
  const { rows } = await read({ person, to: call.createdAt }, LOOK_BACK);
  // One that came by transfer may have rung here before.
  const earlier = rows.filter((row) => !isKnownAs(call, row.id));
  const last = earlier[0];
  if (!last) return 'none';
  const midnight = new Date(call.createdAt).setHours(0, 0, 0, 0);
  return {
    lastAt: last.createdAt,
    lastOutcome: last.outcome,
    lastSeconds: last.talkSeconds,
    missedToday: earlier.filter((row) => row.outcome === 'missed' && row.createdAt >= midnight)
      .length,
  };
}

/** The last promise to call back before this call, unless somebody has talked with them since. */
export function promiseOf({ items }: Pick<Contact, 'items'>, call: Call): LiveCall['promise'] {
  for (const item of items) {
    switch (item.kind) {
      case 'note':
        if (item.callbackAt !== undefined) return { at: item.callbackAt, by: item.by };
        break;
      case 'call':
        if (isKnownAs(call, item.callId)) break;
        if (item.note?.callbackAt !== undefined) return { at: item.note.callbackAt, by: '' };
        if (item.outcome === 'answered' || item.outcome === 'elsewhere') return undefined;
        break;
      case 'colleague-call':
        if (item.outcome === 'answered') return undefined;
        break;
      case 'message-in':
      case 'message-out':
      case 'permission-request':
      case 'permission':
        break;
      default:
        assertNever(item, 'item');
    }
  }
  return undefined;
}
