import { type ErrorWords, metaErrorWords, noAnswerWords } from '../meta/errors.ts';

const rest = {
  words: 'Zernio does not know this number.',
  next: 'Ask your admin to check the account.',
};

/**
 * Every documented status (docs/providers/zernio.md#http-statuses, #error-body), Zernio's own
 * types, and Meta's codes where it forwards them.
 */
export const zernioErrorWords: Readonly<Record<string, ErrorWords>> = {
  ...metaErrorWords,
  ...noAnswerWords('Zernio'),
  'config-404': rest,
  'enable-400': {
    words: 'Zernio cannot forward calls to this destination.',
    next: 'Use another phone number, SIP or wss address, not the number itself.',
  },
  'enable-404': rest,
  'enable-409': {
    words: 'Calls cannot be switched on: a SIP trunk uses this number.',
    next: 'Ask your admin to remove it from the SIP trunk in Zernio first.',
  },
  'enable-422': {
    words:
      'Calls cannot be switched on: the plan is not usage-based, or the messaging limit is below 2,000 customers a day.',
    next: 'Ask your admin to check the plan in Zernio and the messaging limit in WhatsApp Manager.',
  },
  'update-400': {
    words: 'Zernio did not accept the change.',
    next: 'Check the destination. It must not be the number itself.',
  },
  'update-404': rest,
  'permission-404': rest,
  'dial-409': {
    words: 'The customer has not allowed calls, or this call is already being placed.',
    next: 'Check the permission, and request it if it is missing.',
  },
  'dial-busy': {
    words: 'This call is already being placed.',
    next: 'Wait until it appears.',
  },
  'forward-to': {
    words: 'Calls cannot be forwarded to this destination.',
    next: 'See the details below for how to write it.',
  },
  'request-409': {
    words: 'Zernio cannot ask this customer for permission now.',
    next: 'You can request permission once a day and twice a week.',
  },
  'request-422': {
    words: 'Zernio cannot ask this customer for permission.',
    next: 'Wait until the customer writes. You can ask in the 24 hours after that.',
  },
  'dial-422': {
    words:
      'Zernio cannot place this call: calls are off, the number’s country does not allow them, or SIP credentials are missing.',
    next: 'Ask your admin to check the number’s calling settings.',
  },
  'dial-502': {
    words: 'Zernio’s carrier could not place the call.',
    next: 'Try again in a minute.',
  },
  'recording-404': {
    words: 'There is no recording of this call.',
    next: 'If the call has just ended, try again in a minute.',
  },
  'recording-502': {
    words: 'The recording could not be loaded.',
    next: 'Try again in a minute.',
  },
  'read-404': {
    words: 'Zernio does not know this call.',
    next: 'Check that it belongs to this number.',
  },
  invalid_resource_state: {
    words: 'This cannot be done with the number now.',
    next: 'Ask your admin whether a SIP trunk uses the number.',
  },
  FEATURE_NOT_AVAILABLE: {
    words: 'The Zernio plan does not include this.',
    next: 'Ask your admin to check the plan.',
  },
  invalid_request_error: {
    words: 'Zernio did not accept the request.',
    next: 'Try again. If it fails again, tell your admin the details below.',
  },
  authentication_error: {
    words: 'Zernio did not accept the key.',
    next: 'Ask your admin for a new key.',
  },
  permission_error: {
    words: 'The key does not allow this.',
    next: 'Ask your admin for a key that allows calls.',
  },
  not_found: rest,
  rate_limit_error: {
    words: 'Too many requests to Zernio.',
    next: 'Wait a minute, then try again.',
  },
  platform_error: {
    words: 'WhatsApp refused this.',
    next: 'See the details below for the reason.',
  },
  api_error: {
    words: 'Zernio has a problem.',
    next: 'Try again in a minute.',
  },
  'http-401': {
    words: 'Zernio did not accept the key.',
    next: 'Ask your admin for a new key.',
  },
  'http-404': rest,
  'http-429': {
    words: 'Too many requests to Zernio.',
    next: 'Wait a minute, then try again.',
  },
};
