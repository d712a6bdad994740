import type { Call } from '../../../shared/call/model.ts';
import { inboundCallId } from '../../../shared/call/ids.ts';
import { type Outcome, outcomes } from '../../../shared/call/record.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { SEQ_PER_MS } from '../call-seq.ts';
import { redactedSnapshot } from '../snapshot.ts';
import type { ColumnValue, Row } from './records.ts';
import type { FoundRow } from './shapes.ts';

/** What the indexes say of a call whose own page is lost. */
interface Remnant {
  id?: string;
  accountId?: string;
  direction?: 'inbound' | 'outbound';
  outcome?: Outcome;
  providerCallId?: string;
  /** The person's key. */
  person?: string;
}

/** Row ids of calls from 2015 to 2100; no other table has such. */
const FIRST_SEQ = Date.UTC(2015, 0) * SEQ_PER_MS;
const LAST_SEQ = Date.UTC(2100, 0) * SEQ_PER_MS;

/**
 * Calls put together from the entries of their indexes, which have pages of their own: when, on which number, in which
 * direction and with what outcome, and whose it was if that is known. How long they lasted is lost.
 */
export class Remnants {
  readonly #found = new Map<number, Remnant>();
  readonly #isKnown: (seq: number) => boolean;

  /** @param isKnown whether there is a call at this place already */
  constructor(isKnown: (seq: number) => boolean) {
    this.#isKnown = isKnown;
  }

  /** Reads an entry of any index. */
  note({ rowid, values }: Row): void {
    const seq = values.at(-1);
    if (rowid !== undefined || !isSeq(seq) || values.length < 2 || values.length > 5) return;
    const entry = entryOf(values);
    if (!entry || (!this.#found.has(seq) && this.#isKnown(seq))) return;
    this.#found.set(seq, { ...this.#found.get(seq), ...entry });
  }

  /** The calls of which enough is known, as rows. */
  *rows(): Iterable<FoundRow> {
    for (const [seq, { person, direction, outcome, providerCallId, ...known }] of this.#found) {
      const accountId = known.accountId ?? known.id?.split('/', 1)[0];
      if (accountId === undefined || direction === undefined || outcome === undefined) continue;
      const derived =
        direction === 'inbound' && providerCallId !== undefined
          ? inboundCallId(accountId, providerCallId)
          : undefined;
      const id = known.id ?? derived;
      if (id === undefined) continue;
      const at = Math.floor(seq / SEQ_PER_MS);
      const party = partyOf(person);
      const reason = { kind: 'interrupted' } as const;
      const call: Call = {
        path: 'direct',
        id,
        accountId,
        direction,
        party,
        ...(providerCallId !== undefined && { providerCallId }),
        createdAt: at,
        muted: false,
        phase: { name: 'ended', at, reason },
      };
      const row = {
        seq,
        id,
        direction,
        outcome,
        account_id: accountId,
        provider_call_id: providerCallId ?? null,
        wa_id: party.waId ?? null,
        user_id: party.userId ?? null,
        created_at: at,
        ended_at: at,
        unseen: 0,
        end_reason: JSON.stringify(reason),
        snapshot: redactedSnapshot(call),
      };
      yield { table: 'call', row };
    }
  }
}

function isSeq(value: ColumnValue | undefined): value is number {
  return typeof value === 'number' && value >= FIRST_SEQ && value < LAST_SEQ;
}

const isOutcome = (text: ColumnValue | undefined): text is Outcome =>
  outcomes.some((one) => one === text);
const isDirection = (text: ColumnValue | undefined): text is 'inbound' | 'outbound' =>
  text === 'inbound' || text === 'outbound';

/** An entry of the indexes of migrations 1, 4, 14, 15 and 21; undefined for one of another table, or with less in it. */
function entryOf(values: readonly ColumnValue[]): Remnant | undefined {
  const [first, second, , direction] = values;
  if (typeof first !== 'string') return undefined;
  if (values.length === 2) return alone(first);
  if (typeof second !== 'string') return undefined;
  if (values.length === 3) {
    if (isDirection(first) && isOutcome(second)) return { direction: first, outcome: second };
    if (isDirection(second)) return { accountId: first, direction: second };
    return { accountId: first, providerCallId: second };
  }
  if (!isOutcome(second) || !isDirection(direction)) return undefined;
  return { accountId: first, outcome: second, direction };
}

/** What a text alone is. */
function alone(text: string): Remnant | undefined {
  if (isDirection(text)) return { direction: text };
  if (isOutcome(text)) return { outcome: text };
  if (text.includes('/')) return { id: text };
  if (text.startsWith('u:') || /^\d{5,20}$/.test(text)) return { person: text };
  return undefined;
}

function partyOf(person: string | undefined): Party {
  if (person === undefined) return {};
  return person.startsWith('u:') ? { userId: person.slice(2) } : { waId: person };
}
