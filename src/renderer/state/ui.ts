import type {
  Dimension,
  InsightPart,
  InsightSlice,
} from '../../shared/protocol/insight-question.ts';
import { create } from 'zustand';
import type { CheckId } from '../../shared/checks/ids.ts';
import type { Span } from '../../shared/insight/ranges.ts';
import type { HistoryFilter } from '../../shared/ipc/history.ts';
import type { Message } from '../../shared/i18n/message.ts';
import { displayPhone } from '../../shared/lib/phone.ts';
import type { Party } from '../../shared/providers/events.ts';

export type View =
  | 'todo'
  | 'recent'
  | 'calls'
  | 'history'
  | 'contacts'
  | 'team'
  | 'insight'
  | 'start'
  | 'ready'
  | 'settings'
  | 'demo';

/** What a message says, in the language that is spoken when it is shown. */
export type Say = () => string | Message;

/** Something that was said to the agent. */
interface PastMessage {
  id: number;
  say: Say;
  /** Unix ms. */
  at: number;
}

/** A message to the agent. Errors stay until they are read or resolved; others fade. */
export interface Toast extends PastMessage {
  tone: 'info' | 'bad' | 'good';
  /** A new message with the same topic replaces this one. */
  topic: string | undefined;
}

export type CallsOf = 'me' | 'everybody' | { agentId: string };

/** What the agent chose in Insight. */
export interface InsightChoice {
  view: InsightPart['view'];
  dimension: Dimension;
  span: Span | 'own';
  /** Own dates, `YYYY-MM-DD`. */
  dates: { first: string; last: string };
  accountId: string | undefined;
  team: string | undefined;
  /** The whole team's calls, as the relay knows them. */
  ofTeam: boolean;
}

interface UiState {
  view: View;
  paletteOpen: boolean;
  /** The list of all keys is shown. */
  keysOpen: boolean;
  /**
   * The number field: its text and the country to parse it for. `named`: the digits came from a
   * provider and are dialled unchanged until the agent types.
   */
  entry: { text: string; country: string | undefined; named?: string | undefined };
  /** The number we call from; undefined means the first one. */
  accountId: string | undefined;
  filter: HistoryFilter;
  selectedCallId: string | undefined;
  /** Whose calls the history lists: this console's, the whole team's, or one agent's. */
  callsOf: CallsOf;
  /** Which figures are shown, of which calls. */
  insight: InsightChoice;
  /** The person whose page is open. */
  contact: Party | undefined;
  /** The field for a message to that person is to get the focus. */
  asksToWrite: boolean;
  /** Who is marked *do not call*, while the agent is asked whether to allow calls again. */
  allowCalls: Party | undefined;
  /** Who is open in the list of those who wait. */
  todo: { customer: string; party: Party } | undefined;
  /** Who is open in the list of those who were answered, and from which of our numbers. */
  recent: { accountId: string; customer: string; party: Party } | undefined;
  /** Our number whose settings are open. */
  numberSettings: string | undefined;
  /** The agent is asked whether to switch to the demo. */
  asksForDemo: boolean;
  /** The check that the agent was sent to, of one number or of all. */
  check: { id: CheckId; accountId: string | undefined } | undefined;
  /** Counts requests to focus the search field. */
  searchRequests: number;
  exportRequests: number;
  /** Counts requests to focus the number field. */
  newCallRequests: number;
  /** When another program last filled the number field, by `performance.now()`. */
  filledAt: number;
  /** In a window too narrow for both, the customer's pane is folded to the call's controls. */
  dockFolded: boolean;
  /** Messages on screen, oldest first. */
  toasts: readonly Toast[];
  /** Recent messages, oldest first. */
  pastMessages: readonly PastMessage[];
}

/** State of this window only: where the agent is and what they typed. */
export const useUi = create<UiState>(() => ({
  view: 'todo',
  paletteOpen: false,
  keysOpen: false,
  entry: { text: '', country: undefined },
  accountId: undefined,
  filter: {},
  selectedCallId: undefined,
  callsOf: 'me',
  insight: {
    view: 'hours',
    dimension: 'number',
    span: 'month',
    dates: { first: '', last: '' },
    accountId: undefined,
    team: undefined,
    ofTeam: false,
  },
  contact: undefined,
  asksToWrite: false,
  allowCalls: undefined,
  todo: undefined,
  recent: undefined,
  numberSettings: undefined,
  asksForDemo: false,
  check: undefined,
  searchRequests: 0,
  exportRequests: 0,
  newCallRequests: 0,
  filledAt: -Infinity,
  dockFolded: false,
  toasts: [],
  pastMessages: [],
}));

export function show(view: View): void {
  useUi.setState({ view });
}

/** Opens a call in the history, and clears the filter that may hide it. */
export function showCall(callId: string): void {
  useUi.setState({ view: 'history', selectedCallId: callId, callsOf: 'me' });
}

/** Lists calls in the history: those behind a figure, or the team's. */
export function openCalls(what: { insight: InsightSlice } | { of: string }): void {
  useUi.setState({
    view: 'history',
    selectedCallId: undefined,
    ...('insight' in what
      ? { callsOf: 'me', filter: { insight: what.insight } }
      : { callsOf: what.of === 'everybody' ? 'everybody' : { agentId: what.of } }),
  });
}

/** Opens a person's page. */
export function showContact(contact: Party): void {
  useUi.setState({ view: 'contacts', contact });
}

/** Opens a person's page, at the field for a message to them. */
export function writeTo(contact: Party): void {
  useUi.setState({ view: 'contacts', contact, asksToWrite: true });
}

/** Folds the customer's pane to the call's controls, where it leaves no room. */
export function foldDock(): void {
  useUi.setState({ dockFolded: true });
}

/** Opens “Ready to ring” at a check. */
export function showCheck(id: CheckId, accountId?: string): void {
  useUi.setState({ view: 'ready', check: { id, accountId } });
}

/** Opens the settings of one of our numbers. */
export function showNumber(accountId: string): void {
  useUi.setState({ view: 'settings', numberSettings: accountId });
}

/** Asks in the settings whether to switch to the demo. */
export function askForDemo(): void {
  useUi.setState({ view: 'settings', numberSettings: undefined, asksForDemo: true });
}

/** Puts a number (digits) into the number field and shows it; the agent still has to press Call. */
export function prepareDial(named: string, accountId?: string): void {
  useUi.setState((state) => ({
    view: 'calls',
    entry: { text: displayPhone(named), country: undefined, named },
    accountId: accountId ?? state.accountId,
  }));
}

/**
 * Fills the number field for another program.
 *
 * @param accountId our number that calls; undefined leaves the one that is chosen
 * @param isShown whether the field is also shown and focused
 */
export function fillNewCall(text: string, accountId: string | undefined, isShown: boolean): void {
  useUi.setState((state) => ({
    entry: { text, country: undefined },
    accountId: accountId ?? state.accountId,
    ...(isShown && {
      view: 'calls',
      paletteOpen: false,
      newCallRequests: state.newCallRequests + 1,
      filledAt: performance.now(),
    }),
  }));
}

/** Says what the agent should know about the number that was just filled in, all at once. */
export function sayRemarks(remarks: () => readonly string[]): void {
  if (remarks().length === 0) return;
  const say = () => {
    const [what = '', ...list] = remarks();
    return { what, ...(list.length > 0 && { list }) };
  };
  toast('info', say, 'new-call');
}

/** Opens the number field and focuses it. */
export function newCall(): void {
  useUi.setState((state) => ({ view: 'calls', newCallRequests: state.newCallRequests + 1 }));
}

/** Opens the history and focuses the search field. */
export function focusSearch(): void {
  useUi.setState((state) => ({ view: 'history', searchRequests: state.searchRequests + 1 }));
}

let lastToast = 0;
const KEPT = 50;

/** Shows a message. It replaces one with the same topic or the same text. */
export function toast(tone: Toast['tone'], say: Say, topic?: string): void {
  const now: Toast = { id: ++lastToast, tone, say, topic, at: Date.now() };
  useUi.setState(({ toasts, pastMessages }) => ({
    toasts: [...toasts.filter((one) => !isReplaced(one, now)), now],
    pastMessages: [...pastMessages, now].slice(-KEPT),
  }));
}

function isReplaced(before: Toast, now: Toast): boolean {
  if (now.topic !== undefined && before.topic === now.topic) return true;
  return wordsOf(before).what === wordsOf(now).what && before.tone === now.tone;
}

/** A message as it is said now. */
export function wordsOf({ say }: PastMessage): Message {
  const said = say();
  return typeof said === 'string' ? { what: said } : said;
}

/** Removes a message that the agent has closed. */
export function dismissToast(id: number): void {
  useUi.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** Removes the message of a topic that is resolved. */
export function resolveToast(topic: string): void {
  const { toasts } = useUi.getState();
  if (!toasts.some((one) => one.topic === topic)) return;
  useUi.setState({ toasts: toasts.filter((one) => one.topic !== topic) });
}

/** Adds a message that is shown elsewhere to the list of recent messages. */
export function recordMessage(say: Say, at: number): void {
  useUi.setState(({ pastMessages }) => ({
    pastMessages: [...pastMessages, { id: ++lastToast, say, at }].slice(-KEPT),
  }));
}
