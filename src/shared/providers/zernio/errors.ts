import { type ErrorWords, metaErrorWords, noAnswerWords } from '../meta/errors.ts';

const rest = {
  words: 'Zernio does not know this number.',
  next: 'Ask an administrator to check the account’s settings.',
};

/** Every status that the facts tell of (section 9), Zernio's own types (10), and Meta's codes where it passes them on. */
export const zernioErrorWords: Readonly<Record<string, ErrorWords>> = {
  ...metaErrorWords,
  ...noAnswerWords('Zernio'),
  'config-404': rest,
  'enable-400': {
    words: 'Zernio cannot forward calls to this destination.',
    next: 'Use another phone number, SIP or wss address; it must not be the number itself.',
  },
  'enable-404': rest,
  'enable-409': {
    words: 'Calling cannot be switched on: a SIP trunk has this number.',
    next: 'Take the number off the SIP trunk in Zernio first.',
  },
  'enable-422': {
    words:
      'Calling cannot be switched on: the plan is not the usage-based one, or the number may not yet write to 2,000 customers a day.',
    next: 'Ask an administrator to check the plan in Zernio and the messaging limit in WhatsApp Manager.',
  },
  'update-400': {
    words: 'Zernio did not accept the change.',
    next: 'Check the destination; it must not be the number itself.',
  },
  'update-404': rest,
  'permission-404': rest,
  'dial-409': {
    words: 'The customer has not allowed calls, or this very call is being placed already.',
    next: 'Look at the permission, and ask for it if it is missing.',
  },
  'dial-busy': {
    words: 'This very call is being placed already.',
    next: 'Wait for it to show up.',
  },
  'forward-to': {
    words: 'Calls cannot be forwarded to this destination.',
    next: 'The details below say what it should look like.',
  },
  'request-409': {
    words: 'Zernio cannot ask this customer for permission now.',
    next: 'They may have been asked already: at most once a day and twice a week.',
  },
  'request-422': {
    words: 'Zernio cannot ask this customer for permission.',
    next: 'Wait until they write: asking works only within 24 hours of that.',
  },
  'dial-422': {
    words:
      'Zernio cannot place this call: calling is off, the number’s country does not allow it, or SIP credentials are missing.',
    next: 'Ask an administrator to check the number’s calling settings.',
  },
  'dial-502': {
    words: 'Zernio’s carrier could not place the call.',
    next: 'Try again in a minute.',
  },
  'recording-404': {
    words: 'There is no recording of this call.',
    next: 'If the call has just ended, look again in a minute.',
  },
  'recording-502': {
    words: 'The recording could not be fetched.',
    next: 'Try again in a minute.',
  },
  'read-404': {
    words: 'Zernio does not know this call.',
    next: 'Check that it belongs to this number.',
  },
  invalid_resource_state: {
    words: 'The number is in a state in which this cannot be done.',
    next: 'Ask an administrator whether a SIP trunk has the number.',
  },
  FEATURE_NOT_AVAILABLE: {
    words: 'The Zernio plan does not include this.',
    next: 'Ask an administrator to check the plan.',
  },
  invalid_request_error: {
    words: 'Zernio did not accept the request.',
    next: 'Try once more. If it stays, give the details below to whoever runs this console.',
  },
  authentication_error: {
    words: 'Zernio did not accept the key.',
    next: 'Ask an administrator for a new key.',
  },
  permission_error: {
    words: 'The key may not do this.',
    next: 'Ask an administrator for a key that may handle calls.',
  },
  not_found: rest,
  rate_limit_error: {
    words: 'Zernio was asked too often.',
    next: 'Wait a minute, then try again.',
  },
  platform_error: {
    words: 'WhatsApp refused.',
    next: 'The details below say why.',
  },
  api_error: {
    words: 'Zernio made a mistake.',
    next: 'Try again in a minute.',
  },
  'http-401': {
    words: 'Zernio did not accept the key.',
    next: 'Ask an administrator for a new key.',
  },
  'http-404': rest,
  'http-429': {
    words: 'Zernio was asked too often.',
    next: 'Wait a minute, then try again.',
  },
};
