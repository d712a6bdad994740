import type {
  InsightPart,
  InsightRange,
  InsightSlice,
} from '../../../shared/protocol/insight-question.ts';
import { z } from 'zod';
import type { InsightFigures, Preparing } from '../../../shared/insight/figures.ts';
import { type PriceList, startOfMonth } from '../../../shared/insight/cost.ts';
import { readPriceList } from '../../../shared/insight/price-list.ts';
import { type AgentNames, inSlice } from '../../../shared/insight/slice.ts';
import { tallyOf } from '../../../shared/insight/tally.ts';
import { providerIds, providers } from '../../../shared/rules/data/providers.ts';
import { isTimeZone } from '../../../shared/rules/zoned-time.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { parseColumn } from '../../db/json.ts';
import { LogCalls } from '../../db/insight/log-calls.ts';
import { RateCardStore } from '../../db/rate-card.ts';
import { ownValue } from '../../../shared/lib/own-value.ts';

const account = z.object({ provider: z.enum(providerIds) });

/** Whom the log means by a name: what they are called now, and their team. The own agent's name is empty. */
export type Roster = Readonly<Record<string, { name: string; team?: string | undefined }>>;

/** Calls of days that are not packed are read from their rows, which is slow: more are waited for. */
const MOST_RAW = 10_000;

/** What this console's log adds up to. */
export class Insight {
  readonly #db: Db;
  readonly #calls: LogCalls;
  #prices: { csv: string; list: PriceList | undefined } | undefined;

  constructor(db: Db) {
    this.#db = db;
    this.#calls = new LogCalls(db);
  }

  /** @throws RangeError for a time zone that this machine does not know */
  figures(part: InsightPart, range: InsightRange, roster: Roster): InsightFigures {
    assertZone(range.zone);
    const tally = tallyOf(part, range, {
      ...agentsOf(roster),
      priceList: part.view === 'cost' ? this.#priceList() : undefined,
      isFree: this.#freeNumbers(),
    });
    this.#calls.tally(tally, range.to);
    return tally.result();
  }

  /**
   * The same if that is quick, or how far it is prepared.
   *
   * @returns also whether days remain to be packed
   */
  preparedFigures(
    part: InsightPart,
    range: InsightRange,
    roster: Roster,
  ): { figures: InsightFigures | Preparing; isPacked: boolean } {
    const from = part.view === 'cost' ? startOfMonth(range.from) : range.from;
    const { packed, raw, rawCalls } = this.#calls.packing(from, range.to, MOST_RAW);
    const isPacked = raw === 0;
    if (rawCalls < MOST_RAW) return { figures: this.figures(part, range, roster), isPacked };
    return { figures: { view: 'preparing', share: packed / (packed + raw) }, isPacked };
  }

  /** The places in the log of the calls behind a figure, the oldest first. */
  seqsOf(slice: InsightSlice, roster: Roster): readonly number[] {
    assertZone(slice.zone);
    const isIn = inSlice(slice, agentsOf(roster));
    const found: number[] = [];
    this.#calls.each(slice.from, slice.to, (call) => {
      if (isIn(call)) found.push(call.seq);
    });
    return found;
  }

  #priceList(): PriceList | undefined {
    const stored = new RateCardStore(this.#db).get();
    if (!stored) return undefined;
    if (this.#prices?.csv !== stored.csv) {
      this.#prices = { csv: stored.csv, list: readPriceList(stored) };
    }
    return this.#prices.list;
  }

  #freeNumbers(): (accountId: string) => boolean {
    const rows = this.#db
      .prepare<[], { id: string; body: string }>('SELECT id, body FROM account')
      .all();
    const free = new Set(
      rows.flatMap(({ id, body }) => {
        const read = account.safeParse(parseColumn(body));
        return read.success && providers[read.data.provider].billing.value === 'free' ? [id] : [];
      }),
    );
    return (accountId) => free.has(accountId);
  }
}

const agentsOf = (roster: Roster): AgentNames => ({
  teamOf: (agent) => ownValue(roster, agent)?.team,
  nameOf: (agent) => ownValue(roster, agent)?.name ?? agent,
});

function assertZone(zone: string): void {
  if (!isTimeZone(zone)) throw new RangeError(`unknown time zone ${zone}`);
}
