import { isolating, sentence } from '../../shared/lib/foreign-text.ts';
import type { CallView } from '../../shared/call/record.ts';
import type { LiveCall, Notice } from '../../shared/ipc/model.ts';
import type { CallOfferEnd, Teammate } from '../../shared/protocol/frames.ts';

/** What somebody of the team is doing. */
export const presenceWords: Record<Teammate['presence'], string> = {
  available: 'Available',
  'on-call': 'On a call',
  'wrap-up': 'Wrapping up',
  dnd: 'Do not disturb',
  away: 'Away',
  offline: 'Offline',
};

export const teamWords = isolating({
  presence: 'Your presence',
  presenceFor: (state: string, minutes: number) =>
    `${state} for ${minutes < 60 ? `${minutes} min` : `${minutes / 60} h`}`,
  until: (when: string) => `until ${when}`,
  team: 'Team',
  intro: 'Your teammates and their calls.',
  emptyTitle: 'No teammates yet',
  empty: 'Teammates appear here when they sign in.',
  you: 'you',
  forLong: (length: string) => `for ${length}`,
  noTransfers: 'no transfers',
  callsTitle: 'Calls in progress',
  noCalls: 'Nobody is on a call.',
  talksWith: (agent: string, party: string) => `${agent} with ${party}`,
  hold: 'Hold',
  resume: 'Resume',
  holdDirect:
    'Hold is not available on this number. Ask your admin to route calls through the relay',
  transfer: 'Transfer',
  movingAlready: 'A transfer is in progress. Cancel it first',
  transferTitle: 'Transfer this call',
  transferText: 'The customer hears hold music until your teammate answers.',
  transferDirect:
    'Transfer is not available on this number. Ask your admin to route calls through the relay',
  notConnected: 'Available once the call connects',
  teammate: 'Teammate',
  pickTeammate: 'Choose a teammate',
  searchTeammate: 'Name or team',
  noTeammate: 'No teammate found',
  pickFirst: 'Choose a teammate first',
  noneFree: 'No teammate is available right now',
  note: 'Note',
  notePlaceholder: 'What your teammate should know',
  consult: (name: string | undefined) => `Ask ${name ?? 'teammate'} first`,
  cancel: 'Cancel',
  quoted: (note: string) => `“${note}”`,
  asking: (to: string, seconds: number) => `Customer on hold · asking ${to}, ${seconds} s`,
  askingText: (to: string) => `The customer hears hold music until ${to} answers.`,
  cancelTransfer: 'Cancel transfer',
  talkingWith: (name: string) => `Talking with ${name} · customer on hold`,
  consulting: (name: string) => `Briefed ${name}? Transfer the customer, or return to the call.`,
  asked: (name: string) => `${name} is briefing you. The customer joins next.`,
  handOver: 'Transfer now',
  takeBack: 'Return to customer',
  /** Hanging up while consulting leaves the customer to the teammate. */
  leave: 'Leave',
  onHold: 'Customer on hold',
  resumeNote: 'The customer hears hold music until you resume',
  rejoining: (seconds: number) => `Reconnecting audio, ${seconds} s`,
  holdMusic: 'The customer hears hold music',
  transferTo: (name: string) => `Transfer to ${name}`,
  waitingFor: (length: string) => `Waiting ${length}`,
  keys: 'Keys pressed',
  listens: (name: string) => `${name} is listening`,
  whispers: (name: string) => `${name} is listening and can talk to you`,
  listen: 'Listen',
  whisper: 'Whisper',
  stop: 'Stop listening',
  connecting: 'Connecting',
  listening: 'You are listening',
  whispering: 'Only the agent hears you',
  customerLeg: 'Customer to relay',
  agentLeg: 'You to relay',
  legStats: (lost: string, rtt: string) => `${lost} lost, ${rtt}`,
  from: 'Transfer from',
  transferredTo: 'Offered to',
  everyone: 'everyone',
  ownShare: (whole: string | undefined) =>
    whole === undefined ? 'Your talk time' : `Your share of ${whole}`,
  story: 'On your side',
  rang: 'Rang for you',
  placed: 'You called',
  talked: (length: string) => `you talked ${length}`,
} as const);

/** A ring, said aloud: a customer who calls, or a teammate's call. */
export function announceWords(name: string, { account, callOffer }: LiveCall): string {
  if (!callOffer) return sentence`${name} is calling on ${account.label}`;
  const { why, from, note } = callOffer;
  if (why === 'requeue') return sentence`${name} is on hold: ${from} lost connection. Pick up`;
  return sentence`Transfer from ${from}: ${name}${note === undefined ? '' : `. Note: ${note}`}`;
}

/** Who hands a call over, and why it rings. */
export function callOfferWords({ from, why }: NonNullable<LiveCall['callOffer']>): string {
  return why === 'transfer'
    ? sentence`Transfer from ${from}`
    : sentence`On hold: ${from} lost connection. Pick up`;
}

/** The same when it is history. */
export function cameByWords({ from, why }: NonNullable<LiveCall['callOffer']>): string {
  return why === 'transfer'
    ? sentence`Transferred by ${from}`
    : sentence`Was on hold: ${from} lost connection`;
}

const ends: Record<CallOfferEnd, string> = {
  accepted: 'answered',
  declined: 'declined',
  unanswered: 'did not answer',
  'teammate-gone': 'lost connection',
  cancelled: 'you cancelled',
  'caller-gone': 'the customer hung up',
  refused: 'transfer failed',
};

/** One step of the way a call took. */
export function transferWords(one: NonNullable<CallView['transfers']>[number]): string {
  const to = one.to === '' ? teamWords.everyone : one.to;
  return one.end === undefined ? to : sentence`${to}: ${ends[one.end]}`;
}

/** Why a call came back. */
export function revertWords({ values }: Notice): string {
  const known: Readonly<Record<string, string>> = ends;
  return sentence`${values['name'] ?? ''} ${known[values['end'] ?? ''] ?? ''}`.trim();
}

/** The relay's refusals that an agent can do something about. */
export const refusalWords: Readonly<Record<string, string>> = {
  busy: 'Your teammate is on another call now',
  'on-call': 'Your teammate is on another call now',
  'wrap-up': 'Your teammate is still wrapping up their last call',
  dnd: 'Your teammate is on do not disturb',
  away: 'Your teammate is away now',
  offline: 'Your teammate is offline now',
  restricted: 'This teammate does not take transfers',
  'unknown-teammate': 'This teammate is no longer in the team',
  'not-yours': 'This call is no longer yours',
  ended: 'This call has already ended',
  taken: 'A teammate was faster',
  role: 'Only supervisors can listen to calls',
  unknown: 'This call has already ended',
};
