import type { Known } from './known-calls.ts';

/**
 * The sums that Insight must show, counted the simplest way: every call by itself, its day and hour asked of
 * `Intl.DateTimeFormat`, every length in a sorted list.
 */
export interface Expected {
  /** `weekday/hour` of `received`, …, Monday 0. */
  week: Map<string, Counts>;
  days: Map<string, Counts>;
  groups: Map<string, Counts & { lengths: Map<string, number[]> }>;
  quality: Map<string, number>;
  /** By `number/date`. */
  pickUp: Map<string, Counts>;
  /** Of ours that were answered, by `country/number`. */
  cost: Map<string, { calls: number; seconds: number; billedMicros: number }>;
  transfers: Map<string, number>;
}

interface Counts {
  received: number;
  pickedUp: number;
  missed: number;
  placed: number;
  reached: number;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export function expectedOf(calls: Iterable<Known>, zone: string): Expected {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const expected: Expected = {
    week: new Map(),
    days: new Map(),
    groups: new Map(),
    quality: new Map(),
    pickUp: new Map(),
    cost: new Map(),
    transfers: new Map(),
  };
  for (const call of calls) {
    const parts = new Map(format.formatToParts(call.at).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
    const weekday = WEEKDAYS.indexOf(part('weekday'));
    add(expected.week, `${weekday}/${Number(part('hour'))}`, call);
    const date = `${part('year')}-${part('month')}-${part('day')}`;
    add(expected.days, date, call);
    add(expected.pickUp, `${call.number}/${date}`, call);
    addCost(expected.cost, call);
    for (const key of groupsOf(call)) addGroup(expected.groups, key, call);
    if (call.mos !== undefined) bump(expected.quality, `${date}/${call.blame ?? 'good'}`);
    if (call.transfer) bump(expected.transfers, `${call.transfer.to}/${call.transfer.end}`);
  }
  return expected;
}

function groupsOf({ number, country, result, outcome, by, talk }: Known): string[] {
  return [
    'all/',
    `number/${number}`,
    `country/${country}`,
    `outcome/${result}`,
    ...(outcome === undefined ? [] : [`disposition/${outcome}`]),
    ...(by !== undefined ? [`agent/${by}`] : talk === undefined ? [] : ['agent/']),
  ];
}

const none = (): Counts => ({ received: 0, pickedUp: 0, missed: 0, placed: 0, reached: 0 });

function add(to: Map<string, Counts>, key: string, call: Known): void {
  const counts = to.get(key) ?? none();
  to.set(key, counts);
  count(counts, call);
}

function addGroup(to: Expected['groups'], key: string, call: Known): void {
  const group = to.get(key) ?? { ...none(), lengths: new Map<string, number[]>() };
  to.set(key, group);
  count(group, call);
  for (const measure of ['answer', 'talk', 'hold', 'wrapUp'] as const) {
    const seconds = call[measure];
    if (seconds === undefined) continue;
    const list = group.lengths.get(measure) ?? [];
    group.lengths.set(measure, list);
    list.push(seconds);
  }
}

function addCost(to: Expected['cost'], call: Known): void {
  if (call.direction === 'inbound' || call.talk === undefined) return;
  const key = `${call.country}/${call.number}`;
  const { calls, seconds, billedMicros } = to.get(key) ?? { calls: 0, seconds: 0, billedMicros: 0 };
  to.set(key, {
    calls: calls + 1,
    seconds: seconds + call.talk,
    billedMicros: billedMicros + (call.billed ?? 0),
  });
}

function count(counts: Counts, { direction, result }: Known): void {
  if (direction === 'inbound') {
    counts.received += 1;
    if (result === 'missed') counts.missed += 1;
    else counts.pickedUp += 1;
  } else {
    counts.placed += 1;
    if (result === 'answered') counts.reached += 1;
  }
}

function bump(to: Map<string, number>, key: string): void {
  to.set(key, (to.get(key) ?? 0) + 1);
}

/** Nearest rank, by sorting. */
export function ranked(seconds: readonly number[]) {
  const sorted = Float64Array.from(seconds).sort();
  const total = sorted.reduce((sum, one) => sum + one, 0);
  const rank = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  return {
    calls: sorted.length,
    total,
    mean: total / sorted.length,
    median: rank(0.5),
    p90: rank(0.9),
  };
}
