import type { Answered, AppErrorCode } from '../../shared/ipc/errors.ts';
import { refusalWords } from '../words/refusals.ts';
import { ProviderFailure } from './ports.ts';

/** The answer to a request that is not carried out. */
export function refuse(code: AppErrorCode, detail?: string): Answered<never> {
  const message = refusalWords[code];
  return {
    ok: false,
    error: { code, message, ...(detail !== undefined && { details: [detail] }) },
  };
}

/** The same for what a provider refused, in its own words. */
export function refuseFailure(error: unknown): Answered<never> {
  if (!(error instanceof ProviderFailure)) return refuse('internal', String(error));
  const { error: provider } = error;
  return { ok: false, error: { code: 'provider', message: provider.message, provider } };
}
