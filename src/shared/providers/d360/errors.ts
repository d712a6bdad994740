import { type ErrorWords, metaErrorWords, noAnswerWords } from '../meta/errors.ts';

/** Meta's codes, and 360dialog's where it differs (docs/providers/d360.md#errors). */
export const d360ErrorWords: Readonly<Record<string, ErrorWords>> = {
  ...metaErrorWords,
  ...noAnswerWords('360dialog'),
  '138002': {
    words: 'The WhatsApp account has reached 1,000 calls at the same time on all its numbers.',
    next: 'Try again when a call has ended.',
  },
  '138015': {
    words:
      'Calls cannot be switched on: the messaging limit is too low (360dialog asks for 1,000 customers a day, Meta for 2,000).',
    next: 'Ask your admin to raise the messaging limit first.',
  },
  'http-401': {
    words: '360dialog did not accept the key of this number.',
    next: 'Ask your admin for a new key from the 360dialog Hub.',
  },
  'http-403': {
    words: '360dialog does not allow this with the key of this number.',
    next: 'Ask your admin whether calls are switched on for it in the 360dialog Hub.',
  },
  'http-404': {
    words: '360dialog does not know this call or number.',
    next: 'A call has ended. For a number, ask your admin to check the account.',
  },
  'http-429': {
    words: 'Too many requests to 360dialog.',
    next: 'Wait a minute, then try again.',
  },
};
