import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ensureInstalled, SQLITE } from '../../../scripts/runtime/debian.mjs';

const iso = (at: string) => `strftime('%Y-%m-%dT%H:%M:%S', ${at} / 1000, 'unixepoch', 'localtime')
  || printf('%+03d:00', (strftime('%s', ${at} / 1000, 'unixepoch', 'localtime') - ${at} / 1000) / 3600)`;

/** The columns of the export, from the records as they stand: a call in several parts has several lines here. */
const SELECT = `
  SELECT call.id AS call_id, provider_call_id, direction, outcome, account.body ->> '$.label' AS account,
    ltrim(account.body ->> '$.number', '+') AS account_number,
    coalesce(person_detail.name, call.name) AS customer_name, wa_id AS phone, '+' || wa_id AS phone_e164,
    user_id AS customer_id, ${iso('created_at')} AS started_at,
    strftime('%Y-%m-%d %H:%M:%S', created_at / 1000, 'unixepoch', 'localtime') AS started_local,
    ${iso('connected_at')} AS answered_at, ${iso('ended_at')} AS ended_at,
    round((coalesce(connected_at, ended_at) - created_at) / 1000.0) AS ring_seconds, talk_seconds,
    time(talk_seconds, 'unixepoch') AS talk_time, end_reason ->> '$.kind' AS end_reason,
    coalesce(end_reason ->> '$.why', end_reason ->> '$.by') AS end_detail, payload AS button_payload,
    quality.body ->> '$.mos' AS mos, quality.body ->> '$.packetsLost' AS packets_lost,
    quality.body ->> '$.packetsReceived' AS packets_received, quality.body ->> '$.jitterMs' AS jitter_ms,
    quality.body ->> '$.rttMs' AS rtt_ms, snapshot ->> '$.callOffer.from' AS handed_over_by,
    snapshot ->> '$.callOffer.note' AS handover_note, snapshot ->> '$.transfers[0].to' AS handed_over_to,
    snapshot ->> '$.transfers[0].note' AS handed_over_note,
    snapshot ->> '$.billed.durationSeconds' AS whole_call_seconds, note.text AS note,
    (SELECT group_concat(body ->> '$.text', char(10)) FROM contact_event
      WHERE identity > call.account_id || '/note/' || call.provider_call_id || '/'
        AND identity < call.account_id || '/note/' || call.provider_call_id || '0') AS team_notes,
    note.disposition AS disposition, note.tags AS tags,
    iif(snapshot -> '$.voicemail' IS NULL, NULL, 'yes') AS voicemail
  FROM call LEFT JOIN account ON account.id = call.account_id
    LEFT JOIN call_quality AS quality ON quality.call_seq = call.seq
    LEFT JOIN call_note AS note ON note.call_seq = call.seq
    LEFT JOIN person_detail ON person_detail.person = call.person
  WHERE outcome IS NOT NULL ORDER BY call.seq DESC`;

/** Writes the same columns with the `sqlite3` command line. @returns how long it took, in seconds */
export async function exportByCommandLine(file: string, to: string): Promise<number> {
  const begun = performance.now();
  const child = spawn('sqlite3', ['-readonly', '-csv', '-header', file, SELECT], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await pipeline(child.stdout, createWriteStream(to));
  return (performance.now() - begun) / 1000;
}

/** Makes sure that the command line is there. @returns its version */
export async function commandLineVersion(): Promise<string> {
  await ensureInstalled([SQLITE], (line) => process.stdout.write(`${line}\n`));
  return execFileSync('sqlite3', ['--version'], { encoding: 'utf8' }).split(' ')[0] ?? '';
}
