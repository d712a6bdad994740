import type { MediaPath } from '../../shared/providers/media-path.ts';
import { isolating } from '../../shared/lib/foreign-text.ts';
import type { ProviderId } from '../../shared/rules/data/providers.ts';
import type { Weekday } from '../../shared/rules/zoned-time.ts';

/** Providers by the names that people know. */
export const providerNames: Readonly<Record<ProviderId, string>> = {
  meta: 'Meta Cloud API',
  d360: '360dialog',
  'pilot-meta': 'Pilot Status',
  'pilot-web': 'Pilot Status, web number',
  zernio: 'Zernio',
};

/** What can be done with a number's calls, for a line beside the number before any call. */
export const pathWords: Readonly<Record<MediaPath, string>> = {
  direct: 'No hold or transfer on this number',
  relayed: 'Hold and transfer available',
  streamed: 'No hold or transfer on this number',
  external: 'Calls are answered on another phone',
};

/** Words of a number's settings. */
export const numberWords = isolating({
  open: 'Number settings',
  back: 'All settings',
  loading: 'Loading…',
  none: 'This number’s provider has no settings to change here.',
  save: 'Save',
  saving: 'Saving…',
  saved: 'Saved',
  unchanged: 'No changes to save',
  undo: 'Undo',
  changedElsewhere:
    'Someone else changed these settings. You still see your own changes: undo them to see theirs.',
  readAgain: 'Refresh',
  state: 'Status',
  allWell: 'No problems reported.',
  warned: (what: string, moment: string) => `${what} (${moment})`,
  calling: 'Calls',
  callingOn: 'Take and make calls',
  callingOnNote: 'Customers’ phones may take up to a week to notice a change.',
  iconVisible: 'Show the call button to customers',
  iconVisibleNote: 'If hidden, customers can still call from a message, their call list or a link.',
  iconCountries: 'Show the call button only in these countries',
  iconCountriesNote: 'Two-letter codes, e.g. BR MX. Leave empty for all countries.',
  badCountry: (code: string) => `“${code}” is not a country code. Use two letters, e.g. BR`,
  callback: 'Ask callers for permission to call back',
  callbackNote: 'You can call customers who agree for seven days.',
  sipOn:
    'SIP is on, so calls cannot be made or answered in Ringdesk (131055). Switch SIP off with the provider.',
  sipOff: 'SIP is off.',
  keyExchange: {
    dtls: 'Key exchange: DTLS.',
    sdes: 'Key exchange is SDES. Calls have no audio until it is set to DTLS.',
  },
  /** After a number's name, where one is chosen and something is wrong with it. */
  marks: { block: 'cannot be used', warn: 'see its status' },
  link: 'Call link',
  linkNote:
    'Works on phones only. The text after biz_payload= is shown to the agent when the customer calls.',
  payload: 'Reference',
  copyLink: 'Copy link',
  linkCopied: (link: string) => `${link} copied`,
  hours: 'Call hours',
  hoursOn: 'Take calls only during call hours',
  hoursOnNote: 'Outside these hours, WhatsApp offers the customer a chat or a call back.',
  zone: 'Time zone',
  days: {
    MONDAY: 'Monday',
    TUESDAY: 'Tuesday',
    WEDNESDAY: 'Wednesday',
    THURSDAY: 'Thursday',
    FRIDAY: 'Friday',
    SATURDAY: 'Saturday',
    SUNDAY: 'Sunday',
  } satisfies Record<Weekday, string>,
  opens: (day: string) => `${day}, opens`,
  closes: (day: string) => `${day}, closes`,
  to: 'to',
  closedAllDay: 'closed',
  addHours: 'Add hours',
  addHoursOn: (day: string) => `Add hours on ${day}`,
  removeHours: (day: string) => `Remove these hours on ${day}`,
  holidays: 'Holidays',
  noHolidays: 'No holidays.',
  holidayDate: 'Date',
  addHoliday: 'Add a holiday',
  removeHoliday: (date: string) => `Remove the holiday ${date}`,
  holidaysMean: 'On holidays',
  holidayMeanings: { open: 'open during these hours', closed: 'closed during these hours' },
  forwarding: 'Forwarding',
  forwardTo: 'Forward calls to',
  forwardToNote: 'tel:+13105551234, sip:agent@example.com, or wss://… of a media server',
  forwardProblems: {
    empty: 'Enter where to forward calls',
    'not-a-destination': 'Enter a tel:, sip: or wss: address',
    'not-a-number': 'Enter the number like this: +13105551234',
    'own-number': 'A number cannot forward to itself. Enter another number',
    'not-a-sip-address': 'Enter the SIP address like this: sip:agent@example.com',
    'not-encrypted': 'Use wss:// instead of ws://. Calls must be encrypted',
    'not-a-media-server': 'Enter the server like this: wss://media.example.com/path',
  },
  recording: 'Record calls',
  recordingNote: 'The customer hears a notice first. The provider charges per minute.',
  recordings: 'Recordings',
  recordingsNote:
    'Both sides hear a notice first. WhatsApp keeps recordings for 7 days. Calls routed through the relay follow the relay’s settings.',
  purpose: 'Purpose',
  purposeNote: 'Required by WhatsApp, e.g. Quality assurance. Up to 250 characters.',
  purposeMissing: 'Enter the purpose of recording',
  noticeLanguage: 'Language of the spoken notice',
  transcript: 'Also transcribe calls',
  sipUsername: 'SIP user name',
  sipPassword: 'SIP password',
  sipPasswordSet: 'A password is stored. Type a new one to replace it.',
  maxCall: 'Maximum call length, in minutes',
  maxCallNote: 'Leave empty for no limit.',
  badMinutes: 'Enter whole minutes, up to 1,440',
  callerId: 'Number shown at the destination',
  callerIds: { business: 'Our number', caller: 'The customer’s number' },
  known: 'Details the provider does not share',
  knownNote: 'Enter these by hand. Ringdesk uses them to warn before a call.',
  tier: 'Messaging limit',
  tierNote: 'As the provider’s own page shows it, e.g. TIER_2K. Leave empty if not known.',
  sandbox: 'This is a test number',
  sandboxNote: 'Test numbers have higher limits.',
  balance: 'Prepaid balance',
  minimum: 'Minimum for calls',
  currency: 'Currency',
  balanceNote: 'Enter the exact amount, e.g. 9.98.',
  badAmount: 'Enter an amount, e.g. 9.98',
  badCurrency: 'Enter a currency code, e.g. USD',
  sums: 'Call costs, last 30 days',
  sumsNote: 'Totals from the provider only, no single calls.',
  sumsNone: 'No calls in the last 30 days.',
  sumsShow: 'Show call costs',
  day: 'Day',
  count: 'Calls',
  cost: 'Cost',
  average: 'Average',
  directions: { inbound: 'Incoming', outbound: 'Outgoing' },
  rateCard: 'Prices',
  rateCardNone:
    'No rate card imported, so costs are not shown. Prices change up to four times a year.',
  rateCardUsed: (name: string, moment: string) => `${name}, imported ${moment}`,
  rateCardFrom: (date: string, currency: string) => `Latest prices from ${date}, in ${currency}`,
  rateCardImport: 'Import a rate card',
  rateCardNote:
    'Meta’s own CSV for your currency, as downloaded, or a CSV with the columns effective_from, currency, region, areas, above_minutes and rate_per_minute.',
  warnings: {
    LOW_BUSINESS_INITIATED_CALLING_QUALITY: 'Customers complain about calls from this number',
    LOW_USER_INITIATED_CALLING_QUALITY: 'Customers complain about calls to this number',
    USER_INITIATED_CALLS_LOW_PICKUP_RATE:
      'Too many customer calls are missed. If this goes on, WhatsApp hides the call button',
  } as Readonly<Record<string, string>>,
} as const);

/** What a restriction takes away, by WhatsApp's name for it. */
export const restrictionWords: Readonly<Record<string, string>> = {
  RESTRICTED_BUSINESS_INITIATED_CALLING: 'it cannot call customers for now',
  RESTRICTED_USER_INITIATED_CALLING: 'customers cannot call it for now',
  RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING: 'no calls in either direction for now',
  RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN: 'customers see no call button for now',
};

/** In which WhatsApp can speak the notice of a recording (docs/providers/meta.md#recording). */
export const noticeLanguages: Readonly<Record<string, string>> = {
  en_US: 'English',
  nl: 'Dutch',
  fr: 'French',
  de: 'German',
  hi: 'Hindi',
  it: 'Italian',
  kn: 'Kannada',
  pt: 'Portuguese',
  es: 'Spanish',
  es_ES: 'Spanish (Spain)',
  te: 'Telugu',
  vi: 'Vietnamese',
};
