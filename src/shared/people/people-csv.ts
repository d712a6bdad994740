import { t } from '../i18n/i18n.ts';
import { csvText } from '../lib/csv.ts';
import type { PersonRecord } from './person-record.ts';

/** Tells spreadsheets that the file is UTF-8. */
const BOM = '\uFEFF';
const SEPARATORS = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
} as const;

/** The columns of our files. */
export const COLUMNS = [
  'name',
  'phone',
  'other_phones',
  'company',
  'notes',
  'language',
  'do_not_call',
  'do_not_call_reason',
  'user_id',
] as const;

/** A CSV file of people, as spreadsheets read it, with headings in the agent's language. */
export function peopleCsv(
  people: readonly PersonRecord[],
  by: keyof typeof SEPARATORS = 'comma',
): string {
  const separator = SEPARATORS[by];
  const lines = people.map((person) => {
    const [first = '', ...others] = person.numbers.map((number) => `+${number}`);
    const { name, company, notes, language, doNotCall, userId = '' } = person;
    const marked = doNotCall ? [t('people.csvYes'), doNotCall.reason] : ['', ''];
    const phones = [first, others.join('; ')].map((phone) => `"${phone}"`);
    const texts = [company, notes, language, ...marked, userId];
    return [guarded(name), ...phones, ...texts.map(guarded)].join(separator);
  });
  const head = COLUMNS.map((column) => guarded(t(`people.csvColumns.${column}`)));
  return `${BOM}${[head.join(separator), ...lines].join('\r\n')}\r\n`;
}

/** A cell that no spreadsheet reads as a formula; one that looks guarded by itself gets another apostrophe. */
function guarded(text: string): string {
  return csvText(isGuarded(text) ? `'${text}` : text);
}

/** What {@link peopleCsv} has made of a text that could be a formula, as it was. */
export function unguarded(field: string): string {
  return isGuarded(field) ? field.slice(1) : field;
}

const isGuarded = (text: string): boolean =>
  text.startsWith("'") && csvText(text.replace(/^'+/, '')).startsWith(`"'`);
