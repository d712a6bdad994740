import type { CallView } from '../../shared/call/record.ts';
import type { LiveCall, Notice } from '../../shared/ipc/model.ts';
import type { HandoverEnd, Teammate } from '../../shared/relay/protocol.ts';

/** What somebody of the team is doing. */
export const presenceWords: Record<Teammate['presence'], string> = {
  available: 'Available',
  'on-call': 'On a call',
  'wrap-up': 'Wrapping up',
  dnd: 'Do not disturb',
  away: 'Away',
  offline: 'Offline',
};

export const teamWords = {
  presence: 'Your presence',
  presenceFor: (state: string, minutes: number) =>
    `${state} for ${minutes < 60 ? `${minutes} min` : `${minutes / 60} h`}`,
  until: (when: string) => `until ${when}`,
  team: 'Team',
  intro: 'Who is here, and what they are doing.',
  emptyTitle: 'Nobody else yet',
  empty: 'Teammates appear here once the relay knows them.',
  you: 'you',
  forLong: (length: string) => `for ${length}`,
  noTransfers: 'takes no transfers',
  callsTitle: 'Calls in progress',
  noCalls: 'Nobody is on a call.',
  talksWith: (agent: string, party: string) => `${agent} with ${party}`,
  hold: 'Hold',
  resume: 'Resume',
  holdDirect: 'Not in a direct call: only calls that the relay carries can be put on hold',
  transfer: 'Transfer',
  movingAlready: 'The call is on its way to a teammate: take it back first',
  transferTitle: 'Transfer this call',
  transferText: 'The customer hears hold music until your teammate answers.',
  transferDirect: 'Not in a direct call: WhatsApp connects it to this window and cannot move it',
  notConnected: 'Only once the call is connected',
  teammate: 'Teammate',
  pickTeammate: 'Choose a teammate',
  searchTeammate: 'Name or team',
  noTeammate: 'Nobody of that name is here',
  pickFirst: 'Choose a teammate first',
  noneFree: 'Nobody else is free at the moment',
  note: 'Note',
  notePlaceholder: 'What your teammate should know',
  consult: 'Talk to them first',
  keep: 'Keep the call',
  asking: (to: string, seconds: number) => `Customer on hold · asking ${to}, ${seconds} s`,
  askingText: (to: string) => `The customer hears hold music until ${to} answers.`,
  cancelTransfer: 'Cancel transfer',
  talkingWith: (name: string) => `Talking with ${name} · customer on hold`,
  consulting: 'Hand the customer over when you have said what matters, or take them back.',
  asked: (name: string) => `${name} talks with you first, and then hands the customer over.`,
  handOver: 'Hand over',
  takeBack: 'Take back',
  onHold: 'Customer on hold',
  resumeNote: 'They hear hold music until you resume',
  rejoining: (seconds: number) => `Reconnecting the sound, ${seconds} s`,
  holdMusic: 'The customer hears hold music',
  transferTo: (name: string) => `Transfer to ${name}`,
  waitingFor: (length: string) => `Waiting ${length}`,
  keys: 'Keys pressed',
  listens: (name: string) => `${name} listens`,
  whispers: (name: string) => `${name} listens and can speak to you`,
  listen: 'Listen',
  whisper: 'Whisper',
  stop: 'Stop listening',
  connecting: 'Connecting',
  listening: 'You are listening',
  whispering: 'The agent hears you, the customer does not',
  customerLeg: 'Customer to relay',
  agentLeg: 'You to relay',
  legFigures: (lost: string, rtt: string) => `${lost} lost, ${rtt}`,
  from: 'Came from',
  transferredTo: 'Offered to',
  everyone: 'everyone',
  ownShare: (whole: string | undefined) =>
    whole === undefined ? 'Your part' : `Your part of ${whole}`,
  story: 'At this desk',
  rang: 'It rang here',
  placed: 'You called',
  talked: (length: string) => `you talked ${length}`,
} as const;

/** A ring, said aloud: a customer who calls, or a teammate's call. */
export function announceWords(name: string, { account, handover }: LiveCall): string {
  if (!handover) return `${name} is calling on ${account.label}`;
  const { why, from, note } = handover;
  if (why === 'waiting') return `${name} is waiting, ${from}’s console is gone`;
  return `${from} hands over ${name}${note === undefined ? '' : `: ${note}`}`;
}

/** Who hands a call over, and why it rings. */
export function handoverWords({ from, why }: NonNullable<LiveCall['handover']>): string {
  return why === 'transfer'
    ? `${from} hands this call over`
    : `Caller waiting: ${from}’s console is gone`;
}

/** The same when it is history. */
export function cameByWords({ from, why }: NonNullable<LiveCall['handover']>): string {
  return why === 'transfer'
    ? `${from} handed it over`
    : `The caller was waiting: ${from}’s console was gone`;
}

const ends: Record<HandoverEnd, string> = {
  accepted: 'took the call',
  declined: 'declined',
  unanswered: 'did not answer',
  'teammate-gone': 'lost the connection',
  cancelled: 'you took it back',
  'caller-gone': 'the customer hung up',
  refused: 'could not be given the call',
};

/** One step of the way a call took. */
export function transferWords(one: NonNullable<CallView['transfers']>[number]): string {
  const to = one.to === '' ? teamWords.everyone : one.to;
  return one.end === undefined ? to : `${to}: ${ends[one.end]}`;
}

/** Why a call came back. */
export function revertWords({ values }: Notice): string {
  const known: Readonly<Record<string, string>> = ends;
  return `${values['name'] ?? ''} ${known[values['end'] ?? ''] ?? ''}`.trim();
}

/** The relay's refusals that an agent can do something about. */
export const refusalWords: Readonly<Record<string, string>> = {
  busy: 'Your teammate is on another call now',
  'on-call': 'Your teammate is on another call now',
  'wrap-up': 'Your teammate is still wrapping up their last call',
  dnd: 'Your teammate does not want to be disturbed now',
  away: 'Your teammate is away now',
  offline: 'Your teammate’s console is not connected any more',
  restricted: 'This agent takes no transferred calls',
  'unknown-teammate': 'The relay does not know this teammate any more',
  'not-yours': 'The call is not yours any more',
  ended: 'That was over already',
  taken: 'Somebody else was first',
  role: 'Only supervisors may listen to calls',
  unknown: 'The relay does not know this call any more',
};
