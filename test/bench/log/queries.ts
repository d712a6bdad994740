import { HistoryReader } from '../../../src/main/history/history-reader.ts';
import type { CallFilter } from '../../../src/main/history/history-filter.ts';
import { percentiles } from '../percentiles.ts';
import type { LogFile } from './exports.ts';
import { RARE, sampleCall } from './sample-log.ts';

export interface Measured {
  name: string;
  p50: number;
  p99: number;
  max: number;
}

const PAGE = 50;
const ROUNDS = 100;
const DAY_MS = 86_400_000;

/** What people ask of the history. Type-ahead: 1, 2, 3 and 8 letters, with many, few and no hits. */
const filters: Readonly<Record<string, CallFilter>> = {
  'first page': {},
  'only incoming': { direction: 'inbound' },
  'only outgoing': { direction: 'outbound' },
  'only answered': { outcome: 'answered' },
  'only missed': { outcome: 'missed' },
  'only an outcome that never was': { outcome: 'interrupted' },
  'only with a voicemail': { voicemail: true },
  'only one number': { accountId: 'vip' },
  'only a number without calls': { accountId: 'nobody' },
  'one day': { from: sampleCall(5_000).createdAt, to: sampleCall(5_000).createdAt + DAY_MS },
  'the few outgoing calls of a number': { accountId: 'vip', direction: 'outbound' },
  'only with a recording': { recording: true },
  'recordings of one number': { accountId: 'vip', recording: true },
  '3 letters, many hits with a recording': { text: 'ana', recording: true },
  'all filters at once': {
    direction: 'inbound',
    outcome: 'missed',
    accountId: 'vip',
    voicemail: true,
  },
  'filters that exclude each other': {
    direction: 'outbound',
    outcome: 'declined',
    voicemail: true,
  },
  '1 letter, many hits': { text: 'a' },
  '1 letter, few hits': { text: 'z' },
  '1 letter, no hits': { text: 'ß' },
  '2 letters, many hits': { text: 'an' },
  '2 letters, few hits': { text: 'zb' },
  '2 letters, no hits': { text: 'xq' },
  '2 digits, many hits': { text: '55' },
  '3 letters, many hits': { text: 'ana' },
  '3 letters, few hits': { text: 'zbi' },
  '3 letters, no hits': { text: 'xqz' },
  '8 letters, many hits': { text: 'fernanda' },
  '8 letters, few hits': { text: RARE.slice(0, 8) },
  '8 letters, no hits': { text: 'anasilva' },
  '8 digits, few hits': { text: sampleCall(777).party.waId?.slice(-8) },
  '2 letters, no hits within a filter': { text: 'zb', outcome: 'declined' },
  '3 letters, no hits within a filter': { text: 'ana', outcome: 'interrupted' },
  '3 letters, many hits within filters': { text: 'ana', outcome: 'missed', accountId: 'vip' },
  '3 letters on one day': {
    text: 'ana',
    from: sampleCall(5_000).createdAt,
    to: sampleCall(5_000).createdAt + DAY_MS,
  },
  // What else people, and those who try, put into a search box.
  'an emoji': { text: '😀' },
  'two emoji': { text: '😀👍🏽' },
  'a letter and an emoji': { text: 'a😀' },
  'Arabic, 2 letters': { text: 'مح' },
  'Arabic, a name': { text: 'محمد' },
  'Chinese, 1 sign': { text: '王' },
  '%': { text: '%' },
  '%%%': { text: '%%%' },
  _: { text: '_' },
  a_a: { text: 'a_a' },
  'one quote': { text: '"' },
  'quotes within a word': { text: `an"a o'neil` },
  'operators of the index': { text: 'ana OR NOT NEAR(silva, 3) AND body:*' },
  'a star': { text: 'ana*' },
  'a NUL': { text: 'an\0a' },
  'spaces only': { text: '     ' },
  'a lone surrogate': { text: 'an\ud83d' },
  'digits with signs': { text: '+55 (11) 9-' },
  '10,000 characters': { text: 'ana silva '.repeat(1_000) },
  '10,000 letters without a space': { text: 'a'.repeat(10_000) },
};

/** Pages, searches, counts and details, asked of the reader's thread as a window does. */
export async function measureQueries(
  { path, keys }: LogFile,
  say: (line: string) => void,
): Promise<readonly Measured[]> {
  const script = new URL('../../../src/main/history/reader-worker.ts', import.meta.url);
  const reader = new HistoryReader({ path, keys, script });
  const results: Measured[] = [];
  const measure = async (name: string, ask: (round: number) => Promise<unknown>) => {
    const took: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const begun = performance.now();
      await ask(round);
      took.push(performance.now() - begun);
      // A question that takes a second is clear after three.
      if (round >= 2 && took.reduce((a, b) => a + b) > 3_000) break;
    }
    const { p50Ms, p99Ms } = percentiles(took);
    results.push({ name, p50: p50Ms, p99: p99Ms, max: Math.max(...took) });
    say(`  ${name}: ${p50Ms.toFixed(1)} ms`);
  };
  try {
    await reader.list({}, undefined, 1);
    for (const [name, filter] of Object.entries(filters)) {
      await measure(name, () => reader.list(filter, undefined, PAGE));
    }
    const deep = (n: number) => String(sampleCall(n).createdAt * 1000);
    await measure('a page deep down', (n) => reader.list({}, deep(9_000 + n * 13), PAGE));
    await measure('a page of missed calls deep down', (n) =>
      reader.list({ outcome: 'missed' }, deep(9_000 + n * 13), PAGE),
    );
    await measure('count of all', () => reader.count({}));
    await measure('count of one outcome', () => reader.count({ outcome: 'missed' }));
    await measure('detail of a call', (n) => reader.get(sampleCall(n * 97).id));
    return results;
  } finally {
    await reader.close();
  }
}
