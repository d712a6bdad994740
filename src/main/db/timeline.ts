import { z } from 'zod';
import type { TimelineEntry } from '../../shared/ipc/history.ts';
import { parseColumn } from './json.ts';

export interface EventRow {
  at: number;
  source: string;
  kind: string;
  ignored: string | null;
  body: string;
}

/** Who can tell of an event. */
export const timelineSource = z.enum([
  'provider',
  'relay',
  'agent',
  'media',
  'api',
  'clock',
  'recorder',
  'app',
]);

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
  recording: z
    .object({ state: z.object({ step: z.string(), stopped: z.string().optional() }) })
    .optional()
    .catch(undefined),
});

export function timelineEntry(row: EventRow): TimelineEntry {
  const read = body.safeParse(parseColumn(row.body));
  return {
    at: row.at,
    from: timelineSource.catch('app').parse(row.source),
    kind: kindOf(row.kind, read.data),
    ignored: row.ignored ?? undefined,
    detail: read.data && detailOf(read.data),
  };
}

/** A claim that fails although no teammate was faster is told as undone, and a recording by what became of it. */
function kindOf(kind: string, read: z.infer<typeof body> | undefined): string {
  if (read?.recording) {
    const { step, stopped = step } = read.recording.state;
    return `${kind}-${stopped}`;
  }
  const isUndone = kind === 'claim-refused' && (read?.error !== undefined || read?.by === '');
  return isUndone ? 'claim-released' : kind;
}

function detailOf(read: z.infer<typeof body>): string | undefined {
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
  } = read;
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
