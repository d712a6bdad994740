import { english, translations } from '../i18n/catalogues.ts';
import { readCsv, separatorOf } from '../lib/csv.ts';
import { COLUMNS, unguarded } from './people-csv.ts';
import { entryOf, type ReadEntry, type ReadNumber } from './person-record.ts';

type Column =
  | (typeof COLUMNS)[number]
  | 'first_name'
  | 'middle_name'
  | 'last_name'
  | 'country_code';

/** What other programs call these columns, without case and punctuation. */
const NAMES: Readonly<Record<Exclude<Column, 'other_phones'>, RegExp>> = {
  name: /^(?:full|display)?name$|^fn$|^contact(?:name)?$|^(?:nome|nombre)(?:completo)?$|^nama(?:lengkap)?$|^الاسم(?:الكامل)?$/,
  first_name: /^(?:first|given)name$|^primeironome$|^primernombre$|^namadepan$|^الاسمالاول$/,
  middle_name: /^(?:middle|additional)name$|^segundonombre$|^namatengah$/,
  last_name:
    /^(?:last|family)name$|^surname$|^sobrenome$|^apelido$|^apellidos?$|^namabelakang$|^اسمالعائل[ةه]$/,
  phone:
    /^(?:.*(?:phone|mobile|cell|whatsapp|telefon|celular|telemovel|movil|telepon|ponsel|هاتف|جوال|موبايل).*|tel(?:ephone)?\d*|n(?:omor|o)(?:hp|telp?|wa)\d*|hp|numero|number|waid)$/,
  country_code:
    /^(?:country|dial(?:ling|ing)?|calling|phonecountry|mobilecountry)code$|^ddi$|^codigo(?:de|do)?pais$|^kodenegara$|^رمزالدول[ةه]$/,
  company: /^(?:company|organi[sz]ation(?:\d*name)?|org|empresa|perusahaan|الشرك[ةه])$/,
  notes: /^(?:notes?|comments?|notas?|observacoes|observaciones|catatan|ملاحظات)$/,
  language: /^(?:language|lang|idioma|bahasa|اللغ[ةه])$/,
  do_not_call: /^donotcall$/,
  do_not_call_reason: /^donotcallreason$/,
  user_id: /^(?:userid|bsuid)$/,
};
/** Columns about a number, such as its kind, that are none. */
const NO_NUMBER =
  /(?:type|label|kind|country|extension|(?<!country|dial|dialing|dialling|calling)code)$|fax/;

/** All numbers of one person fit into so many UTF-16 units. */
const LONGEST_NUMBERS = 1_000;

/** What our own files are written with. */
interface OwnWords {
  /** Our headings in every language. */
  headings: ReadonlyMap<string, (typeof COLUMNS)[number]>;
  yes: ReadonlySet<string>;
}

/** Reads CSV files: of ours, in whatever language they were written, and of other programs. */
export async function peopleCsvReader(): Promise<
  (text: string, read: ReadNumber) => readonly ReadEntry[]
> {
  const own = await ownWords();
  return (text, read) => readPeopleCsv(text, read, own);
}

/** The people of a file; an empty list if no column tells a number. */
function readPeopleCsv(
  text: string,
  read: ReadNumber,
  { headings, yes }: OwnWords,
): readonly ReadEntry[] {
  const csv = readCsv(text, separatorOf(text));
  if (!csv.ok) return [{ line: csv.error, problem: 'broken', what: '"' }];
  const [head, ...lines] = csv.value;
  if (!head) return [];
  const columns = head.fields.map((name) => columnOf(name, headings));
  if (!columns.includes('phone') && !columns.includes('user_id')) {
    return [{ line: head.line, problem: 'no-number', what: head.fields.join(', ').slice(0, 100) }];
  }
  return lines.map(({ line, fields }) => {
    const all = (column: Column | 'other_phones') =>
      fields.flatMap((field, index) => (columns[index] === column ? unguarded(field).trim() : []));
    const one = (column: Column) => all(column).find((value) => value !== '') ?? '';
    const name = one('name');
    const family = one('last_name');
    // Beside a column of family names, one of names has the given ones.
    const isGiven = one('first_name') === '' && !name.endsWith(family);
    const given = one('first_name') || name;
    const parts = [given, one('middle_name'), family].filter(Boolean);
    const marked = yes.has(folded(one('do_not_call')));
    const code = /^\+?(\d{1,3})$/.exec(one('country_code'))?.[1];
    // A field may hold several numbers; Google separates them by colons.
    const numbers = [...all('phone'), ...all('other_phones')]
      .map((value) => value.slice(0, LONGEST_NUMBERS))
      .flatMap((value) => value.split(/\s*(?:;|\||:::|\n)\s*/))
      .flatMap((value) => severalIn(value, read))
      .map((value) => abroad(value, code));
    const person = {
      name: name !== '' && !isGiven ? name : parts.join(' '),
      company: one('company'),
      notes: one('notes'),
      language: one('language'),
      ...(marked && { doNotCall: { reason: one('do_not_call_reason') } }),
      ...(one('user_id') !== '' && { userId: one('user_id') }),
    };
    return entryOf(line, person, numbers, read);
  });
}

/** Numbers that a slash, a comma or a word joins, if each is one by itself: `0176 / 1234567` is a single one. */
function severalIn(value: string, read: ReadNumber): readonly string[] {
  const parts = value.split(/\s*[,/]\s*|\s+(?:e|y|and|dan|or|ou|o|atau|و)\s+/i);
  const isRead = parts.map((part) => read(part) !== undefined);
  return parts.length > 1 && isRead.every(Boolean) ? parts : [value];
}

/** A number whose country has a column of its own. */
function abroad(value: string, code: string | undefined): string {
  const digits = value.replaceAll(/\D/g, '');
  if (code === undefined || digits === '' || /^\s*\(?\s*(?:\+|00)/.test(value)) return value;
  const isWhole = digits.startsWith(code) && digits.length > 10;
  return isWhole ? `+${digits}` : `+${code}${digits.replace(/^0/, '')}`;
}

function columnOf(
  head: string,
  headings: OwnWords['headings'],
): Column | 'other_phones' | undefined {
  const name = folded(head);
  const own = headings.get(name);
  if (own) return own;
  if (NO_NUMBER.test(name)) return undefined;
  const found = Object.entries(NAMES).find(([, pattern]) => pattern.test(name));
  return COLUMNS_AND_PARTS.find((column) => column === found?.[0]);
}

/** Without case, accents and punctuation. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

async function ownWords(): Promise<OwnWords> {
  const others = await Promise.all(Object.values(translations).map((read) => read()));
  const catalogues = [english, ...others];
  return {
    headings: new Map(
      catalogues.flatMap(({ people: { csvColumns } }) =>
        COLUMNS.map((column) => [folded(csvColumns[column]), column] as const),
      ),
    ),
    yes: new Set([...catalogues.map(({ people }) => folded(people.csvYes)), 'y', 'true', '1', 'x']),
  };
}

const COLUMNS_AND_PARTS: readonly Column[] = [
  ...COLUMNS,
  'first_name',
  'middle_name',
  'last_name',
  'country_code',
];
