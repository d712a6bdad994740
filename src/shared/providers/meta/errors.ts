/** What a provider's error code means for the agent: what happened, and what to do next. Ours; shown beside Meta's words. */
export interface ErrorWords {
  words: string;
  next: string;
}

/** What our own side adds where a provider gave no answer that could be read. */
export function noAnswerWords(provider: string) {
  return {
    network: {
      words: `${provider} could not be reached from this machine.`,
      next: 'Check the network, then try again.',
    },
    timeout: {
      words: `${provider} did not answer in time.`,
      next: 'Try again. If the call goes through after all, it is ended.',
    },
    unreadable: {
      words: `${provider}’s answer was not understood.`,
      next: 'Try again, and report it: Ringdesk may need an update.',
    },
  } satisfies Record<string, ErrorWords>;
}

/** Every code of Meta's calling table (facts 4, troubleshooting page of 24 Jun 2026), and those that our own side adds. */
export const metaErrorWords: Readonly<Record<string, ErrorWords>> = {
  '100': {
    words: 'WhatsApp did not accept the request.',
    next: 'Try once more. If it stays, give the details below to whoever runs this console.',
  },
  '190': {
    words: 'The access token of this number is not valid any more.',
    next: 'Ask an administrator for a profile with a new one.',
  },
  '613': {
    words: 'The permission was looked up too often.',
    next: 'Wait a minute, then look again.',
  },
  '131009': {
    words: 'A call button cannot be sent from this number or to this country.',
    next: 'Send an ordinary message instead.',
  },
  '131026': {
    words: 'The customer’s WhatsApp is too old for calls from a business.',
    next: 'Ask them in a message to update WhatsApp.',
  },
  '131030': {
    words: 'This is a test number, and the customer is not on its list.',
    next: 'Add the customer to the list of allowed recipients in Meta’s app dashboard.',
  },
  '131044': {
    words: 'The WhatsApp account has no valid payment method.',
    next: 'Ask an administrator to add one in Meta’s Business Manager.',
  },
  '131047': {
    words: 'The customer has not written or called within 24 hours.',
    next: 'Send a template instead, or wait until they write.',
  },
  '131055': {
    words: 'This number uses SIP, so calls cannot be handled here.',
    next: 'Ask an administrator to switch SIP off for the number.',
  },
  '138000': {
    words: 'Calling is not switched on for this number.',
    next: 'Ask an administrator to enable calling for it.',
  },
  '138001': {
    words: 'This customer cannot be called on WhatsApp.',
    next: 'Check the number, or write a message: they may have an old WhatsApp or none.',
  },
  '138002': {
    words: 'Too many calls are going on at this number.',
    next: 'Try again when another call has ended.',
  },
  '138003': {
    words: 'A call with this customer is already going on.',
    next: 'Wait until it ends; a teammate may be talking to them.',
  },
  '138004': {
    words: 'WhatsApp could not connect the call.',
    next: 'Try again. If it keeps failing, the network may block calls.',
  },
  '138005': {
    words: 'This number has started too many calls today.',
    next: 'Wait, or call from another number.',
  },
  '138006': {
    words: 'The customer has not allowed calls from this number.',
    next: 'Ask for permission first.',
  },
  '138007': {
    words: 'The call took too long to connect.',
    next: 'Try again. If it keeps failing, the network may block calls.',
  },
  '138009': {
    words: 'The customer was asked for permission too often: once a day, twice a week.',
    next: 'Write to them, or wait until they call.',
  },
  '138012': {
    words: 'This customer was called the most often that a day allows.',
    next: 'Wait until the time that WhatsApp names, or write a message.',
  },
  '138013': {
    words: 'WhatsApp does not offer calls from a business number of this country.',
    next: 'Send a call button, so that the customer calls you.',
  },
  '138014': {
    words:
      'WhatsApp has paused calls from this number, because customers complained or did not answer.',
    next: 'Write messages for now. An administrator sees until when in WhatsApp Manager.',
  },
  '138015': {
    words: 'Calling cannot be switched on: the number may not yet write to 2,000 customers a day.',
    next: 'Raise the messaging limit first.',
  },
  '138017': {
    words: 'The customer has already allowed calls for good.',
    next: 'Just call.',
  },
  '138018': {
    words: 'Calling cannot be switched on: nothing receives its calls.',
    next: 'Ask an administrator to subscribe the relay to the field “calls”.',
  },
  '138019': {
    words: 'The customer’s WhatsApp could not set the call up.',
    next: 'Try again, or write a message.',
  },
  '138020': {
    words: 'The customer’s phone could not reach WhatsApp’s call server.',
    next: 'Their connection is bad. Try later.',
  },
  '138021': {
    words: 'The customer heard nothing from us for a long time, so WhatsApp ended the call.',
    next: 'Check this machine’s microphone and network.',
  },
  '138022': {
    words: 'Nothing came from the customer’s phone for a long time, so WhatsApp ended the call.',
    next: 'Call back; their connection may have dropped.',
  },
  '138023': {
    words: 'The call was taken, but no sound ever went through.',
    next: 'Call back. If it keeps happening, the network may block calls.',
  },
  'http-401': {
    words: 'WhatsApp did not accept the access token of this number.',
    next: 'Ask an administrator for a profile with a new one.',
  },
  'http-403': {
    words: 'The access token of this number may not do this.',
    next: 'Ask an administrator to check its permissions.',
  },
  'http-404': {
    words: 'WhatsApp does not know this call or number.',
    next: 'If it is a call, it is over. Otherwise ask an administrator to check the account.',
  },
  'http-429': {
    words: 'WhatsApp was asked too often.',
    next: 'Wait a minute, then try again.',
  },
  'no-number': {
    words: 'This person shows only a username, and this number can reach nobody by that.',
    next: 'Wait until they call or write.',
  },
  'not-supported': {
    words: 'This number cannot do that.',
    next: 'Its provider does not offer it.',
  },
  'no-recording': {
    words: 'There is no recording of this call.',
    next: 'If the call has just ended, look again in a minute.',
  },
  'foreign-media': {
    words: 'The recording is said to be at a place that is not WhatsApp’s, so it was not fetched.',
    next: 'Report it to whoever runs this console.',
  },
  ...noAnswerWords('WhatsApp'),
  'no-account': {
    words: 'This machine has no access to the number any more.',
    next: 'Import the workspace profile again.',
  },
};
