import { serviceWindowMs } from './data/limits.ts';
import { providers, type RequestForm } from './data/providers.ts';
import { inOrder, type ContactEvent, type Facts } from './facts.ts';
import { finding } from './findings.ts';
import { ruling, silent, type Ruling } from './ruling.ts';

/** The customer service window of one person with one number. */
export type WindowState =
  | { open: true; closesAt: number }
  /** `awaitsReply`: a template went out since it closed, and the customer has not answered yet. */
  | { open: false; closedAt?: number | undefined; awaitsReply: boolean };

/**
 * The 24 h window, opened or extended by a customer's message, a customer's call (answered or not)
 * and a business call the customer accepted (360dialog, "Customer Service Window and Calls"; Meta;
 * respond.io).
 *
 * A template does not open it: 360dialog says it can be opened "using a template message",
 * respond.io that the customer must reply first. For free-form messages and requests the stricter
 * reading is right.
 */
export function serviceWindow(history: readonly ContactEvent[], now: number): WindowState {
  const ordered = inOrder(history);
  const openedAt = ordered.reduce<number | undefined>(
    (latest, event) => max(latest, opens(event)),
    undefined,
  );
  const closesAt = openedAt === undefined ? undefined : openedAt + serviceWindowMs.value;
  if (closesAt !== undefined && now < closesAt) return { open: true, closesAt };
  const awaitsReply = ordered.some(
    (event) => event.kind === 'template-sent' && event.at >= (closesAt ?? -Infinity),
  );
  return { open: false, closedAt: closesAt, awaitsReply };
}

/** When this event opened the window, if it did. */
function opens(event: ContactEvent): number | undefined {
  switch (event.kind) {
    case 'customer-message':
    case 'customer-call':
      return event.at;
    case 'business-call':
      return event.outcome === 'connected' ? event.connectedAt : undefined;
    default:
      return undefined;
  }
}

const max = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b);

/** Whether a free-form message may go out. */
export function freeFormRuling(facts: Facts, now: number): Ruling {
  if (!providers[facts.provider].serviceWindow.value) return silent;
  const window = serviceWindow(facts.history, now);
  if (window.open) return ruling([finding('window-open', {}, { changesAt: window.closesAt })]);
  return ruling([finding(window.awaitsReply ? 'window-needs-reply' : 'window-closed', {})]);
}

/** Whether this form of permission request may be sent: only a template needs no open window. */
export function requestWindowRuling(facts: Facts, now: number, form: RequestForm): Ruling {
  const forms = providers[facts.provider].requestForms.value;
  if (!forms.includes(form)) return ruling([finding(`request-${form}-unsupported`, {})]);
  if (form === 'template') return silent;
  const window = serviceWindow(facts.history, now);
  if (window.open) return ruling([finding('window-open', {}, { changesAt: window.closesAt })]);
  const next = forms.includes('template') ? 'request-by-template' : undefined;
  return ruling([
    finding(window.awaitsReply ? 'window-needs-reply' : 'window-closed', {}, { next }),
  ]);
}

/**
 * Whether placing a call needs an open window. Not with permission, according to Meta. 360dialog's
 * older page says it does, but 360dialog only forwards to Meta's endpoint. So a closed window only
 * warns there: a call that Meta refuses costs nothing, while blocking would prevent calls that
 * work.
 */
export function callWindowRuling(facts: Facts, now: number): Ruling {
  if (providers[facts.provider].callNeedsWindow.value === 'no') return silent;
  const window = serviceWindow(facts.history, now);
  return window.open ? ruling([], window.closesAt) : ruling([finding('call-window-disputed', {})]);
}
