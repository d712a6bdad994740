import { type Call, durationSeconds } from '../calls/call.ts';
import { type HttpReply, json } from '../http/server.ts';
import { graphError } from './errors.ts';
import type { BusinessNumber } from './number.ts';

const STEP_SECONDS = { HALF_HOUR: 1800, DAILY: 86_400, MONTHLY: 30 * 86_400 } as const;
/** US dollars for a pulse of 6 s: a made-up rate of 0.0095 a minute. */
const PULSE_SECONDS = 6;
const PER_PULSE = 0.000_95;

/**
 * `GET /{WABA id}?fields=call_analytics.start(…)…` (docs/providers/meta.md#analytics): only totals,
 * from this world's calls.
 */
export function getAnalytics(number: BusinessNumber, fields: string): HttpReply {
  const argument = (name: string) => new RegExp(`\\.${name}\\(([^)]*)\\)`).exec(fields)?.[1];
  const start = Number(argument('start') ?? NaN);
  const end = Number(argument('end') ?? NaN);
  const granularity = argument('granularity') ?? '';
  if (!fields.startsWith('call_analytics') || !(start < end) || !isStep(granularity)) {
    return graphError(100, 'fields: call_analytics with start, end and granularity: required');
  }
  const byDirection = /direction/i.test(argument('dimensions') ?? '');
  const wanted = argument('directions') ?? '';
  const groups = new Map<string, { start: number; direction: string; calls: Call[] }>();
  for (const call of number.world.switchboard.all()) {
    const direction = call.direction === 'user-initiated' ? 'USER_INITIATED' : 'BUSINESS_INITIATED';
    const at = Math.floor((call.startedAt ?? call.createdAt) / 1000);
    if (call.accountId !== number.account.id || call.endedAt === undefined) continue;
    if (at < start || at >= end || (wanted.includes('_') && !wanted.includes(direction))) continue;
    const step = STEP_SECONDS[granularity];
    const from = start + Math.floor((at - start) / step) * step;
    const key = `${from} ${byDirection ? direction : ''}`;
    const group = groups.get(key) ?? { start: from, direction, calls: [] };
    groups.set(key, { ...group, calls: [...group.calls, call] });
  }
  const data_points = [...groups.values()].map((group) => ({
    start: group.start,
    end: Math.min(end, group.start + STEP_SECONDS[granularity]),
    ...(byDirection ? { direction: group.direction } : {}),
    ...totals(group.calls),
  }));
  return json(200, {
    call_analytics: { granularity, data_points },
    id: number.account.wabaId,
  });
}

const isStep = (text: string): text is keyof typeof STEP_SECONDS => text in STEP_SECONDS;

function totals(calls: readonly Call[]): { cost: number; count: number; average_duration: number } {
  const seconds = calls.map((call) => durationSeconds(call) ?? 0);
  const billed = calls.flatMap((call, at) =>
    call.direction === 'business-initiated' ? [Math.ceil((seconds[at] ?? 0) / PULSE_SECONDS)] : [],
  );
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  return {
    cost: Number((total(billed) * PER_PULSE).toFixed(5)),
    count: calls.length,
    average_duration: Math.round(total(seconds) / calls.length),
  };
}
