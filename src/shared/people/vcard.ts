import { entryOf, type PersonRecord, type ReadEntry, type ReadNumber } from './person-record.ts';

/** A property of a card: its name, parameters and raw value. */
interface Property {
  line: number;
  name: string;
  types: readonly string[];
  isQuotedPrintable: boolean;
  value: string;
}

/** Reads vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as far as people and their numbers go. */
export function readVCards(text: string, read: ReadNumber): readonly ReadEntry[] {
  const entries: ReadEntry[] = [];
  /** From the outermost to the one that is read. */
  const open: Property[][] = [];
  for (const property of propertiesOf(text)) {
    const { name, value } = property;
    const card = open.at(-1);
    const mark = value.trim().toUpperCase();
    if (name === 'BEGIN' && mark === 'VCARD') {
      const before = card?.at(-1);
      // Version 2.1 writes whoever acts for a person as a card within theirs.
      const isAgent = before?.name === 'AGENT' && before.value.trim() === '';
      if (!isAgent) entries.push(...open.splice(0).map(broken));
      open.push([property]);
    } else if (name === 'END' && mark === 'VCARD') {
      if (card) entries.push(personOf(card, read));
      open.pop();
    } else card?.push(property);
  }
  // Cut off, as by a broken download.
  return [...entries, ...open.map(broken)];
}

function broken(card: readonly Property[]): ReadEntry {
  return { line: card[0]?.line ?? 1, problem: 'broken', what: 'BEGIN:VCARD' };
}

function personOf(card: readonly Property[], read: ReadNumber): ReadEntry {
  const all = (name: string) => card.filter((property) => property.name === name);
  const text = (name: string) => plain(all(name)[0]).trim();
  const [family, given, middle, prefix, suffix] = partsOf(all('N')[0]);
  const named = [prefix, given, middle, family, suffix].filter(Boolean).join(' ');
  const [company = ''] = partsOf(all('ORG')[0]);
  // What is preferred, then mobile phones: WhatsApp is on those.
  const phones = all('TEL')
    .filter(({ types }) => !types.some((type) => type === 'fax' || type === 'pager'))
    .toSorted((a, b) => rankOf(a) - rankOf(b));
  const [marked] = all('X-RINGDESK-DO-NOT-CALL');
  const userId = text('X-RINGDESK-USER-ID');
  const shown = text('FN') || named || text('NICKNAME');
  const person = {
    name: shown === userId ? '' : shown,
    company,
    notes: all('NOTE')
      .map((note) => plain(note).trim())
      .join('\n'),
    language: text('LANG') || text('X-RINGDESK-LANGUAGE'),
    ...(marked && { doNotCall: { reason: plain(marked).trim() } }),
    ...(userId !== '' && { userId }),
  };
  const numbers = phones.map((phone) =>
    plain(phone)
      .replace(/^tel:/i, '')
      .replace(/;ext=.*$/, ''),
  );
  return entryOf(card[0]?.line ?? 1, person, numbers, read);
}

/** `PREF=1` comes before `PREF=2` (RFC 6350, 5.3); older cards only say `PREF`. */
function rankOf({ types }: Property): number {
  const preferred = types.map((type) => /^pref(?:=(\d{1,3}))?$/.exec(type)).find(Boolean);
  if (preferred) return Number(preferred[1] ?? 0) / 1_000;
  return types.includes('cell') || types.includes('mobile') || types.includes('iphone') ? 1 : 2;
}

/** Long lines are folded: what begins with a blank goes on. Quoted-printable lines end in `=`. */
function propertiesOf(text: string): readonly Property[] {
  const found: Property[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1;
    let whole = lines[index] ?? '';
    const isQuoted = /^[^:]*ENCODING=QUOTED-PRINTABLE/i.test(whole);
    for (let next = lines[index + 1]; next !== undefined; next = lines[index + 1]) {
      if (/^[ \t]/.test(next)) whole += next.slice(1);
      else if (isQuoted && whole.endsWith('=')) whole = whole.slice(0, -1) + next;
      else break;
      index++;
    }
    const property = propertyOf(whole, line);
    if (property) found.push(property);
  }
  return found;
}

function propertyOf(text: string, line: number): Property | undefined {
  // Some programs write blanks around the colon.
  const match = /^(?:[\w-]+\.)?([\w-]+)[ \t]*((?:;(?:[^":;]|"[^"]*")*)*):[ \t]*(.*)$/s.exec(text);
  if (!match) return undefined;
  const [, name = '', parameters = '', value = ''] = match;
  const types = parameters
    .toLowerCase()
    .split(/[;,]/)
    .map((part) =>
      part
        .trim()
        .replace(/^type=/, '')
        .replaceAll('"', ''),
    )
    .filter(Boolean);
  const isQuotedPrintable = types.some((type) => /^(?:encoding=)?quoted-printable$/.test(type));
  return { line, name: name.toUpperCase(), types, isQuotedPrintable, value };
}

function plain(property: Property | undefined): string {
  return property ? unescaped(decoded(property)) : '';
}

/** A value of several parts, such as a name. */
function partsOf(property: Property | undefined): readonly string[] {
  if (!property) return [];
  return decoded(property)
    .split(/(?<!\\);/)
    .map((part) => unescaped(part).trim());
}

function decoded({ value, isQuotedPrintable }: Property): string {
  if (!isQuotedPrintable) return value;
  const escapes = value.replaceAll('%', '%25').replaceAll(/=([0-9A-F]{2})/gi, '%$1');
  try {
    return decodeURIComponent(escapes);
  } catch {
    // Older phones write Latin-1.
    return value.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    );
  }
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([nN\\,;:])/g, (_, char: string) => (/n/i.test(char) ? '\n' : char));
}

/** A vCard 3.0 file, the version that most programs read. */
export function vCards(people: readonly PersonRecord[]): string {
  return people.map(cardOf).join('');
}

function cardOf({
  name,
  company,
  notes,
  language,
  doNotCall,
  numbers,
  userId,
}: PersonRecord): string {
  const shown = name || (numbers[0] === undefined ? (userId ?? '') : `+${numbers[0]}`);
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    // Which part is the family name is not known.
    `N:;${escaped(name)};;;`,
    // A card needs one; read back, a number is no name.
    `FN:${escaped(shown)}`,
    ...numbers.map((number, index) => `TEL;TYPE=CELL${index === 0 ? ',PREF' : ''}:+${number}`),
    ...(company === '' ? [] : [`ORG:${escaped(company)}`]),
    ...(notes === '' ? [] : [`NOTE:${escaped(notes)}`]),
    ...(language === '' ? [] : [`X-RINGDESK-LANGUAGE:${escaped(language)}`]),
    ...(doNotCall ? [`X-RINGDESK-DO-NOT-CALL:${escaped(doNotCall.reason)}`] : []),
    ...(userId === undefined ? [] : [`X-RINGDESK-USER-ID:${escaped(userId)}`]),
    'END:VCARD',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\,;]/g, String.raw`\$&`).replaceAll(/\r\n|\n|\r/g, String.raw`\n`);
}

/** At most 75 bytes a line, and no character is divided. */
function folded(line: string): string {
  let result = '';
  let length = 0;
  for (const char of line) {
    const bytes = bytesOf(char);
    if (length + bytes > 75) {
      result += '\r\n ';
      length = 1;
    }
    result += char;
    length += bytes;
  }
  return result;
}

/** In UTF-8. */
function bytesOf(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x8_00 ? 2 : code < 0x1_00_00 ? 3 : 4;
}
