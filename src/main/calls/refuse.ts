import type { Answered, AppErrorCode } from '../../shared/ipc/errors.ts';
import { ProviderFailure } from './ports.ts';

const words: Partial<Record<AppErrorCode, string>> = {
  'no-such-call': 'There is no such call.',
  'too-late': 'The call has moved on.',
  busy: 'Another call is in progress.',
  'no-such-account': 'This number cannot be used right now.',
  'bad-number': 'This is not a number that can be called.',
  'direct-route': 'This call is connected to this window and cannot be moved.',
  'relay-refused': 'The relay said no.',
  offline: 'There is no connection.',
  'not-offered': 'This number cannot do that.',
  internal: 'Something went wrong.',
};

/** The answer to a request that is not carried out. */
export function refuse(code: AppErrorCode, detail?: string): Answered<never> {
  const message = words[code] ?? code;
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
