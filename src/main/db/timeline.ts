import { z } from 'zod';
import type { TimelineEntry } from '../../shared/ipc/model.ts';
import { parseColumn } from './json.ts';

export interface EventRow {
  at: number;
  source: string;
  kind: string;
  ignored: string | null;
  body: string;
}

const sources = z.enum(['provider', 'relay', 'agent', 'media', 'api', 'clock', 'app']);

const error = z.object({ code: z.string(), message: z.string() });

/**
 * The parts of an event that people can use. Events are kept forever, so anything may be missing.
 */
const reported = z.object({
  status: z.string().optional(),
  failed: z.boolean().optional(),
  durationSeconds: z.number().optional(),
  errors: z.array(error).optional(),
});
const body = z.object({
  event: reported.optional(),
  error: error.optional(),
  by: z.string().optional(),
  why: z.string().optional(),
  muted: z.boolean().optional(),
  onHold: z.boolean().optional(),
  soleCandidate: z.boolean().optional(),
  to: z.string().optional(),
  note: z.string().optional(),
  end: z.string().optional(),
  digit: z.string().optional(),
  mode: z.string().optional(),
});

export function timelineEntry(row: EventRow): TimelineEntry {
  return {
    at: row.at,
    from: sources.catch('app').parse(row.source),
    kind: row.kind,
    ignored: row.ignored ?? undefined,
    detail: detailOf(row.body),
  };
}

function detailOf(text: string): string | undefined {
  const read = body.safeParse(parseColumn(text));
  if (!read.success) return undefined;
  const {
    event,
    error,
    by,
    why,
    muted,
    onHold = muted,
    soleCandidate,
    to,
    note,
    end,
    digit,
    mode,
  } = read.data;
  const failure = error ?? event?.errors?.[0];
  if (failure) return `${failure.message} (${failure.code})`;
  if (event?.status !== undefined) return event.status;
  if (event?.durationSeconds !== undefined) return `${event.durationSeconds} s`;
  if (onHold !== undefined) return onHold ? 'on' : 'off';
  if (soleCandidate !== undefined) return soleCandidate ? 'yes' : 'no';
  const chain = [to, by, note, end, digit, mode].filter(
    (part) => part !== undefined && part !== '',
  );
  return chain.length > 0 ? chain.join(', ') : why;
}
