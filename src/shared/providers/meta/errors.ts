import { messageErrorWords } from './message-errors.ts';

/**
 * What an error code means for the agent: what happened and what to do next. Shown beside Meta's
 * own message.
 */
export interface ErrorWords {
  words: string;
  next: string;
}

/** Added by our side when a provider gave no readable answer. */
export function noAnswerWords(provider: string) {
  return {
    network: {
      words: `${provider} could not be reached from this computer.`,
      next: 'Check your network, then try again.',
    },
    timeout: {
      words: `${provider} did not answer in time.`,
      next: 'Try again. If the call goes through after all, Ringdesk ends it.',
    },
    unreadable: {
      words: `Ringdesk did not understand the answer of ${provider}.`,
      next: 'Try again. If it fails again, tell your admin: Ringdesk may need an update.',
    },
  } satisfies Record<string, ErrorWords>;
}

/**
 * Every code of Meta's calling table (docs/providers/meta.md#errors, troubleshooting page of 24 Jun
 * 2026), codes of messages, and our own.
 */
export const metaErrorWords: Readonly<Record<string, ErrorWords>> = {
  ...messageErrorWords,
  '100': {
    words: 'WhatsApp did not accept the request.',
    next: 'Try again. If it fails again, tell your admin the details below.',
  },
  '190': {
    words: 'The access token of this number has expired.',
    next: 'Ask your admin for a profile with a new one.',
  },
  '613': {
    words: 'The permission was checked too often.',
    next: 'Wait a minute, then refresh.',
  },
  '131009': {
    words: 'A call button cannot be sent from this number or to this country.',
    next: 'Send a plain message instead.',
  },
  '131026': {
    words: 'The customer’s WhatsApp is too old for calls from a business.',
    next: 'Ask them in a message to update WhatsApp.',
  },
  '131030': {
    words: 'This is a test number, and the customer is not on its list.',
    next: 'Ask your admin to add the customer to the allowed recipients in Meta’s App Dashboard.',
  },
  '131044': {
    words: 'The WhatsApp account has no valid payment method.',
    next: 'Ask your admin to add one in Meta’s Business Manager.',
  },
  '131047': {
    words: 'The customer care window is closed: no message or call in 24 hours.',
    next: 'Send a template, or wait until the customer writes.',
  },
  '131055': {
    words: 'This number uses SIP, so Ringdesk cannot handle its calls.',
    next: 'Ask your admin to switch SIP off for the number.',
  },
  '138000': {
    words: 'Calls are switched off for this number.',
    next: 'Ask your admin to switch them on.',
  },
  '138001': {
    words: 'This customer cannot be called on WhatsApp.',
    next: 'Check the number, or send a message: their WhatsApp may be old or missing.',
  },
  '138002': {
    words: 'This number has too many calls at the same time.',
    next: 'Try again when a call has ended.',
  },
  '138003': {
    words: 'This customer is already on a call with you or a teammate.',
    next: 'Wait until that call ends.',
  },
  '138004': {
    words: 'WhatsApp could not connect the call.',
    next: 'Try again. If it keeps failing, tell your admin: the network may block calls.',
  },
  '138005': {
    words: 'This number has made too many calls today.',
    next: 'Wait, or call from another number.',
  },
  '138006': {
    words: 'The customer has not allowed calls from this number.',
    next: 'Request permission first.',
  },
  '138007': {
    words: 'The call took too long to connect.',
    next: 'Try again. If it keeps failing, tell your admin: the network may block calls.',
  },
  '138009': {
    words: 'You can request permission once a day and twice a week. That limit is reached.',
    next: 'Send a message, or wait until the customer calls.',
  },
  '138012': {
    words: 'You have reached the daily limit of calls to this customer.',
    next: 'Send a message, or wait until the time in the details below.',
  },
  '138013': {
    words: 'Numbers from this country cannot call customers on WhatsApp.',
    next: 'Send a call button and let the customer call you.',
  },
  '138014': {
    words: 'WhatsApp paused calls from this number: customers complained or did not answer.',
    next: 'Send messages for now. Your admin can see in WhatsApp Manager until when.',
  },
  '138015': {
    words: 'Calls cannot be switched on: the messaging limit is below 2,000 customers a day.',
    next: 'Ask your admin to raise the messaging limit first.',
  },
  '138017': {
    words: 'The customer has already allowed calls permanently.',
    next: 'You can call now.',
  },
  '138018': {
    words: 'Calls cannot be switched on: nothing receives them.',
    next: 'Ask your admin to subscribe the relay to the field “calls”.',
  },
  '138019': {
    words: 'The customer’s WhatsApp could not set up the call.',
    next: 'Try again, or send a message.',
  },
  '138020': {
    words: 'The customer’s phone could not connect to the call.',
    next: 'Their connection may be bad. Try again later.',
  },
  '138021': {
    words: 'WhatsApp ended the call: no audio from you for a long time.',
    next: 'Check your microphone and network, then call back.',
  },
  '138022': {
    words: 'WhatsApp ended the call: no audio from the customer for a long time.',
    next: 'Call back; their connection may have dropped.',
  },
  '138023': {
    words: 'The call was answered, but no audio went through.',
    next: 'Call back. If it keeps happening, tell your admin: the network may block calls.',
  },
  'http-401': {
    words: 'WhatsApp did not accept the access token of this number.',
    next: 'Ask your admin for a profile with a new one.',
  },
  'http-403': {
    words: 'The access token of this number does not allow this.',
    next: 'Ask your admin to check its permissions.',
  },
  'http-404': {
    words: 'WhatsApp does not know this call or number.',
    next: 'A call has ended. For a number, ask your admin to check the account.',
  },
  'http-429': {
    words: 'Too many requests to WhatsApp.',
    next: 'Wait a minute, then try again.',
  },
  'no-number': {
    words: 'This customer shows only a username, and this number cannot call usernames.',
    next: 'Wait until the customer calls or writes.',
  },
  'not-supported': {
    words: 'This number does not support that.',
    next: 'Its provider does not offer it.',
  },
  'no-recording': {
    words: 'There is no recording of this call.',
    next: 'If the call has just ended, try again in a minute.',
  },
  'foreign-media': {
    words: 'The recording was not loaded: its address is not WhatsApp’s.',
    next: 'Tell your admin.',
  },
  ...noAnswerWords('WhatsApp'),
  'no-account': {
    words: 'This computer no longer has access to this number.',
    next: 'Import your profile again.',
  },
};
