import { z } from 'zod';
import { maybe, number } from '../../shared/providers/fields.ts';
import type { Speaker, TranscriptLine } from '../../shared/ipc/recordings.ts';

/** No call is longer; in s. */
const LONGEST_S = 7 * 86_400;
const seconds = number.pipe(z.number().nonnegative().max(LONGEST_S)).optional().catch(undefined);
const segment = z.object({
  speaker: z.string().optional().catch(undefined),
  start: seconds,
  end: seconds,
  text: z.string(),
});
/** An unreadable segment does not affect the others. */
export const segments = z
  .array(z.unknown())
  .transform((items) => items.flatMap((item) => segment.safeParse(item).data ?? []));

const said = z.object({
  text: maybe(z.string()).catch(undefined),
  segments: maybe(segments).catch(undefined),
});

/** The documented form; earlier versions of ours assumed a bare list of segments. */
const transcript = z.object({
  transcript: z.union([
    z.string().transform((whole) => ({ segments: undefined, text: whole })),
    segments.transform((list) => ({ segments: list, text: undefined })),
    said,
    z.null().transform(() => ({ segments: undefined, text: undefined })),
  ]),
});

const SPEAKERS = new Map<string, Speaker>([
  ['business', 'agent'],
  ['customer', 'customer'],
]);

/**
 * The lines of a transcript file (docs/providers/meta.md#recording). Text of another form is one line. None: nothing
 * was said, or not in a language that WhatsApp supports.
 */
export function transcriptLines(text: string): readonly TranscriptLine[] {
  const read = transcript.safeParse(parseJson(text));
  if (!read.success) return asOneLine(text);
  const { segments: list = [], text: whole = '' } = read.data.transcript;
  if (list.length === 0) return asOneLine(whole);
  return linesOf(list, (speaker) => SPEAKERS.get(speaker.toLowerCase()) ?? 'unknown');
}

/** The segments in which something was said. @param speakerOf tells who a service's name for a speaker is */
export function linesOf(
  list: z.infer<typeof segments>,
  speakerOf: (name: string) => Speaker,
): readonly TranscriptLine[] {
  return list.flatMap(({ speaker = '', start = 0, end = start, text }) => {
    const trimmed = text.trim();
    if (trimmed === '') return [];
    const fromMs = Math.round(start * 1000);
    const toMs = Math.round(Math.max(start, end) * 1000);
    return [{ speaker: speakerOf(speaker), fromMs, toMs, text: trimmed }];
  });
}

function asOneLine(text: string): readonly TranscriptLine[] {
  return linesOf([{ text }], () => 'unknown');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
