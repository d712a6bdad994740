import type { Blame, InsightSlice } from '../protocol/insight-question.ts';
import type { CallRecordings, TranscriptHit } from './recordings.ts';
import type { CsvSeparator, ExportColumn, ExportFormat, ExportPeriod } from './export.ts';
import type { Language, LanguageSetting } from '../i18n/languages.ts';
import type { Outcome } from '../call/record.ts';
import type { KnownDevice } from '../devices/preference.ts';
import type { CallView } from '../call/view.ts';
import type { EndReason } from '../call/model.ts';
import type { MediaPath } from '../providers/media-path.ts';
import type { RecordingPolicy } from '../recording/policy.ts';
import type { Capabilities } from '../providers/capabilities.ts';
import type { Party } from '../providers/events.ts';
import type { Finding } from '../rules/findings.ts';
import type { ProviderId } from '../rules/data/providers.ts';
import type { Connection } from '../protocol/connection.ts';
import type { RelayedCallStatus, Presence, Teammate } from '../protocol/frames.ts';
import type { AgentFigures, NumberFigures, TeamCall } from '../protocol/team.ts';
import type { WrapUpForm } from '../protocol/wrap-up.ts';
import type { LocalApiState } from './programs.ts';
import type { ScreenPop } from '../links/screen-pop.ts';
import type { OpenedInvitation } from './set-up.ts';
import type { KeptMessage } from './team-message.ts';
import type { RingerFacts } from '../checks/facts.ts';
import type { ReadySummary } from './ready.ts';
import type { TodoCounts } from './todo.ts';
import type { UpdateView } from './updates.ts';

/**
 * Everything that windows mirror. Main sends all of it on every change: it is small, and no part
 * can be stale.
 */
export interface Snapshot {
  /** Increases with every change. */
  revision: number;
  /**
   * Main's clock when it was sent, Unix ms: the times below are by it, and it does not jump as a
   * machine's clock may.
   */
  now: number;
  app: {
    version: string;
    electron: string;
    /** Of every window, menu and notification. */
    language: Language;
    /** `demo`: the built-in workspace with simulated customers. */
    workspace: 'none' | 'demo' | 'profile';
    profileName?: string | undefined;
    /** The ring window is dragged by us and not by the system. */
    dragsRingWindow?: boolean | undefined;
    /** The remote desktop in which it runs, whose microphone and speaker it uses. */
    remoteSession?: RemoteSession | undefined;
    /** In the demo: the agent of the profile, whose numbers do not ring meanwhile. */
    ownNumbersOf?: string | undefined;
    /** Nothing was ever set up here before this start. */
    firstStart?: true | undefined;
    /** An invitation's link was opened, and waits for the agent's word. */
    invitation?: OpenedInvitation | undefined;
  };
  agent: { id: string; name: string } | undefined;
  accounts: readonly AccountView[];
  connection: Connection;
  /** A proxy to the relay or a provider asks for a password. */
  proxyAsks?: ProxyAsks | undefined;
  /** The network shows a sign-in page in place of the relay. */
  portal?: boolean | undefined;
  /** Calls that rang or ended while the console was offline, newest first, until seen. */
  missedWhileAway: readonly string[];
  /** Live calls and those that ended within the last few seconds, oldest first. */
  calls: readonly LiveCall[];
  /** Missed calls that were neither seen nor returned. */
  unseenMissed: number;
  /** All calls of the log. */
  loggedCalls: number;
  /** Customers' messages that this agent has not read. */
  unreadMessages: number;
  /** Customers who wait now. */
  todo: TodoCounts;
  /** What keeps our numbers from ringing, from being heard, or from calling. */
  ready: ReadySummary;
  /** Whether this console can ring. */
  ringer: RingerFacts;
  presence: PresenceView;
  /** What agents choose from after a call, as their admin set it. */
  wrapUpForm: WrapUpForm;
  /** Every agent of the relay, including this one. */
  team: readonly Teammate[];
  /** Teammates' calls that a supervisor may listen to; empty for other agents. */
  supervisable: readonly SupervisableCall[];
  /** Short messages among teammates, newest first. */
  messages: readonly KeptMessage[];
  vault: VaultState;
  /** The console's database file, if there is anything to report. */
  storage?: StorageView | undefined;
  settings: Settings;
  /** What the organisation has set; missing without a policy. */
  organisation?: PolicyView | undefined;
  updates: UpdateView;
  localApi?: LocalApiState | undefined;
  /** The profile's, which replaces the agent's own. */
  lockedScreenPop?: ScreenPop | undefined;
  keys: GlobalKeys;
  /** Notices, newest last; each stays until dismissed or resolved. */
  notices: readonly Notice[];
}

/** What windows know of the organisation's policy. */
export interface PolicyView {
  /** Where it was read, e.g. a file's path. */
  sources: readonly string[];
  /** Settings that the agent can see but not change. */
  locked: readonly (keyof Settings)[];
  /** What is turned off. */
  off: readonly OffFeature[];
}

/** What an organisation can turn off. */
export type OffFeature = 'demo' | 'export' | 'localApi' | 'screenPop' | 'recording';

/** `rdp`: Remote Desktop and xrdp; `avd`: Azure Virtual Desktop. */
export type RemoteSession = 'citrix' | 'horizon' | 'windows365' | 'avd' | 'rdp';

/** The global keys. */
interface GlobalKeys {
  /** The call that Accept and Decline act on; missing if there is none. */
  callId?: string | undefined;
  accept: KeyState;
  decline: KeyState;
  /** Mutes and unmutes the agent's call. */
  mute: KeyState;
  /** Takes the selected number into New call. */
  selection: KeyState;
}

/**
 * `taken`: another program has this combination; `deaf`: this desktop gives no keys to programs in
 * the background; `none`: the agent wants none.
 */
export type KeyState = 'ours' | 'taken' | 'deaf' | 'none';

/** `wrong`: it rejected the last one. */
export interface ProxyAsks {
  /** Host and port. */
  proxy: string;
  wrong: boolean;
}

/** This agent's presence. */
export interface PresenceView {
  state: Presence;
  /** When it expires, Unix ms. */
  until?: number | undefined;
  /** Calls are listed, but do not sound. */
  dnd: boolean;
}

/** The relay's report on a relayed call of ours. */
export interface TeamView {
  /** The customer hears hold music because the agent put them on hold. */
  onHold: boolean;
  /** A teammate is being asked to take the call. */
  asking?: { to: string; deadlineAt: number; note?: string | undefined } | undefined;
  /**
   * The agent talks with a teammate while the customer is on hold. `asked`: the call is the
   * teammate's, offered to us.
   */
  consulting?: { with: string; asked: boolean } | undefined;
  supervisors: readonly { name: string; mode: 'listen' | 'whisper' | 'barge' }[];
  /** Keys the customer pressed. */
  dtmf: string;
  legs: RelayedCallStatus['legs'];
}

/** What a supervisor sees of the team's calls now and today. */
export interface BoardView {
  /** Customers for whom nobody is there yet. */
  waiting: readonly { callId: string; account: string; party: Party; since: number }[];
  /** Conversations that the relay does not carry. */
  live: readonly {
    callId: string;
    agent: string;
    account: string;
    party: Party;
    since: number;
  }[];
  agents: readonly AgentFigures[];
  numbers: readonly (NumberFigures & { label: string })[];
}

/** A page of the team's calls, newest first; `before` is for the next one. */
export interface TeamCallsPage {
  calls: readonly (Omit<TeamCall, 'accountId' | 'agoMs'> & { account: string; at: number })[];
  before?: number | undefined;
}

/** A teammate's call in progress, as a supervisor sees it. */
export interface SupervisableCall {
  callId: string;
  agent: string;
  account: string;
  party: Party;
  startedAt?: number | undefined;
  state: Exclude<RelayedCallStatus['state'], 'ringing' | 'ended'>;
  /** Who is asked to take it. */
  askedFor?: string | undefined;
  /** Other supervisors in it. */
  others: readonly string[];
  /** What the supervisor does. */
  mode: 'off' | 'connecting' | 'listen' | 'whisper' | 'barge';
}

/** A call with everything its screen shows. */
export interface LiveCall extends CallView {
  /**
   * Where it is shown: as a ring (also briefly after it stopped), as a call of the agent's, or no
   * longer.
   */
  shownAs: 'ring' | 'card' | 'gone';
  /** `findings`: what is wrong with the number itself, most severe first. */
  account: Pick<AccountView, 'label' | 'number'> &
    Partial<Pick<AccountView, 'findings' | 'recorded'>>;
  country?: string | undefined;
  /** Teammates whose consoles ring as well. */
  alsoRings: readonly string[];
  /** Relayed calls only. */
  team?: TeamView | undefined;
  /** The customer's last message, if it came within the last day. */
  lastMessage?: LastMessage | undefined;
  /** A call back that was promised and not made yet. `by`: the teammate's name; empty: this agent. */
  promise?: { at: number; by: string } | undefined;
  /** The call before; `none`: this is the first one; undefined until it is known. */
  history?: EarlierCalls | 'none' | undefined;
}

/** What a customer wrote, e.g. a picture without words. */
export interface LastMessage {
  type: string;
  text?: string | undefined;
  /** Unix ms. */
  at: number;
}

export interface EarlierCalls {
  lastAt: number;
  lastOutcome: Outcome;
  lastSeconds?: number | undefined;
  missedToday: number;
}

/** One of our numbers; no secrets. */
export interface AccountView {
  id: string;
  provider: ProviderId;
  label: string;
  /** E.164 with `+`. */
  number: string;
  capabilities: Capabilities;
  /** The media path of its calls; only relayed calls can be put on hold and transferred. */
  path: MediaPath;
  /** Who records its calls. */
  recorded: RecordingPolicy['by'];
  /** False if its access token could not be read from the vault. */
  ready: boolean;
  /** What is wrong with the number itself, most severe first. */
  findings: readonly Finding[];
}

export type VaultState =
  /** The system's key store encrypts; `backend` as Electron names it. */
  | { state: 'ready'; backend: string }
  /** Only a fixed password is available (`basic_text`); the agent has to choose. */
  | { state: 'needs-consent'; backend: string }
  /** The agent accepted weak protection on this machine. */
  | { state: 'weak'; backend: string }
  /** The agent refused: secrets are kept in memory until the app quits. */
  | { state: 'memory-only'; backend: string };

/** Why the console's file cannot be used. Calls ring all the same; writes wait in memory. */
export type StorageTrouble =
  | 'full'
  /** Another program has locked it. */
  | 'locked'
  | 'read-only'
  /** The system denies access: permissions, or something else has its name. */
  | 'no-access'
  | 'disk'
  /** Its folder is missing. */
  | 'missing'
  /** It was moved or deleted while in use. */
  | 'removed'
  /** New files were damaged, too. */
  | 'wears-out'
  /** A later version of Ringdesk wrote it. */
  | 'newer'
  /** It is encrypted, and the system's key store does not give out its key. */
  | 'no-key';

export interface StorageView {
  /** Of the file. */
  path: string;
  /** `why` in the system's words; `since` Unix ms. */
  trouble?: { kind: StorageTrouble; why: string; since: number } | undefined;
  /** With a key from the system's key store. */
  isEncrypted: boolean;
  /** Its folder is another computer's. */
  isOnNetwork: boolean;
  /** When the newest copy of it was made and checked, Unix ms. */
  copiedAt?: number | undefined;
  /** How many writes are waiting in memory. */
  waiting: number;
  /**
   * The last damaged file that was moved away. `progress` (0–1) while its calls are rescued, then
   * how many `calls` came back.
   */
  setAside?:
    | {
        path: string;
        at: number;
        /** It happened in this run of the console. */
        isNews?: boolean | undefined;
        progress?: number | undefined;
        calls?: number | undefined;
        failed?: string | undefined;
      }
    | undefined;
  /** Rows that cannot be read, e.g. `setting theme`. */
  leftOut: readonly string[];
}

export interface Notice {
  id: string;
  kind: 'info' | 'warning' | 'error';
  code: NoticeCode;
  /** For `{placeholders}` of the catalogue's sentence. */
  values: Record<string, string>;
  at: number;
}

export type NoticeCode =
  | 'calls-interrupted'
  | 'export-failed'
  | 'softphone-restarted'
  | 'relay-log-incomplete'
  | 'rights-changed'
  | 'profile-invalid'
  | 'policy-wrong'
  | 'policy-over-profile'
  | 'file-trouble'
  | 'folder-read-only'
  | 'storage-trouble'
  | 'storage-set-aside'
  | 'storage-left-out'
  | 'storage-network'
  | 'microphone-denied'
  | 'provider-error'
  | 'permission-granted'
  | 'permission-declined'
  | 'callback-due'
  | 'still-waits'
  | 'number-restricted'
  | 'number-warned'
  | 'number-fact'
  | 'webhooks-late'
  | 'relay-clock-behind'
  | 'shortcut-taken'
  | 'screen-pop-failed'
  | 'tray-missing'
  | 'transfer-reverted'
  | 'team-message';

export interface Settings {
  theme: 'system' | 'light' | 'dark';
  language: LanguageSetting;
  /** Remembered devices, best first. After them comes the system's default. */
  microphones: readonly KnownDevice[];
  speakers: readonly KnownDevice[];
  ringers: readonly KnownDevice[];
  /** 0–1. */
  ringerVolume: number;
  /** ISO country used for numbers typed without `+`. */
  defaultCountry: string;
  /** Electron accelerators; empty = none. */
  acceptShortcut: string;
  declineShortcut: string;
  muteShortcut: string;
  selectionShortcut: string;
  /** `ringdesk:` links open here, unless another program already has them. */
  ringdeskLinks: boolean;
  /** Unless the profile has one. */
  screenPop: ScreenPop;
  /** Programs on this machine can use Ringdesk. */
  localApi: boolean;
  /** Where it is offered, unless another program has this port. */
  localApiPort: number;
  showRingWindow: boolean;
  showNotification: boolean;
  /** A sound and a notification when a customer writes, or a promised call is due. */
  announceMessages: boolean;
  /** Closing the window next time explains that Ringdesk keeps ringing in the tray. */
  trayHint: boolean;
  /** Filters of the call list that the agent uses again, in their order. */
  savedViews: readonly SavedView[];
  /** Exports that the agent makes again, or that repeat by themselves. */
  exportPresets: readonly ExportPreset[];
  /** In which days and hours are counted, an IANA name; empty: this computer's. */
  insightZone: string;
}

/** An export with the agent's name for it. */
export interface ExportPreset {
  name: string;
  format: ExportFormat;
  separator?: CsvSeparator | undefined;
  /** Of a table; all by default. */
  columns?: readonly ExportColumn[] | undefined;
  manifest: boolean;
  filter: HistoryFilter;
  /** Repeats by itself, with the calls of the last whole period, into `folder`. */
  every?: ExportPeriod | undefined;
  folder?: string | undefined;
}

/** A filter of the call list with the agent's name for it. */
export interface SavedView {
  name: string;
  filter: HistoryFilter;
}

type Direction = 'inbound' | 'outbound';

/** No search for calls or people is longer; fields cut what is pasted. */
export const LONGEST_SEARCH = 200;

export interface HistoryFilter {
  direction?: Direction | undefined;
  outcome?: Outcome | undefined;
  /** Only calls in which the customer left a message. */
  voicemail?: true | undefined;
  /** Only calls with a recording that is kept. */
  recording?: true | undefined;
  accountId?: string | undefined;
  /** A name, or part of a number, or of what was written down. */
  text?: string | undefined;
  /** Unix ms, inclusive. */
  from?: number | undefined;
  to?: number | undefined;
  /** The calls behind a figure of Insight. */
  insight?: InsightSlice | undefined;
}

/** How many calls a filter finds. */
export interface CallCount {
  calls: number;
  /** There are more; they were not counted. */
  isMore: boolean;
}

export interface HistoryRow {
  id: string;
  direction: Direction;
  outcome: Outcome;
  party: Party;
  country?: string | undefined;
  accountId: string;
  accountLabel: string;
  /** Unix ms. */
  createdAt: number;
  connectedAt?: number | undefined;
  endedAt: number;
  talkSeconds?: number | undefined;
  /** The customer left a message. */
  voicemail?: boolean | undefined;
  /** A missed call that nobody has seen or returned. */
  unseen: boolean;
  /** Where the text that is searched for was said. */
  hit?: TranscriptHit | undefined;
}

export interface HistoryPage {
  rows: readonly HistoryRow[];
  /** For the next page; missing on the last. */
  next?: string | undefined;
}

/** One thing that happened to a call, for its timeline. */
export interface TimelineEntry {
  at: number;
  from: 'provider' | 'relay' | 'agent' | 'media' | 'api' | 'clock' | 'app';
  kind: string;
  /** Why it was ignored, if it was. */
  ignored?: string | undefined;
  detail?: string | undefined;
}

/** Quality over a call or at one moment. */
export interface Quality {
  packetsReceived: number;
  packetsLost: number;
  packetsSent: number;
  /** Mean inter-arrival jitter (RFC 3550), ms. */
  jitterMs?: number | undefined;
  rttMs?: number | undefined;
  /** 1–4.5, estimated after ITU-T G.107 from loss, delay and jitter. */
  mos?: number | undefined;
  /** From Accept (or pick-up) to the first audio from the other side, ms. */
  firstAudioMs?: number | undefined;
  /** `host`, `srflx`, `prflx` or `relay`: how our side reached the other. */
  route?: string | undefined;
  /** Whose network broke up the sound, if it was broken up for long enough to be heard. */
  blame?: Blame | undefined;
}

/** One record that this agent has of a call. */
export interface CallPart {
  id: string;
  /** Unix ms. */
  createdAt: number;
  endReason: EndReason;
  talkSeconds?: number | undefined;
  callOffer?: CallView['callOffer'];
  transfers?: CallView['transfers'];
}

export interface HistoryDetail extends HistoryRow, CallRecordings {
  providerCallId?: string | undefined;
  payload?: string | undefined;
  /** Who had it before, and to whom it was offered. */
  callOffer?: CallView['callOffer'];
  transfers?: CallView['transfers'];
  /** How it reached this agent each time, oldest first; usually one, more after transfers. */
  parts: readonly CallPart[];
  /** The whole call across all its agents, as the provider counted. */
  wholeSeconds?: number | undefined;
  /** Keys the customer pressed. */
  dtmf?: string | undefined;
  /** The provider's words, or the catalogue key, for why it ended. */
  endReason: EndReason;
  quality?: Quality | undefined;
  /** The provider's bill. */
  bill?: CallView['bill'];
  recorded?: CallView['recorded'];
  transcribed?: CallView['transcribed'];
  /** The timeline's item with the voicemail, if that is here. */
  voicemailItem?: string | undefined;
  /** Read from the provider afterwards, because no webhook reported it. */
  reconciled?: CallView['reconciled'];
  timeline: readonly TimelineEntry[];
}

/** What an agent wrote down about a call. */
export interface NoteContent {
  text: string;
  /** How they say the call ended; one of their workspace's outcomes at that time. */
  disposition?: string | undefined;
  tags: readonly string[];
  /** When they promised to call back, Unix ms. */
  callbackAt?: number | undefined;
}

export interface CallNote extends NoteContent {
  /** The agent's name; empty: this agent. */
  by: string;
  /** Unix ms. */
  at: number;
}

/** The notes of a call: this agent's own, which is empty if there is none, and others. */
export interface CallNotes extends NoteContent {
  /** What teammates wrote, and this agent when they had the call before; oldest first. */
  others: readonly CallNote[];
}

/** A simulated customer of the demo workspace. */
export interface DemoCustomer {
  id: string;
  name: string;
  /** Digits. */
  waId: string;
  country: string;
  /** Catalogue key: what this customer does. */
  does: string;
  direction: Direction;
  /** Calls the number whose calls can be put on hold and transferred. */
  team?: true | undefined;
}
