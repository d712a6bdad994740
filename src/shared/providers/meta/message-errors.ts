import type { ErrorWords } from './errors.ts';

const later: ErrorWords = {
  words: 'WhatsApp has a problem right now.',
  next: 'Try again in a minute.',
};
const tooMany: ErrorWords = {
  words: 'Too many requests to WhatsApp.',
  next: 'Wait a minute, then try again.',
};
const template = (words: string): ErrorWords => ({
  words,
  next: 'Choose another template, or ask your admin to correct it.',
});

/**
 * Codes of messages, templates and accounts that agents can meet besides those of calls (Meta,
 * “WhatsApp error codes”, updated 18 June 2026; in our words).
 */
export const messageErrorWords: Readonly<Record<string, ErrorWords>> = {
  '1': later,
  '2': later,
  '4': tooMany,
  '10': {
    words: 'The access token of this number does not allow this.',
    next: 'Ask your admin to check its permissions.',
  },
  '33': {
    words: 'WhatsApp does not know this number any more.',
    next: 'Ask your admin to check the account.',
  },
  '368': {
    words: 'WhatsApp blocked this account for a while because of its policies.',
    next: 'Ask your admin to read the notice in WhatsApp Manager.',
  },
  '80007': tooMany,
  '130429': tooMany,
  '130472': {
    words: 'WhatsApp did not deliver this message: the customer is part of a test by Meta.',
    next: 'Wait until the customer writes.',
  },
  '130497': {
    words: 'This account cannot send messages to customers in this country.',
    next: 'Ask your admin to check the restriction in WhatsApp Manager.',
  },
  '131000': {
    words: 'WhatsApp has a problem and gives no reason.',
    next: 'Try again in a minute. If it fails again, tell your admin the code.',
  },
  '131005': {
    words: 'The access token of this number does not allow this.',
    next: 'Ask your admin to check its permissions.',
  },
  '131008': {
    words: 'WhatsApp did not accept the request: something is missing.',
    next: 'Try again. If it fails again, tell your admin the details below.',
  },
  '131016': later,
  '131021': {
    words: 'You cannot send a message to your own number.',
    next: 'Choose another customer.',
  },
  '131031': {
    words: 'WhatsApp locked this business account.',
    next: 'Ask your admin to read the notice in WhatsApp Manager.',
  },
  '131037': {
    words: 'The display name of this number is not approved yet.',
    next: 'Ask your admin to check it in WhatsApp Manager.',
  },
  '131042': {
    words: 'The WhatsApp account has a payment problem.',
    next: 'Ask your admin to check the payment method in Meta’s Business Manager.',
  },
  '131045': {
    words: 'This number is not registered completely.',
    next: 'Ask your admin to register it again.',
  },
  '131048': {
    words: 'WhatsApp limits messages from this number: customers blocked or reported it.',
    next: 'Ask your admin to check the quality rating in WhatsApp Manager.',
  },
  '131049': {
    words: 'WhatsApp did not deliver this message: the customer gets too many from businesses.',
    next: 'Wait a day, or wait until the customer writes.',
  },
  '131050': {
    words: 'The customer stopped marketing messages from you.',
    next: 'Do not send it again. Wait until the customer writes.',
  },
  '131051': {
    words: 'WhatsApp does not support this kind of message.',
    next: 'Send a plain message instead.',
  },
  '131052': {
    words: 'WhatsApp could not load the customer’s file.',
    next: 'Ask the customer to send it again.',
  },
  '131053': {
    words: 'WhatsApp could not load the file you sent.',
    next: 'Check the file, then try again.',
  },
  '131056': {
    words: 'Too many messages to this customer in a short time.',
    next: 'Wait a minute, then try again.',
  },
  '131057': {
    words: 'WhatsApp is maintaining this account.',
    next: 'Try again in a few minutes.',
  },
  '132000': template('The number of values does not match the template.'),
  '132001': template('This template does not exist or is not approved in this language.'),
  '132005': template('The template is too long with these values.'),
  '132007': template('The template breaks WhatsApp’s rules.'),
  '132012': template('A value does not have the form the template needs.'),
  '132015': template('WhatsApp paused this template because of its quality.'),
  '132016': template('WhatsApp switched off this template because of its quality.'),
  '133010': {
    words: 'This number is not registered with WhatsApp.',
    next: 'Ask your admin to register it.',
  },
  '135000': {
    words: 'WhatsApp did not accept the message and gives no reason.',
    next: 'Try again. If it fails again, tell your admin the code.',
  },
};
