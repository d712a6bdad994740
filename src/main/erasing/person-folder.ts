import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formats, i18n, t } from '../../shared/i18n/i18n.ts';
import type { ContactItem } from '../../shared/ipc/contacts.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { partyLabel } from '../../shared/lib/party-name.ts';
import { savedName } from '../../shared/lib/file-name.ts';
import type { KnownPerson } from '../history/known-person.ts';

/** Copy what there is of calls and messages into a folder. */
interface Copies {
  recordings: (callIds: readonly string[], folder: string) => Promise<unknown>;
  files: (messageIds: readonly string[], folder: string) => Promise<unknown>;
}

/**
 * Writes all that is known of a person into a new folder: once for programs, once to be read.
 *
 * @returns where it stands
 */
export async function writePersonFolder(
  into: string,
  known: KnownPerson,
  now: number,
  copy: Copies,
): Promise<{ path: string }> {
  const name = partyLabel(known.person.party) || t('desktop.unknownCaller');
  const day = new Date(now).toISOString().slice(0, 10);
  const path = await newFolder(into, savedName(`${name} ${day}`) ?? day);
  const calls: unknown[] = known.calls.map((line) => JSON.parse(line));
  const whole = { ...known, timeline: known.timeline.map(dated), calls };
  await writeFile(join(path, 'person.json'), `${JSON.stringify(whole, undefined, 2)}\n`, {
    mode: 0o600,
  });
  await writeFile(join(path, 'person.html'), pageOf(name, known, now), { mode: 0o600 });
  const callIds = known.timeline.flatMap((item) => (item.kind === 'call' ? [item.callId] : []));
  const messageIds = known.timeline.flatMap((item) =>
    item.kind === 'message-in' && item.file ? [item.id] : [],
  );
  await copy.recordings(callIds, path);
  await copy.files(messageIds, path);
  return { path };
}

/** The same person may ask twice in a day. */
async function newFolder(into: string, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const path = join(into, n === 1 ? name : `${name} (${n})`);
    try {
      await mkdir(path, { mode: 0o700 });
      return path;
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isTaken) throw error;
    }
  }
}

const dated = ({ at, ...item }: ContactItem) => ({ at: new Date(at).toISOString(), ...item });

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** A page that needs nothing else, with no script. */
function pageOf(name: string, { person, timeline }: KnownPerson, now: number): string {
  const { party, details, others } = person;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('erasing.facts.number'), party.waId],
    [t('erasing.facts.userId'), party.userId],
    [t('erasing.facts.username'), party.username],
    [t('erasing.facts.profileName'), person.profileName],
    [t('people.company'), details.company],
    [t('people.language'), details.language],
    [t('people.notes'), details.notes],
    [t('people.doNotCall'), details.doNotCall && (details.doNotCall.reason ?? '✓')],
    [t('people.otherNumbers'), others.map((other) => partyLabel(other)).join(', ') || undefined],
  ];
  const rows = facts.flatMap(([label, value]) =>
    value === undefined ? [] : [`<tr><th>${escaped(label)}</th><td>${escaped(value)}</td></tr>`],
  );
  const items = timeline.map(({ at, accountId, ...item }) => {
    const moment = `${formats.date(at)} ${formats.time(at)}`;
    const cells = [moment, accountId, ...wordsOf(item)];
    return `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
  });
  return `<!doctype html>
<html lang="${escaped(i18n.language())}" dir="auto"><meta charset="utf-8"><title>${escaped(name)}</title>
<style>body{font:16px/1.5 system-ui;margin:2rem;max-width:70rem}table{border-collapse:collapse;width:100%;margin-block:1rem}
th,td{border:1px solid #999;padding:.3rem .6rem;text-align:start;vertical-align:top;white-space:pre-wrap}</style>
<h1>${escaped(name)}</h1>
<p>${escaped(t('erasing.knownOn', { date: formats.date(now) }))}</p>
<table>${rows.join('\n')}</table>
<table>${items.join('\n')}</table>
</html>
`;
}

/** What kind of thing happened, and what was said. */
function wordsOf(item: DistributiveOmit<ContactItem, 'at' | 'accountId'>): [string, string] {
  switch (item.kind) {
    case 'call':
      return [
        t(`erasing.items.${item.direction}`),
        [item.outcome, item.talkSeconds && `${Math.round(item.talkSeconds)} s`, item.note?.text]
          .filter(Boolean)
          .join('\n'),
      ];
    case 'colleague-call':
      return [t('erasing.items.colleagueCall'), item.outcome];
    case 'message-in':
      return [t('erasing.items.messageIn'), item.text ?? item.type];
    case 'message-out':
      return [`${t('erasing.items.messageOut')}: ${item.by}`, item.text ?? item.what];
    case 'permission-request':
      return [t('erasing.items.permissionRequest'), item.text ?? ''];
    case 'permission':
      return [t('erasing.items.permission'), item.granted ? '✓' : '✗'];
    case 'note':
      return [`${t('erasing.items.note')}: ${item.by}`, item.text];
    default:
      return assertNever(item, 'item');
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
