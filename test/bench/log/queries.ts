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
/** So that a p99 is not what one hiccup of the machine makes it. */
const ROUNDS = 200;
const DAY_MS = 86_400_000;

const oneDay = { from: sampleCall(5_000).createdAt, to: sampleCall(5_000).createdAt + DAY_MS };

/** One of each filter that people can set; the second value leaves few calls, or none. */
const facets: readonly (readonly [name: string, filter: CallFilter])[] = [
  ['incoming', { direction: 'inbound' }],
  ['outgoing', { direction: 'outbound' }],
  ['answered', { outcome: 'answered' }],
  ['missed', { outcome: 'missed' }],
  ['an outcome that never was', { outcome: 'interrupted' }],
  ['with a voicemail', { voicemail: true }],
  ['with a recording', { recording: true }],
  ['one number', { accountId: 'vip' }],
  ['a number without calls', { accountId: 'nobody' }],
  ['one day', oneDay],
];

/** Every filter, and every two that do not exclude each other by name. */
function pairs(): Record<string, CallFilter> {
  const found: Record<string, CallFilter> = {};
  for (const [index, [name, filter]] of facets.entries()) {
    found[`only ${name}`] = filter;
    for (const [other, more] of facets.slice(index + 1)) {
      if (Object.keys(more).some((key) => key in filter)) continue;
      found[`${name}, ${other}`] = { ...filter, ...more };
    }
  }
  return found;
}

/** Texts with many and with few hits within each filter; "order" is written only about calls that have no recording and were incoming. */
function searchesWithin(): Record<string, CallFilter> {
  return Object.fromEntries(
    facets.flatMap(([name, filter]) =>
      ['an', 'ana', 'order', 'fernanda', 'zbi'].map((text) => [
        `"${text}", ${name}`,
        { ...filter, text },
      ]),
    ),
  );
}

/** What people ask of the history. Type-ahead: 1, 2, 3 and 8 letters, with many, few and no hits. */
const filters: Readonly<Record<string, CallFilter>> = {
  'first page': {},
  ...pairs(),
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
  'filters with a recording that exclude each other': {
    direction: 'outbound',
    outcome: 'missed',
    accountId: 'vip',
    recording: true,
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
  ...searchesWithin(),
  '"ana" within two filters': { text: 'ana', outcome: 'missed', accountId: 'vip' },
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
  rounds = ROUNDS,
): Promise<readonly Measured[]> {
  const script = new URL('../../../src/main/history/reader-worker.ts', import.meta.url);
  const reader = new HistoryReader({ path, keys, script });
  const results: Measured[] = [];
  const measure = async (name: string, ask: (round: number) => Promise<unknown>) => {
    const took: number[] = [];
    for (let round = 0; round < rounds; round++) {
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
    await reader.list({}, undefined, PAGE);
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
