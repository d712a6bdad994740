import { type ErrorWords, metaErrorWords, noAnswerWords } from '../meta/errors.ts';

const payment = {
  words: 'The WhatsApp account has no valid payment method.',
  next: 'Ask your admin to add one in Meta’s Business Manager.',
};

/**
 * Every Pilot Status code that calls can meet (docs/providers/pilot-status.md#errors), and Meta's
 * where it forwards them.
 */
export const pilotErrorWords: Readonly<Record<string, ErrorWords>> = {
  ...metaErrorWords,
  ...noAnswerWords('Pilot Status'),
  FEATURE_NOT_SUPPORTED: {
    words: 'This kind of number does not support that.',
    next: 'Ask your admin whether it is set up here as the right kind: Meta or web.',
  },
  WHATSAPP_INSTANCE_NOT_CONNECTED: {
    words: 'The number is not connected to WhatsApp.',
    next: 'Ask your admin to connect it again with the QR code in Pilot Status.',
  },
  META_CALL_PERMISSION_REQUIRED: {
    words: 'The customer has not allowed calls from this number.',
    next: 'Request permission first.',
  },
  META_CALL_PERMISSION_REQUEST_LIMIT: {
    words: 'You have reached the limit of permission requests to this customer.',
    next: 'Send a message, or wait until the customer calls.',
  },
  META_CALLING_PAYMENT_REQUIRED: payment,
  TENANT_SCOPE_NOT_ALLOWED: {
    words: 'The key is for the whole Pilot Status account, not for this number.',
    next: 'Ask your admin for a key of this number.',
  },
  NUMBER_SCOPE_NOT_ALLOWED: {
    words: 'The key is for one number only. This needs a key for the account.',
    next: 'Ask your admin for a key of the account.',
  },
  NUMBER_MISMATCH: {
    words: 'The key is for another number.',
    next: 'Ask your admin to check the key of this number.',
  },
  NUMBER_REQUIRED: {
    words: 'Pilot Status does not know which number to use.',
    next: 'Ask your admin for a key of this number.',
  },
  NUMBER_NOT_FOUND: {
    words: 'Pilot Status does not know this number.',
    next: 'Ask your admin to check the key of this number.',
  },
  WEBHOOK_NOT_FOUND: {
    words: 'The webhook of this number is missing.',
    next: 'Ask your admin to set it up again in Pilot Status.',
  },
  SUBSCRIPTION_REQUIRED_FOR_MEDIA: {
    words: 'The Pilot Status subscription does not include this.',
    next: 'Ask your admin to check the subscription.',
  },
  'http-401': {
    words: 'Pilot Status did not accept the key of this number.',
    next: 'Ask your admin for a new key of this number.',
  },
  'http-402': {
    words: 'Pilot Status needs a subscription for this.',
    next: 'Ask your admin to check the subscription.',
  },
  'http-403': {
    words: 'The key does not allow this.',
    next: 'Ask your admin for a key of this number.',
  },
  'http-404': {
    words: 'Pilot Status does not know this call.',
    next: 'It has ended, or belongs to another number.',
  },
  'http-409': {
    words: 'The call has changed, or the number is not connected.',
    next: 'Check the call: a teammate may have answered it.',
  },
  'http-429': {
    words: 'Too many requests to Pilot Status.',
    next: 'Wait a minute, then try again.',
  },
};
