import { type ErrorWords, metaErrorWords, noAnswerWords } from '../meta/errors.ts';

const payment = {
  words: 'The WhatsApp account has no valid payment method.',
  next: 'Ask an administrator to add one in Meta’s Business Manager.',
};

/** Every code of Pilot Status that calls can meet (facts, section 5), and Meta's where it passes them on. */
export const pilotErrorWords: Readonly<Record<string, ErrorWords>> = {
  ...metaErrorWords,
  ...noAnswerWords('Pilot Status'),
  FEATURE_NOT_SUPPORTED: {
    words: 'This kind of number cannot do that.',
    next: 'Ask an administrator whether the number is set up here as the right kind: Meta or web.',
  },
  WHATSAPP_INSTANCE_NOT_CONNECTED: {
    words: 'The number is not connected to WhatsApp.',
    next: 'Ask an administrator to connect it again with the QR code in Pilot Status.',
  },
  META_CALL_PERMISSION_REQUIRED: {
    words: 'The customer has not allowed calls from this number.',
    next: 'Ask for permission first.',
  },
  META_CALL_PERMISSION_REQUEST_LIMIT: {
    words: 'The customer was asked for permission too often.',
    next: 'Write to them, or wait until they call.',
  },
  META_CALLING_PAYMENT_REQUIRED: payment,
  TENANT_SCOPE_NOT_ALLOWED: {
    words: 'The key belongs to the whole Pilot Status account, not to this number.',
    next: 'Ask an administrator for a key of this number.',
  },
  NUMBER_SCOPE_NOT_ALLOWED: {
    words: 'The key belongs to one number, and this concerns the whole Pilot Status account.',
    next: 'Ask an administrator for a key of the account.',
  },
  NUMBER_MISMATCH: {
    words: 'The key belongs to another number.',
    next: 'Ask an administrator to check the key of this number.',
  },
  NUMBER_REQUIRED: {
    words: 'Pilot Status was not told which number is meant.',
    next: 'Ask an administrator for a key of this number.',
  },
  NUMBER_NOT_FOUND: {
    words: 'Pilot Status does not know this number.',
    next: 'Ask an administrator to check the key of this number.',
  },
  WEBHOOK_NOT_FOUND: {
    words: 'The webhook of this number is gone.',
    next: 'Ask an administrator to set it up again in Pilot Status.',
  },
  SUBSCRIPTION_REQUIRED_FOR_MEDIA: {
    words: 'The Pilot Status subscription does not include this.',
    next: 'Ask an administrator to check the subscription.',
  },
  'http-401': {
    words: 'Pilot Status did not accept the key of this number.',
    next: 'Ask an administrator for a new key of this number.',
  },
  'http-402': {
    words: 'Pilot Status asks for a subscription.',
    next: 'Ask an administrator to check the subscription.',
  },
  'http-403': {
    words: 'The key may not do this.',
    next: 'Ask an administrator for a key of this number.',
  },
  'http-404': {
    words: 'Pilot Status does not know this call.',
    next: 'It is over, or it belongs to another number.',
  },
  'http-409': {
    words: 'The call has moved on, or the number is not connected.',
    next: 'Look at the call again; somebody else may have taken it.',
  },
  'http-429': {
    words: 'Pilot Status was asked too often.',
    next: 'Wait a minute, then try again.',
  },
};
