import type { Result } from './result.ts';

/** @param context what the text has for a number, as newer engines say */
type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

/** Keeps whole numbers too large for a double as their digits: some senders write ids as numbers. */
export const wholeNumbers: Reviver = (_, value, context) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^\d+$/.test(context?.source ?? '')
    ? context?.source
    : value;

/**
 * Parses JSON that may hold secrets. An error names only the line, because the engine's own message
 * quotes the text around it.
 */
export function parseJson(text: string, reviver?: Reviver): Result<unknown, string> {
  try {
    const value: unknown = JSON.parse(text, reviver);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, error: placeOf(text, error instanceof Error ? error.message : '') };
  }
}

/** V8 names the position or quotes 10 characters on either side of it. */
function placeOf(text: string, message: string): string {
  if (text.trim() === '') return 'it is empty';
  if (message.startsWith('Unexpected end') || message.startsWith('Unterminated')) {
    return 'it ends too early';
  }
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return lineAt(text, Number(position));
  const [, dots = '', quoted = ''] =
    /^Unexpected token .+?, (\.{3})?"(.*)"(?:\.{3})? is not valid JSON$/s.exec(message) ?? [];
  const start = quoted === '' ? -1 : text.indexOf(quoted);
  return start === -1 ? 'it is damaged' : lineAt(text, start + (dots === '' ? 0 : 10));
}

function lineAt(text: string, position: number): string {
  return `look at line ${text.slice(0, position).split('\n').length}`;
}
