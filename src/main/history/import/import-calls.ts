import { createReadStream } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { freeSeq } from '../../db/call-seq.ts';
import { outcomeOf } from '../../../shared/call/record.ts';
import { readSnapshot } from '../../db/snapshot.ts';
import { CallText } from '../../db/call-text.ts';
import { IdentityStore } from '../../db/people/identity-store.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { type ExportedCall, readLine } from './read-line.ts';

interface Imported {
  calls: number;
  /** Those that were here already; they stay as they are. */
  known: number;
}

/** Calls per transaction, and the pause after each, in ms. */
const BATCH = 100;
const PAUSE_MS = 2;
/** Far longer than the line of any call: a file of something else may have no line break. In bytes. */
const LONGEST_LINE = 16 * 2 ** 20;
const LF = 10;

/**
 * Reads our own JSON Lines into a log: exported again, it is the same file. A call that is there already stays.
 *
 * @throws Error that names the line that is none of ours; what was read before it is kept
 */
export async function importCalls(db: Db, path: string): Promise<Imported> {
  const importer = new CallImporter(db);
  const done: Imported = { calls: 0, known: 0 };
  let batch: ExportedCall[] = [];
  const write = async () => {
    const calls = importer.put(batch);
    done.calls += calls;
    done.known += batch.length - calls;
    batch = [];
    await setTimeout(PAUSE_MS);
  };
  let number = 0;
  try {
    for await (const text of linesOf(path)) {
      number += 1;
      if (text === undefined) throw new Error(`line ${number} is too long to be a call's`);
      if (text.trim() === '') continue;
      // Notepad and PowerShell begin a file with a mark, or save it as UTF-16.
      if (text.includes('\0')) throw new Error('the file is not saved as UTF-8');
      const read = readLine(number === 1 ? text.replace(/^\ufeff/, '') : text);
      if (!read.ok) {
        throw new Error(`line ${number} is no call that Ringdesk exported: ${read.error}`);
      }
      // Calls of one millisecond are written together: the file has the newest first, the log the oldest.
      if (batch.length >= BATCH && batch.at(-1)?.createdAt !== read.value.createdAt) await write();
      batch.push(read.value);
    }
  } finally {
    await write();
  }
  return done;
}

/**
 * The lines of a file; undefined for one that is too long, which is the last. They end in LF or CRLF and nowhere else:
 * JSON keeps Unicode's own separators of lines and paragraphs, which customers' names may have, as they are.
 */
async function* linesOf(path: string): AsyncIterable<string | undefined> {
  let parts: Buffer[] = [];
  let size = 0;
  const chunks: AsyncIterable<Buffer> = createReadStream(path);
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)]).toString();
      [parts, size, from] = [[], 0, end + 1];
    }
    parts.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > LONGEST_LINE) {
      yield undefined;
      return;
    }
  }
  yield Buffer.concat(parts).toString();
}

type Part = ExportedCall['parts'][number];

class CallImporter {
  readonly #db: Db;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #text: CallText;
  readonly #identity: IdentityStore;
  /** The records of this transaction that no search finds yet, one of each call. */
  readonly #unindexed: number[] = [];

  constructor(db: Db) {
    this.#db = db;
    this.#sql = prepare(db);
    this.#text = new CallText(db);
    this.#identity = new IdentityStore(db);
  }

  /** @returns how many were new */
  put(calls: readonly ExportedCall[]): number {
    return this.#db
      .transaction(() => {
        const listed = new Set(calls.map(({ id }) => id));
        const added = calls.toReversed().filter((call) => this.#put(call, listed)).length;
        // Last: with each other row between two texts, the index would be written anew.
        const mains = this.#unindexed.splice(0);
        const records = mains.flatMap((main) => this.#sql.records.all({ main }));
        for (const seq of new Set(records.map(({ seq }) => seq))) {
          // Another call of the file may have brought it.
          this.#text.remove(seq);
          this.#text.index(seq);
        }
        return added;
      })
      .immediate();
  }

  /** @param listed calls of this transaction, which are no other call's parts */
  #put(call: ExportedCall, listed: ReadonlySet<string>): boolean {
    if (this.#sql.known.get(call.id)) return false;
    this.#putAccount(call.account);
    this.#identity.note(call.party, call.createdAt);
    const own = call.parts.find(({ id }) => id === call.id);
    const main = this.#putRecord(call, {
      ...own,
      id: call.id,
      createdAt: call.createdAt,
      endReason: call.endReason,
      // Of one record alone it is the call's.
      talkSeconds: call.parts.length > 1 ? own?.talkSeconds : call.talkSeconds,
    });
    // Another call of the file may have brought one of them.
    const others = call.parts.filter(({ id }) => !listed.has(id) && !this.#sql.known.get(id));
    for (const part of others) this.#putRecord(call, part);
    // Whichever outcomes they have, this one stood for the call.
    if (others.length > 0) this.#sql.cover.run({ main });
    if (call.quality) this.#sql.quality.run(main, JSON.stringify(call.quality));
    this.#putNotes(call, main);
    for (const { at, from, kind, ignored, detail } of call.timeline) {
      const body = JSON.stringify(detail === undefined ? {} : { why: detail });
      this.#sql.event.run(main, at, from, kind, ignored ?? null, body);
    }
    this.#unindexed.push(main);
    return true;
  }

  /** A number of ours that is not here is kept as one that was removed: for the labels of its calls. */
  #putAccount({ id, label, number }: ExportedCall['account']): void {
    if (label === id && number === '') return;
    this.#sql.account.run(id, JSON.stringify({ id, label, number, provider: 'meta' }));
  }

  /** @returns the record's place */
  #putRecord(call: ExportedCall, part: Part): number {
    const isMain = part.id === call.id;
    const { talkSeconds: talk, callOffer, transfers } = part;
    const connectedAt = isMain ? call.connectedAt : talk === undefined ? undefined : part.createdAt;
    const endedAt = isMain ? call.endedAt : part.createdAt + Math.round((talk ?? 0) * 1000);
    const { id, direction, account, party, providerCallId, payload } = { ...call, id: part.id };
    const snapshot = {
      path: callOffer === undefined ? 'direct' : 'relayed',
      id,
      accountId: account.id,
      direction,
      party,
      providerCallId,
      payload,
      createdAt: part.createdAt,
      connectedAt,
      muted: false,
      phase: { name: 'ended', at: endedAt, reason: part.endReason },
      callOffer,
      transfers,
      ...(isMain &&
        call.wholeSeconds !== undefined && {
          billed: { startedAt: connectedAt ?? part.createdAt, durationSeconds: call.wholeSeconds },
        }),
      ...(isMain && call.voicemail && { voicemail: {} }),
    };
    const body = JSON.stringify(snapshot);
    const seq = freeSeq(part.createdAt, this.#sql.lastSeq);
    this.#sql.call.run({
      seq,
      id,
      direction,
      outcome: isMain ? call.outcome : outcomeOfText(body),
      account: account.id,
      providerCallId: providerCallId ?? null,
      waId: party.waId ?? null,
      userId: party.userId ?? null,
      name: party.name ?? null,
      payload: payload ?? null,
      createdAt: part.createdAt,
      connectedAt: connectedAt ?? null,
      endedAt,
      talk: talk ?? null,
      unseen: isMain && call.unseen ? 1 : 0,
      endReason: JSON.stringify(part.endReason),
      snapshot: body,
      movedTo: this.#identity.movedTo(party, part.createdAt),
    });
    return seq;
  }

  #putNotes(call: ExportedCall, main: number): void {
    const { note, disposition, tags, teamNotes, providerCallId, account, endedAt } = call;
    if (note !== undefined || disposition !== undefined || tags.length > 0) {
      const list = tags.length === 0 ? null : JSON.stringify(tags);
      this.#sql.note.run(main, note ?? '', endedAt, disposition ?? null, list);
    }
    teamNotes.forEach(({ by, text, ...labels }, index) => {
      const body = { kind: 'note', by, providerCallId, text: text ?? undefined, ...labels };
      const identity = `${account.id}/note/${providerCallId ?? ''}/imported-${index}`;
      this.#sql.teamNote.run({
        identity,
        account: account.id,
        waId: call.party.waId ?? null,
        userId: call.party.userId ?? null,
        at: endedAt + index,
        body: JSON.stringify(body),
        movedTo: this.#identity.movedTo(call.party, endedAt),
      });
    });
  }
}

function outcomeOfText(snapshot: string): string {
  const call = readSnapshot(snapshot);
  return (call && outcomeOf(call)) ?? 'interrupted';
}

function prepare(db: Db) {
  return {
    known: db.prepare<[string], { seq: number }>('SELECT seq FROM call WHERE id = ?'),
    lastSeq: db.prepare<[number, number], { seq: number | null }>(
      'SELECT max(seq) AS seq FROM call WHERE seq >= ? AND seq < ?',
    ),
    account: db.prepare<[string, string]>(
      'INSERT OR IGNORE INTO account (id, body, position, removed) VALUES (?, ?, 0, 1)',
    ),
    call: db.prepare<Record<string, string | number | null>>(
      `INSERT INTO call (seq, id, direction, outcome, account_id, provider_call_id, wa_id, user_id, name, payload,
         created_at, connected_at, ended_at, talk_seconds, unseen, end_reason, snapshot, moved_to)
       VALUES (@seq, @id, @direction, @outcome, @account, @providerCallId, @waId, @userId, @name, @payload,
         @createdAt, @connectedAt, @endedAt, @talk, @unseen, @endReason, @snapshot, @movedTo)`,
    ),
    cover: db.prepare<{ main: number }>(
      `UPDATE call SET covered = iif(seq = @main, NULL, 1) WHERE (account_id, provider_call_id) =
         (SELECT account_id, provider_call_id FROM call AS main WHERE main.seq = @main)`,
    ),
    quality: db.prepare<[number, string]>(
      'INSERT INTO call_quality (call_seq, body) VALUES (?, ?)',
    ),
    note: db.prepare<[number, string, number, string | null, string | null]>(
      `INSERT INTO call_note (call_seq, text, at, unsent, disposition, tags) VALUES (?, ?, ?, 0, ?, ?)`,
    ),
    teamNote: db.prepare<Record<string, string | number | null>>(
      `INSERT OR IGNORE INTO contact_event (identity, account_id, wa_id, user_id, at, kind, body, moved_to)
       VALUES (@identity, @account, @waId, @userId, @at, 'note', @body, @movedTo)`,
    ),
    event: db.prepare<[number, number, string, string, string | null, string]>(
      'INSERT INTO call_event (call_seq, at, source, kind, ignored, body) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    records: db.prepare<{ main: number }, { seq: number }>(
      `SELECT call.seq FROM call WHERE seq = @main OR (account_id, provider_call_id) =
         (SELECT account_id, provider_call_id FROM call AS main WHERE main.seq = @main)`,
    ),
  };
}
