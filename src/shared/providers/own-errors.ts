import type { ProviderError } from './events.ts';
import type { ErrorWords } from './meta/errors.ts';

/**
 * Errors of our own side that stand where a provider's would: no answer came, or none that could be read. Their messages
 * are ours, for the log and exports; what agents read of them is in `ownErrorWords` and in the providers' tables.
 */
export const ownErrors = {
  relaySilent: { code: 'relay', message: 'The relay did not answer', transient: true },
  untold: {
    code: 'untold',
    message: 'The provider told nothing more about this call',
    transient: false,
  },
  unreadable: {
    code: 'unreadable',
    message: 'The answer was not in the expected form.',
    transient: false,
  },
  noNumber: { code: 'no-number', message: 'This customer shows no number.', transient: false },
  noAccount: {
    code: 'no-account',
    message: 'This number has no access token on this computer.',
    transient: false,
  },
  noRecording: {
    code: 'no-recording',
    message: 'WhatsApp has told of no recording of this call.',
    transient: false,
  },
} as const satisfies Record<string, ProviderError>;

/** What our own code adds to an error whose code alone says too little. */
export const ownMessages = {
  relayEnded: 'The relay ended the call',
  cannotSet: (provider: string, parts: string) => `${provider} cannot set this: ${parts}.`,
  fileElsewhere: (host: string) => `The file is at ${host}.`,
  noNumberThere: 'Zernio names no number for this account.',
  httpStatus: (status: number) => `HTTP status ${status}`,
  busyFor: (seconds: number) => `The provider wants no requests for another ${seconds} s.`,
  nothingToPrepare: 'This number’s calls have nothing to set up beforehand.',
  noPermissionNeeded: 'This number calls without asking for permission.',
  onlyInWindow: 'Permission can be requested only while the customer care window is open.',
  answeredElsewhere: 'This number’s calls are answered and ended at their forwarding destination.',
} as const;

/** Errors that come from no provider's table: what happened, and what to do next. */
export const ownErrorWords: Readonly<Record<string, ErrorWords>> = {
  relay: { words: 'The relay did not answer.', next: 'Try again when you are connected.' },
  untold: {
    words: 'The provider sent no more news of this call.',
    next: 'Check with the customer, or call again.',
  },
  failed: {
    words: 'The call failed, and the provider gives no reason.',
    next: 'Try again. If it fails again, tell your admin.',
  },
  unexpected: {
    words: 'Something failed inside Ringdesk.',
    next: 'Try again. If it fails again, tell your admin: the log has the details.',
  },
};
