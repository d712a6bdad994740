import { t } from '../i18n/i18n.ts';
import type { ProviderError } from './events.ts';

const own = {
  relaySilent: { code: 'relay', transient: true },
  untold: { code: 'untold', transient: false },
  unreadable: { code: 'unreadable', transient: false },
  noNumber: { code: 'no-number', transient: false },
  noAccount: { code: 'no-account', transient: false },
  interrupted: { code: 'interrupted', transient: true },
  noRecording: { code: 'no-recording', transient: false },
} as const satisfies Record<string, Omit<ProviderError, 'message'>>;

/**
 * An error from our own side in place of a provider's: no answer came, or it could not be read. Its
 * message is for the log and exports; agents read `providerErrors`.
 */
export function ownError(name: keyof typeof own): ProviderError {
  return { ...own[name], message: t(`ownMessages.${name}`) };
}
