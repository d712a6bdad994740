import type { Answer } from '../../shared/providers/client.ts';

/** The answer to what this kind of number lacks, in words; its capabilities say so, too. */
export function notSupported(message: string): Answer<never> {
  return { ok: false, error: { code: 'not-supported', message, transient: false } };
}
