import type { Answer } from '../../shared/providers/client.ts';

/**
 * The answer to a request that this kind of number does not support; its capabilities say so as
 * well.
 */
export function notSupported(message: string): Answer<never> {
  return { ok: false, error: { code: 'not-supported', message, transient: false } };
}
