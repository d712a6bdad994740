import type { Measured } from '../../shared/protocol/measured.ts';
import type { Db } from '../../sqlite/migrate.ts';
import { DayCalls } from './insight/day-calls.ts';

interface Row {
  accountId: string;
  providerCallId: string;
  /** When something of it changed last, Unix ms. */
  changedAt: number;
}

/** What the relay does not know yet of a call. */
export interface CallReport extends Row {
  measured: Measured;
}

/** Calls of which the relay has to be told what was measured, for the team's figures. */
export class CallReports {
  readonly #calls: DayCalls;
  readonly #mark;
  readonly #unsent;
  readonly #sent;
  readonly #forget;

  constructor(db: Db) {
    this.#calls = new DayCalls(db);
    this.#mark = db.prepare<{ callId: string; at: number }>(
      `UPDATE call SET unreported_at = @at
       WHERE id = @callId AND outcome IS NOT NULL AND provider_call_id IS NOT NULL
         AND (connected_at IS NOT NULL OR talk_seconds IS NOT NULL)`,
    );
    this.#unsent = db.prepare<[], Row>(
      `SELECT account_id AS accountId, provider_call_id AS providerCallId, max(unreported_at) AS changedAt
       FROM call WHERE unreported_at IS NOT NULL
       GROUP BY account_id, provider_call_id ORDER BY min(seq) LIMIT 100`,
    );
    this.#sent = db.prepare<Row>(
      `UPDATE call SET unreported_at = NULL WHERE account_id = @accountId
         AND provider_call_id = @providerCallId AND unreported_at <= @changedAt`,
    );
    this.#forget = db.prepare<[number]>(
      'UPDATE call SET unreported_at = NULL WHERE unreported_at IS NOT NULL AND created_at < ?',
    );
  }

  /** Something about a call has changed; nothing if nobody talked in it. @param at Unix ms */
  mark(callId: string, at: number): void {
    this.#mark.run({ callId, at });
  }

  /** The oldest that the relay does not have. @param since calls that began before are given up, Unix ms */
  unsent(since: number): readonly CallReport[] {
    this.#forget.run(since);
    return this.#unsent.all().map((row) => ({ ...row, measured: measuredOf(this.#calls, row) }));
  }

  /** The relay has it; what changed since then, it has not. */
  sent({ accountId, providerCallId, changedAt }: CallReport): void {
    this.#sent.run({ accountId, providerCallId, changedAt });
  }
}

/** The same figures as Insight counts here. */
function measuredOf(calls: DayCalls, { accountId, providerCallId }: Row): Measured {
  const call = calls.call(accountId, providerCallId);
  const [part] = call?.parts ?? [];
  return {
    talkSeconds: part?.talkSeconds,
    holdSeconds: part?.holdSeconds,
    wrapUpSeconds: part?.wrapUpSeconds,
    mos: call?.mos,
    blame: call?.blame,
    billedSeconds: call?.billedSeconds,
    billedMicros: call?.billedMicros,
  };
}
