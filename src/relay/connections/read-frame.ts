import type { RawData } from 'ws';
import { z } from 'zod';
import { t } from '../../shared/i18n/i18n.ts';
import { fromConsole, type FromConsole } from '../../shared/protocol/agent-frames.ts';

const numbered = z.object({ id: z.number().int() });
const typed = z.object({ type: z.string().max(40) });

/** A frame of a later version. */
export interface UnknownFrame {
  /** Its type. */
  unknown: string;
  /** The number of the request, if it is one. */
  request: number | undefined;
}

/** A frame as it was read, or why not; `request`: the number of a request that is valid except for an overlong text. */
export function readFrame(
  data: RawData,
  binary: boolean,
): { frame: FromConsole } | UnknownFrame | { why: string; request?: number | undefined } {
  if (binary || !Buffer.isBuffer(data)) return { why: 'Frames are JSON text.' };
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch {
    return { why: t('relay.frameNotJson') };
  }
  const parsed = fromConsole.safeParse(value);
  if (parsed.success) return { frame: parsed.data };
  const request = numbered.safeParse(value).data?.id;
  const { type } = typed.safeParse(value).data ?? {};
  if (type !== undefined && !isKnown(type)) return { unknown: type, request };
  const issue = parsed.error.issues[0];
  const where = issue?.path.map(String).join('.') ?? '';
  const why = `The frame is not understood: ${where} ${issue?.message ?? ''}`.trim();
  const isTooLarge = parsed.error.issues.every(({ code }) => code === 'too_big');
  return { why, request: isTooLarge ? request : undefined };
}

const isKnown = (type: string): boolean =>
  fromConsole.options.some(({ shape }) => shape.type.value === type);
