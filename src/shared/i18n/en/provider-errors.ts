/** Providers’ error codes: what happened, and what to do next. */

export const providerErrors = {
  refused: 'The provider refused this',
  /** The next step for an unknown code. */
  nextTransient: 'Try again in a minute. If it fails again, tell your admin the code',
  nextUnknown: 'If it happens again, tell your admin the code',
  /**
   * Meta's calling table (docs/providers/meta.md#errors), its codes of messages, templates
   * and accounts (“WhatsApp error codes”, 18 Jun 2026), and those that our own side adds.
   */
  meta: {
    '1': {
      what: 'WhatsApp has a problem right now.',
      next: 'Try again in a minute.',
    },
    '2': {
      what: 'WhatsApp has a problem right now.',
      next: 'Try again in a minute.',
    },
    '4': {
      what: 'Too many requests to WhatsApp.',
      next: 'Wait a minute, then try again.',
    },
    '10': {
      what: 'The access token of this number does not allow this.',
      next: 'Ask your admin to check its permissions.',
    },
    '33': {
      what: 'WhatsApp does not know this number any more.',
      next: 'Ask your admin to check the account.',
    },
    '100': {
      what: 'WhatsApp did not accept the request.',
      next: 'Try again. If it fails again, tell your admin the details below.',
    },
    '190': {
      what: 'The access token of this number has expired.',
      next: 'Ask your admin for a profile with a new one.',
    },
    '368': {
      what: 'WhatsApp blocked this account for a while because of its policies.',
      next: 'Ask your admin to read the notice in WhatsApp Manager.',
    },
    '613': {
      what: 'The permission was checked too often.',
      next: 'Wait a minute, then refresh.',
    },
    '80007': {
      what: 'Too many requests to WhatsApp.',
      next: 'Wait a minute, then try again.',
    },
    '130429': {
      what: 'Too many requests to WhatsApp.',
      next: 'Wait a minute, then try again.',
    },
    '130472': {
      what: 'WhatsApp did not deliver this message: the customer is part of a test by Meta.',
      next: 'Wait until the customer writes.',
    },
    '130497': {
      what: 'This account cannot send messages to customers in this country.',
      next: 'Ask your admin to check the restriction in WhatsApp Manager.',
    },
    '131000': {
      what: 'WhatsApp has a problem and gives no reason.',
      next: 'Try again in a minute. If it fails again, tell your admin the code.',
    },
    '131005': {
      what: 'The access token of this number does not allow this.',
      next: 'Ask your admin to check its permissions.',
    },
    '131008': {
      what: 'WhatsApp did not accept the request: something is missing.',
      next: 'Try again. If it fails again, tell your admin the details below.',
    },
    '131009': {
      what: 'A call button cannot be sent from this number or to this country.',
      next: 'Send a plain message instead.',
    },
    '131016': {
      what: 'WhatsApp has a problem right now.',
      next: 'Try again in a minute.',
    },
    '131021': {
      what: 'You cannot send a message to your own number.',
      next: 'Choose another customer.',
    },
    '131026': {
      what: 'WhatsApp could not deliver this to the customer.',
      next: 'They may have no WhatsApp, or an old one. Try again later.',
    },
    '131030': {
      what: 'This is a test number, and the customer is not on its list.',
      next: 'Ask your admin to add the customer to the allowed recipients in Meta’s App Dashboard.',
    },
    '131031': {
      what: 'WhatsApp locked this business account.',
      next: 'Ask your admin to read the notice in WhatsApp Manager.',
    },
    '131037': {
      what: 'The display name of this number is not approved yet.',
      next: 'Ask your admin to check it in WhatsApp Manager.',
    },
    '131042': {
      what: 'The WhatsApp account has a payment problem.',
      next: 'Ask your admin to check the payment method in Meta’s Business Manager.',
    },
    '131044': {
      what: 'The WhatsApp account has no valid payment method.',
      next: 'Ask your admin to add one in Meta’s Business Manager.',
    },
    '131045': {
      what: 'This number is not registered completely.',
      next: 'Ask your admin to register it again.',
    },
    '131047': {
      what: 'The customer service window is closed: no message or call in 24 hours.',
      next: 'Send a template, or wait until the customer writes.',
    },
    '131048': {
      what: 'WhatsApp limits messages from this number: customers blocked or reported it.',
      next: 'Ask your admin to check the quality rating in WhatsApp Manager.',
    },
    '131049': {
      what: 'WhatsApp did not deliver this message: the customer gets too many from businesses.',
      next: 'Wait a day, or wait until the customer writes.',
    },
    '131050': {
      what: 'The customer stopped marketing messages from you.',
      next: 'Do not send it again. Wait until the customer writes.',
    },
    '131051': {
      what: 'WhatsApp does not support this kind of message.',
      next: 'Send a plain message instead.',
    },
    '131052': {
      what: 'WhatsApp could not load the customer’s file.',
      next: 'Ask the customer to send it again.',
    },
    '131053': {
      what: 'WhatsApp could not load the file you sent.',
      next: 'Check the file, then try again.',
    },
    '131055': {
      what: 'This number uses SIP, so Ringdesk cannot handle its calls.',
      next: 'Ask your admin to switch SIP off for the number.',
    },
    '131056': {
      what: 'Too many messages to this customer in a short time.',
      next: 'Wait a minute, then try again.',
    },
    '131057': {
      what: 'WhatsApp is maintaining this account.',
      next: 'Try again in a few minutes.',
    },
    '132000': {
      what: 'The number of values does not match the template.',
      next: 'Choose another template, or ask your admin to correct it.',
    },
    '132001': {
      what: 'This template does not exist or is not approved in this language.',
      next: 'Choose another template, or ask your admin to correct it.',
    },
    '132005': {
      what: 'The template is too long with these values.',
      next: 'Choose another template, or ask your admin to correct it.',
    },
    '132007': {
      what: 'The template breaks WhatsApp’s rules.',
      next: 'Choose another template, or ask your admin to correct it.',
    },
    '132012': {
      what: 'A value does not have the form the template needs.',
      next: 'Choose another template, or ask your admin to correct it.',
    },
    '132015': {
      what: 'WhatsApp paused this template because of its quality.',
      next: 'Choose another template, or ask your admin to correct it.',
    },
    '132016': {
      what: 'WhatsApp switched off this template because of its quality.',
      next: 'Choose another template, or ask your admin to correct it.',
    },
    '133010': {
      what: 'This number is not registered with WhatsApp.',
      next: 'Ask your admin to register it.',
    },
    '135000': {
      what: 'WhatsApp did not accept the message and gives no reason.',
      next: 'Try again. If it fails again, tell your admin the code.',
    },
    '138000': {
      what: 'Calls are switched off for this number.',
      next: 'Ask your admin to switch them on.',
    },
    '138001': {
      what: 'This customer cannot be called on WhatsApp.',
      next: 'Check the number, or send a message: their WhatsApp may be old or missing.',
    },
    '138002': {
      what: 'This number has too many calls at the same time.',
      next: 'Try again when a call has ended.',
    },
    '138003': {
      what: 'This customer is already on a call with you or a teammate.',
      next: 'Wait until that call ends.',
    },
    '138004': {
      what: 'WhatsApp could not connect the call.',
      next: 'Try again. If it keeps failing, tell your admin: the network may block calls.',
    },
    '138005': {
      what: 'This number has made too many calls today.',
      next: 'Wait, or call from another number.',
    },
    '138006': {
      what: 'The customer has not allowed calls from this number.',
      next: 'Request permission first.',
    },
    '138007': {
      what: 'The call took too long to connect.',
      next: 'Try again. If it keeps failing, tell your admin: the network may block calls.',
    },
    '138008': {
      what: 'The other side did not accept our media description.',
      next: 'Call back. If it keeps happening, tell your admin: the number may be set to SDES keys.',
    },
    '138009': {
      what: 'You can request permission once a day and twice a week. That limit is reached.',
      next: 'Send a message, or wait until the customer calls.',
    },
    '138012': {
      what: 'You have reached the daily limit of calls to this customer.',
      next: 'Send a message, or wait until the time in the details below.',
    },
    '138013': {
      what: 'Numbers from this country cannot call customers on WhatsApp.',
      next: 'Send a call button and let the customer call you.',
    },
    '138014': {
      what: 'WhatsApp paused calls from this number: customers complained or did not answer.',
      next: 'Send messages for now. Your admin can see in WhatsApp Manager until when.',
    },
    '138015': {
      what: 'Calls cannot be switched on: the messaging limit is below 2,000 customers a day.',
      next: 'Ask your admin to raise the messaging limit first.',
    },
    '138017': {
      what: 'The customer has already allowed calls permanently.',
      next: 'You can call now.',
    },
    '138018': {
      what: 'Calls cannot be switched on: nothing receives them.',
      next: 'Ask your admin to subscribe the relay to the field “calls”.',
    },
    '138019': {
      what: 'The customer’s WhatsApp could not set up the call.',
      next: 'Try again, or send a message.',
    },
    '138020': {
      what: 'The customer’s phone could not connect to the call.',
      next: 'Their connection may be bad. Try again later.',
    },
    '138021': {
      what: 'WhatsApp ended the call: no audio from you for a long time.',
      next: 'Check your microphone and network, then call back.',
    },
    '138022': {
      what: 'WhatsApp ended the call: no audio from the customer for a long time.',
      next: 'Call back; their connection may have dropped.',
    },
    '138023': {
      what: 'The call was answered, but no audio went through.',
      next: 'Call back. If it keeps happening, tell your admin: the network may block calls.',
    },
    '138038': {
      what: 'WhatsApp gives this number’s calls to another responder.',
      next: 'Ask your admin to give this app the calls again, under Conversation Routing.',
    },
    'http-401': {
      what: 'WhatsApp did not accept the access token of this number.',
      next: 'Ask your admin for a profile with a new one.',
    },
    'http-403': {
      what: 'The access token of this number does not allow this.',
      next: 'Ask your admin to check its permissions.',
    },
    'http-404': {
      what: 'WhatsApp does not know this call or number.',
      next: 'A call has ended. For a number, ask your admin to check the account.',
    },
    'http-429': {
      what: 'Too many requests to WhatsApp.',
      next: 'Wait a minute, then try again.',
    },
    'no-number': {
      what: 'This customer shows only a username, and this number cannot call usernames.',
      next: 'Wait until the customer calls or writes.',
    },
    'not-supported': {
      what: 'This number does not support that.',
      next: 'Its provider does not offer it.',
    },
    interrupted: {
      what: 'Ringdesk was closed before WhatsApp answered. The customer may have received the message.',
      next: 'Ask the customer, or try again.',
    },
    'no-recording': {
      what: 'There is no recording of this call.',
      next: 'If the call has just ended, try again in a minute.',
    },
    'foreign-media': {
      what: 'The recording was not loaded: its address is not WhatsApp’s.',
      next: 'Tell your admin.',
    },
    'no-account': {
      what: 'This computer no longer has access to this number.',
      next: 'Import your profile again.',
    },
  },
  /** Where 360dialog differs from Meta. */
  d360: {
    '138002': {
      what: 'The WhatsApp account has reached 1,000 calls at the same time on all its numbers.',
      next: 'Try again when a call has ended.',
    },
    '138015': {
      what: 'Calls cannot be switched on: the messaging limit is too low (360dialog asks for 1,000 customers a day, Meta for 2,000).',
      next: 'Ask your admin to raise the messaging limit first.',
    },
    'http-401': {
      what: '360dialog did not accept the key of this number.',
      next: 'Ask your admin for a new key from the 360dialog Hub.',
    },
    'http-403': {
      what: '360dialog does not allow this with the key of this number.',
      next: 'Ask your admin whether calls are switched on for it in the 360dialog Hub.',
    },
    'http-404': {
      what: '360dialog does not know this call or number.',
      next: 'A call has ended. For a number, ask your admin to check the account.',
    },
    'http-429': {
      what: 'Too many requests to 360dialog.',
      next: 'Wait a minute, then try again.',
    },
  },
  /** Codes of Pilot Status that calls can meet (docs/providers/pilot-status.md#errors). */
  'pilot-status': {
    'http-401': {
      what: 'Pilot Status did not accept the key of this number.',
      next: 'Ask your admin for a new key of this number.',
    },
    'http-403': {
      what: 'The key does not allow this.',
      next: 'Ask your admin for a key of this number.',
    },
    'http-404': {
      what: 'Pilot Status does not know this call.',
      next: 'It has ended, or belongs to another number.',
    },
    'http-429': {
      what: 'Too many requests to Pilot Status.',
      next: 'Wait a minute, then try again.',
    },
    FEATURE_NOT_SUPPORTED: {
      what: 'This kind of number does not support that.',
      next: 'Ask your admin whether it is set up here as the right kind: Meta or web.',
    },
    WHATSAPP_INSTANCE_NOT_CONNECTED: {
      what: 'The number is not connected to WhatsApp.',
      next: 'Ask your admin to connect it again with the QR code in Pilot Status.',
    },
    META_CALL_PERMISSION_REQUIRED: {
      what: 'The customer has not allowed calls from this number.',
      next: 'Request permission first.',
    },
    META_CALL_PERMISSION_REQUEST_LIMIT: {
      what: 'You have reached the limit of permission requests to this customer.',
      next: 'Send a message, or wait until the customer calls.',
    },
    META_CALLING_PAYMENT_REQUIRED: {
      what: 'The WhatsApp account has no valid payment method.',
      next: 'Ask your admin to add one in Meta’s Business Manager.',
    },
    TENANT_SCOPE_NOT_ALLOWED: {
      what: 'The key is for the whole Pilot Status account, not for this number.',
      next: 'Ask your admin for a key of this number.',
    },
    NUMBER_SCOPE_NOT_ALLOWED: {
      what: 'The key is for one number only. This needs a key for the account.',
      next: 'Ask your admin for a key of the account.',
    },
    NUMBER_MISMATCH: {
      what: 'The key is for another number.',
      next: 'Ask your admin to check the key of this number.',
    },
    NUMBER_REQUIRED: {
      what: 'Pilot Status does not know which number to use.',
      next: 'Ask your admin for a key of this number.',
    },
    NUMBER_NOT_FOUND: {
      what: 'Pilot Status does not know this number.',
      next: 'Ask your admin to check the key of this number.',
    },
    WEBHOOK_NOT_FOUND: {
      what: 'The webhook of this number is missing.',
      next: 'Ask your admin to set it up again in Pilot Status.',
    },
    SUBSCRIPTION_REQUIRED_FOR_MEDIA: {
      what: 'The Pilot Status subscription does not include this.',
      next: 'Ask your admin to check the subscription.',
    },
    'http-402': {
      what: 'Pilot Status needs a subscription for this.',
      next: 'Ask your admin to check the subscription.',
    },
    'http-409': {
      what: 'The call has changed, or the number is not connected.',
      next: 'Check the call: a teammate may have answered it.',
    },
  },
  /** Statuses by operation, and Zernio's own types (docs/providers/zernio.md#http-statuses, #error-body). */
  zernio: {
    'http-401': {
      what: 'Zernio did not accept the key.',
      next: 'Ask your admin for a new key.',
    },
    'http-404': {
      what: 'Zernio does not know this number.',
      next: 'Ask your admin to check the account.',
    },
    'http-429': {
      what: 'Too many requests to Zernio.',
      next: 'Wait a minute, then try again.',
    },
    'config-404': {
      what: 'Zernio does not know this number.',
      next: 'Ask your admin to check the account.',
    },
    'enable-400': {
      what: 'Zernio cannot forward calls to this destination.',
      next: 'Use another phone number, SIP or wss address, not the number itself.',
    },
    'enable-404': {
      what: 'Zernio does not know this number.',
      next: 'Ask your admin to check the account.',
    },
    'enable-409': {
      what: 'Calls cannot be switched on: a SIP trunk uses this number.',
      next: 'Ask your admin to remove it from the SIP trunk in Zernio first.',
    },
    'enable-422': {
      what: 'Calls cannot be switched on: the plan is not usage-based, or the messaging limit is below 2,000 customers a day.',
      next: 'Ask your admin to check the plan in Zernio and the messaging limit in WhatsApp Manager.',
    },
    'update-400': {
      what: 'Zernio did not accept the change.',
      next: 'Check the destination. It must not be the number itself.',
    },
    'update-404': {
      what: 'Zernio does not know this number.',
      next: 'Ask your admin to check the account.',
    },
    'permission-404': {
      what: 'Zernio does not know this number.',
      next: 'Ask your admin to check the account.',
    },
    'dial-409': {
      what: 'The customer has not allowed calls, or this call is already being placed.',
      next: 'Check the permission, and request it if it is missing.',
    },
    'dial-busy': {
      what: 'This call is already being placed.',
      next: 'Wait until it appears.',
    },
    'forward-to': {
      what: 'Calls cannot be forwarded to this destination.',
      next: 'See the details below for how to write it.',
    },
    'request-409': {
      what: 'Zernio cannot ask this customer for permission now.',
      next: 'You can request permission once a day and twice a week.',
    },
    'request-422': {
      what: 'Zernio cannot ask this customer for permission.',
      next: 'Wait until the customer writes. You can ask in the 24 hours after that.',
    },
    'dial-422': {
      what: 'Zernio cannot place this call: calls are off, the number’s country does not allow them, or SIP credentials are missing.',
      next: 'Ask your admin to check the number’s calling settings.',
    },
    'dial-502': {
      what: 'Zernio’s carrier could not place the call.',
      next: 'Try again in a minute.',
    },
    'recording-404': {
      what: 'There is no recording of this call.',
      next: 'If the call has just ended, try again in a minute.',
    },
    'recording-502': {
      what: 'The recording could not be loaded.',
      next: 'Try again in a minute.',
    },
    'read-404': {
      what: 'Zernio does not know this call.',
      next: 'Check that it belongs to this number.',
    },
    invalid_resource_state: {
      what: 'This cannot be done with the number now.',
      next: 'Ask your admin whether a SIP trunk uses the number.',
    },
    FEATURE_NOT_AVAILABLE: {
      what: 'The Zernio plan does not include this.',
      next: 'Ask your admin to check the plan.',
    },
    invalid_request_error: {
      what: 'Zernio did not accept the request.',
      next: 'Try again. If it fails again, tell your admin the details below.',
    },
    authentication_error: {
      what: 'Zernio did not accept the key.',
      next: 'Ask your admin for a new key.',
    },
    permission_error: {
      what: 'The key does not allow this.',
      next: 'Ask your admin for a key that allows calls.',
    },
    not_found: {
      what: 'Zernio does not know this number.',
      next: 'Ask your admin to check the account.',
    },
    rate_limit_error: {
      what: 'Too many requests to Zernio.',
      next: 'Wait a minute, then try again.',
    },
    platform_error: {
      what: 'WhatsApp refused this.',
      next: 'See the details below for the reason.',
    },
    api_error: {
      what: 'Zernio has a problem.',
      next: 'Try again in a minute.',
    },
  },
  /** No readable answer arrived. */
  noAnswer: {
    network: {
      what: '{{provider}} could not be reached from this computer.',
      next: 'Check your network, then try again.',
    },
    'proxy-unreachable': {
      what: '{{provider}} could not be reached: your network’s proxy did not answer.',
      next: 'Check your network, or ask its admin. Then try again.',
    },
    'proxy-password': {
      what: '{{provider}} could not be reached: your network’s proxy asks for a password.',
      next: 'Enter it where the connection is shown, then try again.',
    },
    'proxy-sign-in': {
      what: '{{provider}} could not be reached: your network’s proxy asks for a kind of sign-in that Ringdesk does not support.',
      next: 'Ask your network’s admin for a name and password (Basic).',
    },
    'proxy-refused': {
      what: '{{provider}} could not be reached: your network’s proxy does not let Ringdesk through.',
      next: 'Ask your network’s admin to allow its address.',
    },
    'certificate-untrusted': {
      what: '{{provider}} could not be reached: the certificate shown for it is not trusted here.',
      next: 'Ask your network’s admin to install its authority on this computer.',
    },
    'certificate-early': {
      what: '{{provider}} could not be reached: its certificate is not valid yet.',
      next: 'Set this computer’s clock, then try again.',
    },
    timeout: {
      what: '{{provider}} did not answer in time.',
      next: 'Try again. If the call goes through after all, Ringdesk ends it.',
    },
    unreadable: {
      what: 'Ringdesk did not understand the answer of {{provider}}.',
      next: 'Try again. If it fails again, tell your admin: Ringdesk may need an update.',
    },
    'too-large': {
      what: 'The answer of {{provider}} was too large to be read.',
      next: 'Try again. If it fails again, tell your admin: something else may answer in its place.',
    },
  },
  general: {
    broken: {
      what: 'The provider has a problem.',
      next: 'Try again in a minute.',
    },
  },
  own: {
    relay: {
      what: 'The relay did not answer.',
      next: 'Try again when you are connected.',
    },
    untold: {
      what: 'The provider sent no more news of this call.',
      next: 'Check with the customer, or call again.',
    },
    failed: {
      what: 'The call failed, and the provider gives no reason.',
      next: 'Try again. If it fails again, tell your admin.',
    },
    unexpected: {
      what: 'Something failed inside Ringdesk.',
      next: 'Try again. If it fails again, tell your admin: the log has the details.',
    },
  },
} as const;

/** What our code adds to an error whose code says too little. */
export const ownMessages = {
  noProvider: 'no such account',
  untold: 'The provider reported nothing more about this call',
  relaySilent: 'The relay did not answer',
  unreadable: 'The answer was not in the expected form.',
  noNumber: 'This customer shows no number.',
  noAccount: 'This number has no access token on this computer.',
  interrupted: 'The app was closed before the answer.',
  noRecording: 'WhatsApp has reported no recording of this call.',
  relayEnded: 'The relay ended the call',
  cannotSet: '{{provider}} cannot set this: {{parts}}.',
  fileElsewhere: 'The file is at {{host}}.',
  noNumberThere: 'Zernio names no number for this account.',
  nothingToPrepare: 'This number’s calls have nothing to set up beforehand.',
  noPermissionNeeded: 'This number calls without asking for permission.',
  onlyInWindow: 'Permission can be requested only while the customer service window is open.',
  answeredElsewhere: 'This number’s calls are answered and ended at their forwarding destination.',
} as const;
