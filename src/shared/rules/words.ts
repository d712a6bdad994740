import type { RateCardProblemCode } from './cost/rate-card-csv.ts';
import type { BillDifference } from './cost/reconcile.ts';
import type { Finding, FindingCode } from './findings.ts';
import type { HoursProblem } from './hours-problems.ts';

/** Two sentences: what is the matter, and what to do next. `{names}` are filled from the values. */
export interface Words {
  what: string;
  next: string;
}

/** Every finding in words. */
export const findingWords: Readonly<Record<FindingCode, Words>> = {
  'permission-unchecked': {
    what: 'It is not known yet whether this person lets you call.',
    next: 'Check the permission.',
  },
  'permission-unavailable': {
    what: 'The provider could not say whether this person lets you call.',
    next: 'Call anyway, or check again in a minute. The provider refuses a call without permission.',
  },
  'permission-missing': {
    what: 'This person has not allowed calls from this number.',
    next: 'Ask for permission.',
  },
  'permission-declined': {
    what: 'This person declined calls ({declinedAt}).',
    next: 'Ask again after 24 hours, or write instead.',
  },
  'permission-revoked': {
    what: 'The permission to call is gone ({revokedAt}): the customer or WhatsApp took it back.',
    next: 'Ask for permission again.',
  },
  'permission-expired': {
    what: 'The permission to call has run out ({expiredAt}).',
    next: 'Ask for permission again.',
  },
  'permission-maybe-revoked': {
    what: '{unanswered} calls in a row were not answered, so WhatsApp has most likely withdrawn the permission.',
    next: 'Check the permission.',
  },
  'permission-temporary': {
    what: 'This person allowed calls for a limited time.',
    next: 'You can call until then.',
  },
  'permission-permanent': {
    what: 'This person allowed calls until further notice.',
    next: 'You can call.',
  },
  'permission-answer-old': {
    what: 'The permission may have changed since it was last checked ({checkedAt}).',
    next: 'Check the permission again.',
  },
  'call-refused': {
    what: 'The provider does not allow a call to this person now and gives no reason.',
    next: 'Check the permission again in a few minutes.',
  },
  'call-limit': {
    what: 'This person has taken {max} of your calls within {hours} hours, which is the limit.',
    next: 'Wait until the limit frees up, or write instead.',
  },
  'calls-left': {
    what: '{left} of {max} answered calls within {hours} hours are left.',
    next: 'You can call.',
  },
  'unanswered-some': {
    what: '{unanswered} calls in a row were not answered. WhatsApp has asked this person whether you may still call; after {limit} the permission ends.',
    next: 'Write before you call again.',
  },
  'unanswered-last': {
    what: '{unanswered} calls in a row were not answered. If the next one is not answered either, the permission ends.',
    next: 'Write first, and call at a time you have agreed on.',
  },
  'permission-not-needed': {
    what: 'This number needs no permission to call.',
    next: 'You can call.',
  },
  'permission-already-permanent': {
    what: 'This person has allowed calls until further notice already.',
    next: 'You can call.',
  },
  'declined-recently': {
    what: 'This person declined calls ({declinedAt}).',
    next: 'Ask again when 24 hours have passed.',
  },
  'request-limit': {
    what: 'No more than {max} permission requests may be sent within {hours} hours.',
    next: 'Wait, or let the customer call you: a call gives the requests back.',
  },
  'request-refused': {
    what: 'The provider does not allow a permission request now and gives no reason.',
    next: 'Check the permission again in a few minutes.',
  },
  'requests-left': {
    what: '{left} of {max} permission requests within {hours} hours are left.',
    next: 'You can ask for permission.',
  },
  'request-pending': {
    what: 'A permission request is not answered yet ({sentAt}).',
    next: 'Wait for the answer. It can be given for seven days.',
  },
  'request-form-unsupported': {
    what: 'This provider cannot send a permission request as a {form} message.',
    next: 'Send it in the other form.',
  },
  'window-open': {
    what: 'The customer wrote or spoke with you within the last 24 hours.',
    next: 'You can write freely until the window closes.',
  },
  'window-closed': {
    what: 'The customer has not written or called within the last 24 hours.',
    next: 'Send a template message, or wait for the customer.',
  },
  'window-needs-reply': {
    what: 'A template message was sent, but the customer has not replied yet.',
    next: 'Wait for the reply: it opens the 24 hours.',
  },
  'call-window-disputed': {
    what: 'The customer has not written or called within the last 24 hours. 360dialog says that calls need this, Meta does not.',
    next: 'Try the call. If it is refused, send a template message first.',
  },
  'country-blocked': {
    what: 'Calls to customers are not available for business numbers from {country}.',
    next: 'Call from a number of another country, or ask the customer to call you.',
  },
  'country-refused': {
    what: 'The provider refused ({refusedAt}): calls to customers are not available for this number’s country.',
    next: 'Call from a number of another country, or ask the customer to call you.',
  },
  'country-unknown': {
    what: 'The country of this business number cannot be told, so it is not known whether calls to customers are available.',
    next: 'Check the number in the settings.',
  },
  'region-sanctioned': {
    what: 'Calls with numbers from {region} are not possible.',
    next: 'There is nothing you can do in Ringdesk.',
  },
  'region-doubtful': {
    what: 'The number may belong to the sanctioned part of {region}; calls with it can be refused.',
    next: 'Make sure where this person is before you call.',
  },
  'region-unreliable': {
    what: 'Internet calls with {country} are restricted there and may fail or not connect.',
    next: 'If the call fails, write instead.',
  },
  'calling-off': {
    what: 'Calls are switched off for this number.',
    next: 'Ask an administrator to enable calling in the number’s settings.',
  },
  'tier-too-low': {
    what: 'The messaging limit of this number ({tier}) is below the {needed} that calling asks for.',
    next: 'Raise the limit with your provider if calls are refused.',
  },
  'tier-disputed': {
    what: 'The messaging limit of this number ({tier}) meets the {needed} that this provider names, but not the {otherNeeded} of WhatsApp.',
    next: 'Raise the limit with your provider if calls are refused.',
  },
  'tier-refused': {
    what: 'The provider refused to enable calling ({refusedAt}): the messaging limit is too low (138015).',
    next: 'Raise the messaging limit with your provider, then enable calling again.',
  },
  'payment-missing': {
    what: 'WhatsApp refused a call ({refusedAt}): the business account has no valid payment method (131044).',
    next: 'Add a payment method to the WhatsApp Business Account, then try again.',
  },
  'customer-not-callable': {
    what: 'WhatsApp could not call this person ({refusedAt}): not on WhatsApp, terms not accepted, or an app that is too old (138001).',
    next: 'Write instead, or ask the customer to update WhatsApp.',
  },
  'calling-paused': {
    what: 'WhatsApp paused calls to customers because of bad feedback ({refusedAt}). A pause lasts up to seven days.',
    next: 'Read the notice in WhatsApp Manager.',
  },
  restricted: {
    what: 'WhatsApp restricted this account: no calls to customers ({restriction}).',
    next: 'Read the notice in WhatsApp Manager.',
  },
  'restricted-inbound': {
    what: 'WhatsApp restricted this account: customers cannot call as usual ({restriction}).',
    next: 'Read the notice in WhatsApp Manager.',
  },
  'restriction-unknown': {
    what: 'WhatsApp put a restriction on this account that Ringdesk does not know: {restriction}.',
    next: 'Read the notice in WhatsApp Manager.',
  },
  'balance-too-low': {
    what: 'The balance is {balance} {currency}; calls need {minimum} {currency}.',
    next: 'Top up at least {shortfall} {currency}.',
  },
  'balance-unreadable': {
    what: 'The balance ({balance}) or its minimum ({minimum}) is not a number.',
    next: 'Correct it in the settings.',
  },
  'already-in-call': {
    what: 'You are in a call with this person.',
    next: 'End that call first.',
  },
  'colleague-in-call': {
    what: 'A colleague is in a call with this person.',
    next: 'Ask your colleague, or wait until that call ends.',
  },
  'concurrent-limit': {
    what: 'This number has {max} calls going on, which is the limit.',
    next: 'Wait until one of them ends. Customers who call now hear a failure, and you are not told.',
  },
  'concurrent-limit-account': {
    what: 'The WhatsApp Business Account has {max} calls going on over all its numbers, which is the limit.',
    next: 'Wait until one of them ends. Customers who call now hear a failure, and you are not told.',
  },
  'outside-hours': {
    what: 'It is outside your call hours: the customer could not call back now.',
    next: 'Better call when you are open.',
  },
  'hours-unreadable': {
    what: 'The time zone of the call hours, {zone}, is unknown.',
    next: 'Correct it in the settings.',
  },
  'cost-rate': {
    what: 'A minute to {region} costs {perMinute} {currency}, billed in steps of six seconds at {perPulse} {currency}.',
    next: 'Nothing is charged unless the customer answers.',
  },
  'cost-unknown': {
    what: 'The rate card has no rate in {currency} for this number.',
    next: 'Import a newer rate card.',
  },
  'cost-by-minute': {
    what: 'This provider shows the cost of whole minutes, although WhatsApp bills steps of six seconds.',
    next: 'Compare its figure with the bill of WhatsApp.',
  },
};

/** Why a file is no rate card, in words; `{line}` and `{what}` come from the problem. */
export const rateCardWords: Readonly<Record<RateCardProblemCode, string>> = {
  empty: 'The file has no rates.',
  'missing-column': 'Line {line}: the column {what} is missing.',
  'unclosed-quote': 'Line {line}: a quotation mark is not closed.',
  'too-few-fields': 'Line {line}: there are only {what} fields.',
  'bad-date': 'Line {line}: “{what}” is not a date like 2026-10-01.',
  'bad-currency': 'Line {line}: “{what}” is not a currency like USD.',
  'bad-area': 'Line {line}: “{what}” is not a country like MX, a calling code like +44, or *.',
  'bad-minutes': 'Line {line}: “{what}” is not a number of minutes.',
  'bad-rate': 'Line {line}: “{what}” is not a price like 0.0095.',
  'repeated-area': 'Line {line}: {what} has a price for this date, currency and tier already.',
  'no-first-tier': 'Line {line}: {what} has no price for the first minutes of a month (above 0).',
};

/** How our account of a call differs from the provider's bill. */
export const billDifferenceWords: Readonly<Record<BillDifference['code'], string>> = {
  unreadable: 'The bill’s amount “{theirs}” is not a number.',
  currency: 'The bill is in {theirs}, our account in {ours}.',
  'billed-unanswered': 'Nobody answered, but {theirs} were billed.',
  'not-billed': 'We expected {ours}; nothing was billed.',
  'whole-minutes':
    'We expected {ours} in steps of six seconds; {theirs} were billed for whole minutes.',
  duration: 'We counted {ours} seconds, the bill {theirs}.',
  amount: 'We expected {ours}; {theirs} were billed, a difference of {by}.',
};

/** Why call hours would be refused. */
export const hoursProblemWords: Readonly<Record<HoursProblem['code'], string>> = {
  'unknown-zone': 'The time zone {zone} is unknown.',
  'no-hours': 'There are no hours on any day.',
  'bad-time': '“{time}” is not a time like 0930.',
  'open-not-before-close':
    '{where}: opening has to be before closing. Split hours over midnight in two.',
  'too-many-entries': '{where}: at most two entries are possible.',
  overlap: '{where}: the hours overlap.',
  'bad-date': '“{date}” is not a date like 2026-12-24.',
  'past-holiday': 'The holiday {date} is over.',
  'too-many-holidays': 'There are {count} holidays; at most 20 are possible.',
};

/** Turns a value into text: a time where the name ends in `At`, a country, a number. */
export type ShowValue = (name: string, value: string | number) => string;

/** The sentences of a finding with their values filled in. */
export function wordsOf(finding: Finding, show: ShowValue): Words {
  const { what, next } = findingWords[finding.code];
  return {
    what: sentence(what, finding.values, show),
    next: sentence(next, finding.values, show),
  };
}

/** A sentence with its `{names}` filled in; a name without a value stays as it is. */
export function sentence(
  words: string,
  values: Readonly<Record<string, string | number>>,
  show: ShowValue = (_, value) => String(value),
): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : show(name, value);
  });
}
