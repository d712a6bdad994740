import type { Answer } from '../../shared/providers/client.ts';

/** The answer for what this kind of number lacks; its capabilities say so as well. */
export function notSupported(message: string): Answer<never> {
  return { ok: false, error: { code: 'not-supported', message, transient: false } };
}
