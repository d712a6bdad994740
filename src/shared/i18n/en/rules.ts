/** Findings of the calling rules, two sentences each: the problem, and the next step. */

export const findings = {
  'permission-unchecked': {
    what: 'It is not known yet whether you may call this customer.',
    next: 'Refresh to check the permission.',
  },
  'permission-unavailable': {
    what: 'The provider could not tell whether you may call this customer.',
    next: 'Refresh in a minute, or try the call. Without permission the provider refuses it.',
  },
  'permission-missing': {
    what: 'This customer has not allowed calls from this number.',
    next: 'Request permission.',
  },
  'permission-declined': {
    what: 'This customer declined your call request ({{declinedAt}}).',
    next: 'Ask again after 24 hours, or send a message.',
  },
  'permission-revoked': {
    what: 'The customer or WhatsApp withdrew the permission to call ({{revokedAt}}).',
    next: 'Request permission again.',
  },
  'permission-expired': {
    what: 'The permission to call expired ({{expiredAt}}).',
    next: 'Request permission again.',
  },
  'permission-maybe-revoked': {
    what_one:
      '{{count}} call in a row went unanswered. WhatsApp has probably withdrawn the permission.',
    what_other:
      '{{count}} calls in a row went unanswered. WhatsApp has probably withdrawn the permission.',
    next: 'Refresh to check the permission.',
  },
  'permission-temporary': {
    what: 'This customer has allowed calls for a limited time.',
    next: 'You can call until then.',
  },
  'permission-permanent': {
    what: 'This customer has allowed calls permanently.',
    next: 'You can call.',
  },
  'permission-answer-old': {
    what: 'The permission may have changed since the last check ({{checkedAt}}).',
    next: 'Refresh to check it again.',
  },
  'call-refused': {
    what: 'The provider does not allow calls to this customer now and gives no reason.',
    next: 'Refresh in a few minutes.',
  },
  'call-limit': {
    what_one:
      'You have reached the limit of {{count}} answered call to this customer in {{hours}}.',
    what_other:
      'You have reached the limit of {{count}} answered calls to this customer in {{hours}}.',
    next: 'Send a message, or wait until you can call again.',
  },
  'calls-left': {
    what_one: '{{left}} of {{count}} answered call in {{hours}} left.',
    what_other: '{{left}} of {{count}} answered calls in {{hours}} left.',
    next: 'You can call.',
  },
  'unanswered-some': {
    what_one:
      '{{count}} call in a row went unanswered. WhatsApp has asked the customer whether you may still call. After {{limit}} it withdraws the permission.',
    what_other:
      '{{count}} calls in a row went unanswered. WhatsApp has asked the customer whether you may still call. After {{limit}} it withdraws the permission.',
    next: 'Send a message before you call again.',
  },
  'unanswered-last': {
    what_one:
      '{{count}} call in a row went unanswered. If the next one does too, WhatsApp withdraws the permission.',
    what_other:
      '{{count}} calls in a row went unanswered. If the next one does too, WhatsApp withdraws the permission.',
    next: 'Send a message first and agree a time for the call.',
  },
  'pick-up-low': {
    what: 'In seven days, {{ratePercent}} of {{calls}} calls from customers to this number were picked up. WhatsApp takes the call button away from numbers that pick up too few calls.',
    next: 'Accept customers’ calls before you place your own.',
  },
  'pick-up-falling': {
    what: 'In seven days, {{ratePercent}} of the calls from customers to this number were picked up. If it goes on like this, it will be below {{limitPercent}} on {{fallsAt}}, and outgoing calls will be held back.',
    next: 'Accept customers’ calls before you place your own.',
  },
  'pick-up-held': {
    what: 'Outgoing calls are held back: in seven days, {{ratePercent}} of {{calls}} calls from customers to this number were picked up, and your organisation wants at least {{limitPercent}}. Otherwise WhatsApp takes the call button away.',
    next: 'You can call again once enough calls are picked up. Insight shows how many.',
  },
  'permission-not-needed': {
    what: 'This number needs no permission to call.',
    next: 'You can call.',
  },
  'permission-already-permanent': {
    what: 'This customer has already allowed calls permanently.',
    next: 'You can call.',
  },
  'declined-recently': {
    what: 'This customer declined your call request ({{declinedAt}}).',
    next: 'You can ask again after 24 hours.',
  },
  'request-limit': {
    what_one: 'You can send {{count}} permission request every {{hours}}.',
    what_other: 'You can send {{count}} permission requests every {{hours}}.',
    next: 'Wait, or let the customer call you: then you can ask again.',
  },
  'request-refused': {
    what: 'The provider does not allow a permission request now and gives no reason.',
    next: 'Refresh in a few minutes.',
  },
  'requests-left': {
    what_one: '{{left}} of {{count}} permission request in {{hours}} left.',
    what_other: '{{left}} of {{count}} permission requests in {{hours}} left.',
    next: 'You can request permission.',
  },
  'request-pending': {
    what: 'Permission requested {{sentAt}}. No answer yet.',
    next: 'Wait for the answer. The customer has seven days.',
  },
  'request-free-form-unsupported': {
    what: 'This provider cannot send a permission request as a free-form message.',
    next: 'Ask with a template.',
  },
  'request-template-unsupported': {
    what: 'This provider cannot send a permission request as a template.',
    next: 'Ask with a free-form message.',
  },
  'window-open': {
    what: 'The customer service window is open: the customer wrote or spoke with you in the last 24 hours.',
    next: 'You can send free-form messages until it closes.',
  },
  'window-closed': {
    what: 'The customer service window is closed: no message or call from the customer in the last 24 hours.',
    next: 'Send a template, or wait for the customer.',
  },
  'window-needs-reply': {
    what: 'The customer has not replied to your template yet.',
    next: 'Wait for the reply. It opens the customer service window for 24 hours.',
  },
  'call-window-disputed': {
    what: 'The customer service window is closed. 360dialog says calls need it open; Meta says they do not.',
    next: 'Try the call. If it is refused, send a template first.',
  },
  'country-blocked': {
    what: 'Numbers from {{country}} cannot call customers on WhatsApp.',
    next: 'Call from a number of another country, or ask the customer to call you.',
  },
  'country-refused': {
    what: 'The provider refused ({{refusedAt}}): numbers from this country cannot call customers.',
    next: 'Call from a number of another country, or ask the customer to call you.',
  },
  'country-unknown': {
    what: 'The country of your number is not known, so it is not clear whether it can call customers.',
    next: 'Check the number in its settings.',
  },
  'region-sanctioned': {
    what: 'WhatsApp does not allow calls with numbers from {{region}}.',
    next: 'Send a message instead.',
  },
  'region-doubtful': {
    what: 'This number may belong to the sanctioned part of {{region}}. The call may be refused.',
    next: 'Check where the customer is before you call.',
  },
  'region-unreliable': {
    what: 'Internet calls to {{country}} often fail.',
    next: 'If the call fails, send a message.',
  },
  'calling-off': {
    what: 'Calls are switched off for this number.',
    next: 'Ask your admin to switch them on in the number’s settings.',
  },
  'tier-too-low': {
    what: 'The messaging limit of this number ({{tier}}) is below the {{needed}} needed for calls.',
    next: 'If calls are refused, ask your admin to raise it with the provider.',
  },
  'tier-disputed': {
    what: 'The messaging limit of this number ({{tier}}) meets the {{needed}} this provider asks for, but not the {{otherNeeded}} WhatsApp asks for.',
    next: 'If calls are refused, ask your admin to raise it with the provider.',
  },
  'tier-refused': {
    what: 'The provider refused to switch on calls ({{refusedAt}}): the messaging limit is too low (138015).',
    next: 'Ask your admin to raise the limit with the provider, then switch calls on again.',
  },
  'access-refused': {
    what: '{{label}} is offline: its access token expired.',
    next: 'Import a new profile.',
  },
  'relay-access-refused': {
    what: 'The relay cannot take calls for {{label}}: its access token expired.',
    next: 'Ask your admin to give the relay a new one.',
  },
  'account-disabled': {
    what: 'WhatsApp has banned the account of {{label}}.',
    next: 'Appeal in Meta’s Business Support Home; until then use another number.',
  },
  'account-disabling': {
    what: 'WhatsApp is about to ban the account of {{label}}.',
    next: 'Your admin sees why in Meta’s Business Support Home.',
  },
  'account-deleted': {
    what: 'The WhatsApp account of {{label}} was deleted.',
    next: 'Use another number.',
  },
  'account-offboarded': {
    what: 'The WhatsApp account of {{label}} has left this platform.',
    next: 'Ask your admin to connect it again.',
  },
  'account-unshared': {
    what: 'The WhatsApp account of {{label}} is no longer shared with this app.',
    next: 'Ask your admin to share it again.',
  },
  'routed-elsewhere': {
    what: '{{label}} has stopped ringing here: WhatsApp gives its calls to another responder (138038).',
    next: 'Ask your admin to give this app the calls again, under Conversation Routing.',
  },
  'routing-shared': {
    what: '{{label}} may have stopped ringing here: another responder, such as Meta’s Business Agent, answers for it too.',
    next: 'Call the number to try it. If it does not ring, see Conversation Routing.',
  },
  'calls-unsubscribed': {
    what: 'Nothing receives the calls of {{label}}: its webhook field “calls” is not subscribed (138018).',
    next: 'Ask your admin to subscribe the relay to the field “calls”.',
  },
  coexistence: {
    what: '{{label}} is used in the WhatsApp Business app as well, and such numbers cannot take or make calls here.',
    next: 'Use a number that is only in the API.',
  },
  'keys-sdes': {
    what: 'Calls of {{label}} cannot be taken here: this number’s key exchange is SDES.',
    next: 'Set it to DTLS in the number’s calling settings (srtp_key_exchange_protocol).',
  },
  'payment-missing': {
    what: 'The WhatsApp account of {{label}} has no valid payment method, so calls fail (131044).',
    next: 'Ask your admin to add one in Meta’s Business Manager, then call again.',
  },
  'number-error': {
    what: 'WhatsApp reports an error of {{label}} ({{errorCode}}): “{{quote}}”.',
    next: 'Show it to your admin.',
  },
  'version-ending': {
    what: 'Meta ends version {{version}} of its API, which {{label}} uses ({{endsAt}}).',
    next: 'Ask your admin for a profile with a newer version.',
  },
  'customer-not-callable': {
    what: 'WhatsApp could not call this customer ({{refusedAt}}). They may not use WhatsApp, or their app is too old (138001).',
    next: 'Send a message, or ask the customer to update WhatsApp.',
  },
  'calling-paused': {
    what: 'WhatsApp paused calls from this number because of customer feedback ({{refusedAt}}). This can last seven days.',
    next: 'Ask your admin to read the notice in WhatsApp Manager.',
  },
  restricted: {
    what: 'WhatsApp restricted this account: {{restriction}}.',
    next: 'Ask your admin to read the notice in WhatsApp Manager.',
  },
  'restricted-inbound': {
    what: 'WhatsApp restricted this account: {{restriction}}.',
    next: 'Ask your admin to read the notice in WhatsApp Manager.',
  },
  'restriction-unknown': {
    what: 'WhatsApp restricted this account. Its name for it: {{restriction}}.',
    next: 'Ask your admin to read the notice in WhatsApp Manager.',
  },
  'balance-too-low': {
    what: 'The balance is {{balance}} {{currency}}. Calls need {{minimum}} {{currency}}.',
    next: 'Top up at least {{shortfall}} {{currency}}.',
  },
  'balance-unreadable': {
    what: 'The balance ({{balance}}) or the minimum ({{minimum}}) is not a number.',
    next: 'Correct it in the number’s settings.',
  },
  'do-not-call': {
    what: 'Do not call: {{by}} marked this person so ({{markedAt}}).',
    next: 'Send a message, or allow calls again if they ask for one.',
  },
  'do-not-call-because': {
    what: 'Do not call: {{by}} marked this person so ({{markedAt}}): “{{reason}}”.',
    next: 'Send a message, or allow calls again if they ask for one.',
  },
  'already-in-call': {
    what: 'You are on a call with this customer.',
    next: 'End that call first.',
  },
  'colleague-in-call': {
    what: 'A teammate is on a call with this customer.',
    next: 'Ask your teammate, or wait until that call ends.',
  },
  'concurrent-limit': {
    what_one: 'This number has reached its limit of {{count}} call at the same time.',
    what_other: 'This number has reached its limit of {{count}} calls at the same time.',
    next: 'Wait until one ends. Until then customers cannot get through, and you will not see their calls.',
  },
  'concurrent-limit-account': {
    what_one:
      'Your WhatsApp Business Account has reached its limit of {{count}} call at the same time on all numbers.',
    what_other:
      'Your WhatsApp Business Account has reached its limit of {{count}} calls at the same time on all numbers.',
    next: 'Wait until one ends. Until then customers cannot get through, and you will not see their calls.',
  },
  'outside-hours': {
    what: 'It is outside your call hours. The customer cannot call back now.',
    next: 'Call when you are open.',
  },
  'hours-unreadable': {
    what: 'The time zone of the call hours ({{zone}}) is unknown.',
    next: 'Correct it in the number’s settings.',
  },
  'cost-rate': {
    what: 'Calls to {{region}} cost {{perMinute}} {{currency}} a minute, billed per 6 s at {{perPulse}} {{currency}}.',
    next: 'You pay only if the customer answers.',
  },
  'cost-unknown': {
    what: 'The rate card has no {{currency}} rate for this number.',
    next: 'Import a newer rate card.',
  },
  'cost-by-minute': {
    what: 'This provider shows prices for whole minutes, but WhatsApp bills per 6 s.',
    next: 'Compare its figure with the WhatsApp bill.',
  },
} as const;

export const rateCard = {
  empty: 'The file has no rates.',
  'missing-column': 'Missing column: {{what}}.',
  'unclosed-quote': 'Line {{line}}: a quotation mark is not closed.',
  'too-few-fields_one': 'Line {{line}}: only {{count}} field. Every line needs all columns.',
  'too-few-fields_other': 'Line {{line}}: only {{count}} fields. Every line needs all columns.',
  'bad-date': 'Line {{line}}: “{{what}}” is not a date. Use 2026-10-01.',
  'bad-currency': 'Line {{line}}: “{{what}}” is not a currency. Use a code, e.g. USD.',
  'bad-area':
    'Line {{line}}: “{{what}}” is not an area. Use a country (MX), a calling code (+44) or *.',
  'bad-minutes': 'Line {{line}}: “{{what}}” is not a number of minutes.',
  'bad-rate': 'Line {{line}}: “{{what}}” is not a price. Use a number, e.g. 0.0095.',
  'repeated-area':
    'Line {{line}}: {{what}} already has a price for this date, currency and volume.',
  'no-first-tier': 'Line {{line}}: {{what}} has no price from 0 minutes up.',
} as const;

export const billDifferences = {
  unreadable: 'The amount on the bill, “{{theirs}}”, is not a number.',
  currency: 'The bill is in {{theirs}}, Ringdesk’s estimate in {{ours}}.',
  'billed-unanswered': 'Not answered, but billed: {{theirs}}.',
  'not-billed': 'Estimated {{ours}}, billed nothing.',
  'whole-minutes': 'Estimated {{ours}} per 6 s, billed {{theirs}} for whole minutes.',
  duration: 'Ringdesk counted {{ours}} s, the bill {{theirs}} s.',
  amount: 'Estimated {{ours}}, billed {{theirs}}: a difference of {{by}}.',
} as const;

export const hoursProblems = {
  'unknown-zone': 'Unknown time zone: {{zone}}.',
  'no-hours': 'Add hours on at least one day.',
  'bad-time': '“{{time}}” is not a time. Use 0930.',
  'open-not-before-close':
    '{{where}}: closing time must be after opening time. For night hours, add two ranges.',
  'too-many-entries': '{{where}}: you can add at most two ranges a day.',
  overlap: '{{where}}: the hours overlap.',
  'bad-date': '“{{date}}” is not a date. Use 2026-12-24.',
  'past-holiday': 'The holiday {{date}} is in the past. Remove it.',
  'too-many-holidays': 'You have {{count}} holidays. The limit is 20.',
} as const;

export const missing = {
  'server-media': 'The provider connects this number’s calls, so nothing is prepared in advance.',
  'official-numbers-only': 'Available only on numbers of the official WhatsApp API.',
  'web-numbers-only': 'Available only on numbers connected by QR code.',
  'no-permission-needed': 'This number needs no permission to call.',
  'answered-at-destination':
    'This number’s calls are answered and ended at their forwarding destination.',
  'not-offered': 'This number’s provider does not offer this.',
  'aggregate-only': 'The provider shows only total costs, not the cost of one call.',
  'no-charge': 'This number’s calls are free of charge.',
  'written-elsewhere':
    'Ringdesk handles only calls on this number. Send messages in the provider’s own inbox.',
} as const;
