import { type ErrorWords, metaErrorWords, noAnswerWords } from '../meta/errors.ts';

/** Meta's codes, and where 360dialog differs (seed; facts of Meta, section 7). */
export const d360ErrorWords: Readonly<Record<string, ErrorWords>> = {
  ...metaErrorWords,
  ...noAnswerWords('360dialog'),
  '138002': {
    words: 'The WhatsApp account has its 1,000 calls at the same time; all its numbers share them.',
    next: 'Try again when another call has ended.',
  },
  '138015': {
    words:
      'Calling cannot be switched on: the number may not yet write to enough customers a day (1,000 according to 360dialog, 2,000 according to Meta).',
    next: 'Raise the messaging limit first.',
  },
  'http-401': {
    words: '360dialog did not accept the key of this number.',
    next: 'Ask an administrator for a new key from the 360dialog Hub.',
  },
  'http-403': {
    words: '360dialog does not allow this with the key of this number.',
    next: 'Ask an administrator whether calling is enabled for the number in the 360dialog Hub.',
  },
  'http-404': {
    words: '360dialog does not know this call or number.',
    next: 'If it is a call, it is over. Otherwise check the account’s settings.',
  },
  'http-429': {
    words: '360dialog was asked too often.',
    next: 'Wait a minute, then try again.',
  },
};
