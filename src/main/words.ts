import { isolating } from '../shared/lib/foreign-text.ts';
import { englishLocale } from '../shared/lib/english-locale.ts';
import { assertNever } from '../shared/lib/assert-never.ts';
import type { Connection } from '../shared/protocol/connection.ts';

const locale = englishLocale(Intl.DateTimeFormat().resolvedOptions().locale);
const hourAndMinute = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const timeOfDay = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });

/**
 * Main's own sentences: tray, notification, ring window title. All others are in the renderer's
 * catalogue.
 */
export const words = isolating({
  app: 'Ringdesk',
  ring: 'Ringdesk – incoming call',
  accept: 'Accept',
  decline: 'Decline',
  undo: 'Undo',
  undoDecline: 'Undo decline',
  declined: (caller: string) => `Declined: ${caller}`,
  declinedNext: 'It is sent in a moment',
  show: 'Show Ringdesk',
  doNotDisturb: 'Do not disturb',
  backToOwn: (agent: string) => `Back to ${agent}’s numbers`,
  quit: 'Quit',
  ringsOn: {
    title: 'Ringdesk is still running',
    body: 'Calls go on ringing here. Click its icon in the tray to open it; to stop calls, choose Quit in the icon’s menu.',
  },
  unknownCaller: 'Unknown caller',
  incomingCall: (caller: string) => `${caller} is calling`,
  handedOver: (agent: string, caller: string) => `Transfer from ${agent}: ${caller}`,
  waiting: (caller: string) => `${caller} is on hold`,
  /** A clock time: what is shown outside of the windows does not count seconds. */
  waitingSince: (at: number, agent: string) =>
    `since ${timeOfDay.format(at)} · ${agent} lost connection. Pick up`,
  note: (text: string) => `“${text}”`,
  /** Which of our numbers is called. */
  onNumber: (label: string) => `on ${label}`,
  moreRinging: (count: number) => `+${count} ${count === 1 ? 'call' : 'calls'} ringing`,
  unreachable: (since: number) => `Calls cannot reach you since ${hourAndMinute.format(since)}`,
  unreachableNext: 'Open Ringdesk to see why.',
  tooltip: {
    unreachable: (since: number) =>
      `Ringdesk: calls cannot reach you since ${hourAndMinute.format(since)}`,
    ringing: (what: string) => `Ringdesk: ${what}`,
    active: (name: string) => `Ringdesk: on a call with ${name}`,
    /** After any of the others. */
    inDemo: (state: string) => `${state} (demo: your numbers do not ring here)`,
    dnd: 'Ringdesk: do not disturb',
    ready: 'Ringdesk: ready for calls',
    missed: (count: number) =>
      `Ringdesk: ready, ${count === 1 ? '1 missed call' : `${count} missed calls`}`,
  },
  unreadableToken: (label: string) => `the access token of “${label}” is missing or cannot be read`,
  insecureAddress: (label: string) =>
    `the address of “${label}” is not encrypted. Ask your admin for a profile with https:// addresses`,
  nothingSetUp: 'what was set up here is no longer in its file',
  unreadableRelayToken: 'the relay’s token is missing or cannot be used',
  rateCardTitle: 'Import a rate card',
  rateCardFilter: 'Rate card (CSV)',
  provisionTitle: 'Set up Ringdesk again?',
  provision: (file: string) =>
    `Another program wants Ringdesk to use the profile ${file}. It takes the place of the agent, the numbers and the keys that are set up here. Say yes only if you or your admin started it.`,
  provisionYes: 'Use this profile',
  provisionNo: 'Keep what is set up',
  importTitle: 'Import a profile',
  importFilter: 'Ringdesk profile',
  exportTitle: 'Export calls',
  refusedSwitches: (names: string) =>
    `Ringdesk does not take ${names}: it could let other programs into your calls. Start it without.`,
  folderReadOnly: (folder: string) =>
    `Ringdesk cannot write to its folder ${folder}. It starts all the same and rings, but keeps nothing when it quits.`,
  noFolder: (folder: string, why: string) =>
    `Ringdesk can write neither to its folder ${folder} nor to a temporary one: ${why}. Let your user write one of them.`,
  demoShop: 'Demo shop',
  demoAgent: 'You',
  fatalTitle: 'Ringdesk cannot start',
} as const);

/** Why no call can come in, for the tray; undefined while connected. */
export function offlineWords(connection: Connection): string | undefined {
  switch (connection.state) {
    case 'connected':
      return undefined;
    case 'connecting':
      return 'Ringdesk: connecting to the relay';
    case 'reconnecting':
      return 'Ringdesk: offline, reconnecting';
    case 'offline':
      return 'Ringdesk: offline, this computer has no network';
    case 'refused':
      return `Ringdesk: sign-in rejected: ${connection.message}`;
    case 'unconfigured':
      return 'Ringdesk: not set up, import a profile';
    default:
      return assertNever(connection, 'connection');
  }
}
