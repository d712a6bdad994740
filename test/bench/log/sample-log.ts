import { AccountStore } from '../../../src/main/db/accounts.ts';
import { SEQ_PER_MS } from '../../../src/main/db/call-seq.ts';
import { CallText } from '../../../src/main/db/call-text.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { redactedSnapshot } from '../../../src/main/db/snapshot.ts';
import { outcomeOf, talkSeconds } from '../../../src/shared/call/record.ts';
import type { Db } from '../../../src/sqlite/migrate.ts';
import type { Call, DirectCall } from '../../../src/shared/call/model.ts';
import type { EndReason, Ended } from '../../../src/shared/call/phases.ts';
import type { Quality } from '../../../src/shared/ipc/history.ts';
import { FakeLog } from '../../fakes/log.ts';
import { endedCall } from '../../helpers/calls.ts';

const FIRST =
  'Ana Beatriz Bruno Camila Carlos Daniela Diego Eduardo Fernanda Gabriel Helena Igor Joana João José Larissa Lucas Luísa Marcos Mariana Mateus Natália Otávio Paula Pedro Rafael Renata Sofia Thiago Vitória'.split(
    ' ',
  );
const LAST =
  'Almeida Alves Andrade Barbosa Barros Batista Borges Campos Cardoso Carvalho Castro Correia Costa Dias Duarte Ferreira Freitas Gomes Lima Lopes Machado Martins Mendes Moreira Nascimento Oliveira Pereira Ribeiro Rocha Santos Silva Souza Teixeira Vieira'.split(
    ' ',
  );
/** As often as they are listed. */
const ENDS: readonly EndReason[] = [
  { kind: 'customer-hung-up' },
  { kind: 'customer-hung-up' },
  { kind: 'agent-hung-up' },
  { kind: 'agent-hung-up' },
  { kind: 'agent-hung-up' },
  { kind: 'caller-gone' },
  { kind: 'rang-out' },
  { kind: 'answered-elsewhere', by: 'Bea Rocha' },
  { kind: 'declined-by-agent' },
  { kind: 'agent-hung-up' },
];
const ACCOUNTS = ['sales', 'support', 'billing', 'returns', 'vip'];
/** Somebody who called once among all: a search with one hit. */
export const RARE = 'Zbigniew Wójtowicz';
/** Half a minute between two calls: a million are about a year. */
const BETWEEN_MS = 30_000;
const BEGAN = Date.UTC(2025, 0, 1);
const BATCH = 5_000;

/** Numbers that look random and are the same in every run. */
export const mixed = (n: number, salt: number) => Math.imul(n ^ (salt * 0x9e37), 0x9e3779b1) >>> 0;
export const pick = <T>(list: readonly T[], n: number): T => {
  const found = list[n % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** The sample's call number `n`: with a few transfers, messages left behind, and notes. */
export function sampleCall(n: number): DirectCall & { phase: Ended } {
  const person = mixed(n, 1) % 200_000;
  const reason = pick(ENDS, mixed(n, 2));
  const createdAt = BEGAN + n * BETWEEN_MS;
  const talked = reason.kind.endsWith('hung-up');
  const connectedAt = talked ? createdAt + 4_000 + (mixed(n, 3) % 9_000) : undefined;
  const endedAt = (connectedAt ?? createdAt) + 5_000 + (mixed(n, 4) % 240_000);
  const name = n === 777 ? RARE : `${pick(FIRST, person)} ${pick(LAST, mixed(person, 5))}`;
  const accountId = pick(ACCOUNTS, mixed(n, 7));
  const call = endedCall(n, {
    id: `${n.toString(36)}-${mixed(n, 6).toString(36)}`,
    accountId,
    // One number is called, and seldom calls.
    direction: n % (accountId === 'vip' ? 10_000 : 4) === 0 ? 'outbound' : 'inbound',
    party: {
      waId: `55119${String(10_000_000 + (mixed(person, 15) % 80_000_000))}`,
      userId: `BR.${1_000_000_000 + person}`,
      name,
    },
    providerCallId: `wacid.${mixed(n, 8).toString(16).padStart(8, '0')}${n.toString(16)}`,
    createdAt,
    ...(connectedAt !== undefined && {
      connectedAt,
      billed: {
        startedAt: connectedAt,
        durationSeconds: Math.round((endedAt - connectedAt) / 1000),
      },
    }),
    ...(n % 50 === 0 && { voicemail: {} }),
  });
  return { ...call, phase: { name: 'ended', at: endedAt, reason } };
}

function qualityOf(n: number): Quality {
  return {
    packetsReceived: 1_000 + (mixed(n, 9) % 9_000),
    packetsLost: mixed(n, 10) % 40,
    packetsSent: 5_000,
    jitterMs: (mixed(n, 11) % 300) / 10,
    rttMs: mixed(n, 12) % 180,
    mos: 3 + (mixed(n, 13) % 150) / 100,
  };
}

/** A call of a sample, and what is stored beside it. */
export interface Sample {
  call: Call & { phase: Ended };
  quality?: Quality | undefined;
  note?: { text: string; disposition?: string | undefined } | undefined;
  wrapUpSeconds?: number | undefined;
  isRecorded?: boolean | undefined;
}

/** As `makeSampleLog` writes it by itself. */
export function sampleOf(n: number): Sample {
  const call = sampleCall(n);
  return {
    call,
    ...(call.connectedAt !== undefined && { quality: qualityOf(n) }),
    isRecorded: n % 10 === 5 && call.connectedAt !== undefined,
    ...(n % 100 === 3 && { note: { text: `asked about order ${mixed(n, 14) % 1000}` } }),
  };
}

/**
 * Writes a log of `count` calls with three events each, as the console stores them, many at once.
 *
 * @param sample no two may begin in the same millisecond
 * @param say is told of each tenth
 */
export function makeSampleLog(
  path: string,
  count: number,
  sample: (n: number) => Sample = sampleOf,
  say: (line: string) => void = () => undefined,
): void {
  const { db } = openDatabase({ path });
  db.pragma('synchronous = OFF');
  db.pragma('secure_delete = OFF');
  // A log that is made halfway is made again.
  db.pragma('journal_mode = MEMORY');
  db.pragma('cache_size = -200000');
  new AccountStore(db, new FakeLog()).replaceAll(
    ACCOUNTS.map((id, n) => ({ id, label: id, number: `+5511400000${n}`, provider: 'd360' })),
  );
  const put = statements(db);
  const text = new CallText(db);
  const write = db.transaction((from: number, to: number) => {
    const seqs: number[] = [];
    for (let n = from; n < to; n++) {
      const { call, quality, note, wrapUpSeconds, isRecorded } = sample(n);
      const seq = call.createdAt * SEQ_PER_MS;
      const { phase, party } = call;
      put.call.run({
        seq,
        id: call.id,
        direction: call.direction,
        account: call.accountId,
        outcome: outcomeOf(call),
        providerCallId: call.providerCallId,
        wrapUp: wrapUpSeconds ?? null,
        waId: party.waId,
        userId: party.userId,
        name: party.name,
        createdAt: call.createdAt,
        connectedAt: call.connectedAt ?? null,
        endedAt: phase.at,
        talk: talkSeconds(call) ?? null,
        endReason: JSON.stringify(phase.reason),
        snapshot: redactedSnapshot(call),
      });
      EVENTS.forEach((body, k) => put.event.run(seq, call.createdAt + 1_000 * k, body));
      if (quality) put.quality.run(seq, JSON.stringify(quality));
      if (note) put.note.run(seq, note.text, note.disposition ?? null, call.createdAt);
      if (isRecorded) put.recording.run(`recording ${call.id}`, call.id);
      seqs.push(seq);
    }
    // Last, as in a rescue: with other rows between them it takes twice as long.
    for (const seq of seqs) text.index(seq);
  });
  for (let n = 0; n < count; n += BATCH) {
    write(n, Math.min(count, n + BATCH));
    if (Math.floor((n + BATCH) / (count / 10)) > Math.floor(n / (count / 10))) {
      say(`  ${Math.min(count, n + BATCH)} calls`);
    }
  }
  db.close();
}

/** What is stored of a webhook, a press and a deadline. */
const EVENTS = [
  {
    from: 'provider',
    kind: 'offer',
    cursor: 1_234_567,
    at: 1_767_225_600_000,
    sdp: { length: 1_834 },
  },
  { from: 'agent', kind: 'accept' },
  { from: 'provider', kind: 'ended', cursor: 1_234_571, at: 1_767_225_700_000 },
].map((event) => JSON.stringify(event));

function statements(db: Db) {
  return {
    call: db.prepare(
      `INSERT INTO call (seq, id, direction, outcome, account_id, provider_call_id, wa_id, user_id, name,
         created_at, connected_at, ended_at, talk_seconds, end_reason, snapshot, wrap_up_seconds)
       VALUES (@seq, @id, @direction, @outcome, @account, @providerCallId, @waId, @userId, @name,
         @createdAt, @connectedAt, @endedAt, @talk, @endReason, @snapshot, @wrapUp)`,
    ),
    event: db.prepare(
      "INSERT INTO call_event (call_seq, at, source, kind, body) VALUES (?, ?, 'provider', 'offer', ?)",
    ),
    quality: db.prepare('INSERT INTO call_quality (call_seq, body) VALUES (?, ?)'),
    recording: db.prepare<[string, string]>(
      `INSERT INTO recording (id, call_id, what, source, state, tries, legal_hold, body)
       VALUES (?, ?, 'audio', 'console', 'kept', 0, 0, '{}')`,
    ),
    note: db.prepare(
      'INSERT INTO call_note (call_seq, text, disposition, at, unsent) VALUES (?, ?, ?, ?, 0)',
    ),
  };
}
