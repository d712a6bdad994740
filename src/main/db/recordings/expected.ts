import { createHash } from 'node:crypto';
import type { Call } from '../../../shared/call/model.ts';
import type { CallRecording } from '../../../shared/recording/state.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { rowOf, type RecordingRow } from './rows.ts';

/** How long a provider keeps its files (docs/providers/meta.md#recording), in ms. */
const KEPT_AT_PROVIDER_MS = 7 * 86_400_000;
/** So long a console that was closed still asks the relay for a recording, which deletes it by its number's policy. */
const KEPT_AT_RELAY_MS = 90 * 86_400_000;

/** Tells a provider's file of a call; the same for all records that this agent has of the call. */
export function providerFileId(
  { accountId, providerCallId = '' }: Pick<Call, 'accountId' | 'providerCallId'>,
  what: 'audio' | 'transcript',
): string {
  const name = `${accountId}\n${providerCallId}\n${what}`;
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

/**
 * Notes the files that a provider or the relay has of a call, with the call itself, so that none is forgotten. Only of calls that
 * were this agent's, or were answered elsewhere than at any console.
 */
export class ExpectedFiles {
  readonly #insert;
  readonly #name;

  constructor(db: Db) {
    this.#insert = db.prepare<[RecordingRow]>(
      `INSERT OR IGNORE INTO recording
         (id, call_id, what, source, state, next_at, expires_at, keep_until, tries, legal_hold, body)
       VALUES (@id, @callId, @what, @source, @state, @nextAt, @expiresAt, @keepUntil, @tries, @legalHold, @body)`,
    );
    this.#name = db.prepare<{ id: string; mediaId: string }>(
      `UPDATE recording SET body = json_set(body, '$.mediaId', @mediaId)
       WHERE id = @id AND body ->> '$.mediaId' IS NULL`,
    );
  }

  note(call: Call): void {
    if (call.recorded) this.#note(call, 'audio', call.recorded.mediaId);
    if (call.transcribed) this.#note(call, 'transcript', call.transcribed.mediaId);
    if (call.recording) this.#noteOurs(call, call.recording);
  }

  /** The relay made a recording, which may be fetched from it, or this console, which takes it in. */
  #noteOurs({ id: callId, phase }: Call, { by, id, since, state }: CallRecording): void {
    if (phase.name !== 'ended' || id === undefined || by === 'provider') return;
    if (state.step === 'over' && state.stopped === 'deleted') return;
    const { at } = phase;
    this.#insert.run(
      rowOf({
        id,
        callId,
        what: 'audio',
        source: by,
        state: 'expected',
        ...(by === 'relay' && { nextAt: at, expiresAt: at + KEPT_AT_RELAY_MS }),
        tries: 0,
        legalHold: false,
        startedAt: since,
        tracks: [],
        marks: [],
      }),
    );
  }

  #note(call: Call, what: 'audio' | 'transcript', mediaId: string | undefined): void {
    const isOurs = call.connectedAt !== undefined || call.path === 'external';
    if (call.phase.name !== 'ended' || call.providerCallId === undefined || !isOurs) return;
    const { at } = call.phase;
    const id = providerFileId(call, what);
    this.#insert.run(
      rowOf({
        id,
        callId: call.id,
        what,
        source: 'provider',
        state: 'expected',
        nextAt: at,
        expiresAt: at + KEPT_AT_PROVIDER_MS,
        tries: 0,
        legalHold: false,
        mediaId,
        startedAt: call.connectedAt ?? call.billed?.startedAt,
        tracks: [],
        marks: [],
      }),
    );
    if (mediaId !== undefined) this.#name.run({ id, mediaId });
  }
}
