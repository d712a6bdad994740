import type { Outcome } from '../call/record.ts';
import type { CallView } from '../call/view.ts';
import type { EndReason } from '../call/model.ts';
import type { MediaPath } from '../providers/media-path.ts';
import type { Capabilities } from '../providers/capabilities.ts';
import type { Party } from '../providers/events.ts';
import type { Finding } from '../rules/findings.ts';
import type { ProviderId } from '../rules/data/providers.ts';
import type { Connection } from '../protocol/connection.ts';
import type { RelayedCallStatus, Presence, Teammate } from '../protocol/frames.ts';

/**
 * Everything a window mirrors. Main sends it whole on every change: it is small, and nothing can
 * get out of step.
 */
export interface Snapshot {
  /** Increases with every change. */
  revision: number;
  /**
   * Main's clock when it said so, Unix ms: the times below are by it, and it does not jump as a
   * machine's may.
   */
  now: number;
  app: {
    version: string;
    electron: string;
    /** `demo`: the built-in workspace with simulated customers. */
    workspace: 'none' | 'demo' | 'profile';
    profileName?: string | undefined;
    /** In the demo: whose numbers are set up here and do not ring meanwhile. */
    ownNumbersOf?: string | undefined;
  };
  agent: { id: string; name: string } | undefined;
  accounts: readonly AccountView[];
  connection: Connection;
  /** A proxy on the way to the relay or a provider wants a password. */
  proxyAsks?: ProxyAsks | undefined;
  /** What rang or ended while the console was not connected, newest first, until seen. */
  missedWhileAway: readonly string[];
  /** Calls that are going on or ended within the last few seconds, oldest first. */
  calls: readonly LiveCall[];
  /** Missed calls not yet seen or called back. */
  unseenMissed: number;
  presence: PresenceView;
  /** Every agent of the relay, ourselves included. */
  team: readonly Teammate[];
  /** Teammates' calls that a supervisor may listen to; empty for everybody else. */
  supervisable: readonly SupervisableCall[];
  vault: VaultState;
  /** The console's own file, as far as there is something to say of it. */
  storage?: StorageView | undefined;
  settings: Settings;
  keys: GlobalKeys;
  /** Something the agent should know, newest last; each stays until it is dismissed or resolved. */
  notices: readonly Notice[];
}

/** The keys for Accept and Decline that work in every program. */
interface GlobalKeys {
  /** The call they act on; missing while they do nothing. */
  callId?: string | undefined;
  accept: KeyState;
  decline: KeyState;
}

/** `taken`: another program has this combination; `none`: the agent wants none. */
export type KeyState = 'ours' | 'taken' | 'none';

/** `wrong`: it did not take the one it was given. */
export interface ProxyAsks {
  /** Host and port. */
  proxy: string;
  wrong: boolean;
}

/** What this agent is to others. */
export interface PresenceView {
  state: Presence;
  /** When it ends by itself, Unix ms. */
  until?: number | undefined;
  /** Calls are listed, but make no sound. */
  dnd: boolean;
}

/** What the relay says of a relayed call of ours. */
export interface TeamView {
  /** The customer hears hold music because we said so. */
  onHold: boolean;
  /** A teammate is being asked to take the call. */
  asking?: { to: string; deadlineAt: number; note?: string | undefined } | undefined;
  /**
   * We talk with a teammate while the customer is on hold. `asked`: it is their call, and we may
   * get it.
   */
  consulting?: { with: string; asked: boolean } | undefined;
  supervisors: readonly { name: string; mode: 'listen' | 'whisper' }[];
  /** Keys the customer pressed. */
  dtmf: string;
  legs: RelayedCallStatus['legs'];
}

/** A teammate's call in progress, as a supervisor sees it. */
export interface SupervisableCall {
  callId: string;
  agent: string;
  account: string;
  party: Party;
  startedAt?: number | undefined;
  /** What we do about it. */
  mode: 'off' | 'connecting' | 'listen' | 'whisper';
}

/** A call with what the screen says beside it. */
export interface LiveCall extends CallView {
  /**
   * Where it is shown: as a ring, also for a moment after it stopped, as a call of the agent's, or
   * not any more.
   */
  shownAs: 'ring' | 'card' | 'gone';
  /** `findings`: what is wrong with the number itself, gravest first. */
  account: Pick<AccountView, 'label' | 'number'> & { findings?: AccountView['findings'] };
  country?: string | undefined;
  /** Teammates whose consoles ring as well. */
  alsoRings: readonly string[];
  /** Relayed calls only. */
  team?: TeamView | undefined;
  /** E.g. previous calls with this person. */
  history?:
    | {
        lastAt: number;
        lastOutcome: Outcome;
        lastSeconds?: number | undefined;
        missedToday: number;
      }
    | undefined;
}

/** One of our numbers; no secrets. */
export interface AccountView {
  id: string;
  provider: ProviderId;
  label: string;
  /** E.164 with `+`. */
  number: string;
  capabilities: Capabilities;
  /**
   * Where the sound of its calls travels; only relayed calls can be put on hold and transferred.
   */
  path: MediaPath;
  /** False when its access token could not be read from the vault. */
  ready: boolean;
  /** What is wrong with the number itself, gravest first. */
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

/** Why the console's file cannot be used. Calls ring all the same; what happens waits in memory. */
export type StorageTrouble =
  | 'full'
  /** Another program keeps it to itself. */
  | 'locked'
  | 'read-only'
  /** The system does not let us: rights, or something else has its name. */
  | 'no-access'
  | 'disk'
  /** Its folder is not there. */
  | 'missing'
  /** It was moved or deleted while it was used. */
  | 'removed'
  /** New files were damaged, too. */
  | 'wears-out'
  /** A later version of Ringdesk wrote it. */
  | 'newer';

export interface StorageView {
  /** Of the file. */
  path: string;
  /** `why` in the system's words; `since` Unix ms. */
  trouble?: { kind: StorageTrouble; why: string; since: number } | undefined;
  /** Facts that are only in memory. */
  waiting: number;
  /**
   * The last damaged file that was moved away. `progress` (0–1) while its calls come back, then how
   * many `calls` did.
   */
  setAside?:
    | {
        path: string;
        at: number;
        /** It happened in this life of the console. */
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
  | 'softphone-restarted'
  | 'relay-log-incomplete'
  | 'profile-invalid'
  | 'file-trouble'
  | 'folder-read-only'
  | 'storage-trouble'
  | 'storage-set-aside'
  | 'storage-left-out'
  | 'microphone-denied'
  | 'provider-error'
  | 'permission-granted'
  | 'permission-declined'
  | 'number-restricted'
  | 'number-warned'
  | 'number-fact'
  | 'webhooks-late'
  | 'relay-clock-behind'
  | 'shortcut-taken'
  | 'tray-missing'
  | 'transfer-reverted';

export interface Settings {
  theme: 'system' | 'light' | 'dark';
  /** MediaDevices ids; empty = the system's default. */
  microphoneId: string;
  speakerId: string;
  ringerId: string;
  /** Their names when they were chosen: ids may change, as when the system is set up anew. */
  microphoneLabel: string;
  speakerLabel: string;
  ringerLabel: string;
  /** 0–1. */
  ringerVolume: number;
  /** ISO country used for numbers typed without `+`. */
  defaultCountry: string;
  /** Electron accelerators; empty = none. */
  acceptShortcut: string;
  declineShortcut: string;
  showRingWindow: boolean;
  showNotification: boolean;
  /** Closing the window says, the next time, that Ringdesk rings on in the tray. */
  trayHint: boolean;
}

type Direction = 'inbound' | 'outbound';

export interface HistoryFilter {
  direction?: Direction | undefined;
  outcome?: Outcome | undefined;
  accountId?: string | undefined;
  /** A name or part of a number. */
  text?: string | undefined;
  /** Unix ms, inclusive. */
  from?: number | undefined;
  to?: number | undefined;
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
  /** A missed call nobody has looked at or returned. */
  unseen: boolean;
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
  /** Why it changed nothing, if so. */
  ignored?: string | undefined;
  detail?: string | undefined;
}

/** Quality over a call or a moment of it. */
export interface Quality {
  packetsReceived: number;
  packetsLost: number;
  packetsSent: number;
  /** Mean inter-arrival jitter (RFC 3550), ms. */
  jitterMs?: number | undefined;
  rttMs?: number | undefined;
  /** 1–4.5, estimated after ITU-T G.107 from loss, delay and jitter. */
  mos?: number | undefined;
  /** Accept (or pick-up) to the first sound of the other side, ms. */
  firstAudioMs?: number | undefined;
  /** `host`, `srflx`, `prflx` or `relay`: how our side reached the other. */
  route?: string | undefined;
}

/** One time that a call was at this agent. */
export interface CallPart {
  id: string;
  /** Unix ms. */
  createdAt: number;
  endReason: EndReason;
  talkSeconds?: number | undefined;
  callOffer?: CallView['callOffer'];
  transfers?: CallView['transfers'];
}

export interface HistoryDetail extends HistoryRow {
  providerCallId?: string | undefined;
  payload?: string | undefined;
  /** Who had it before us, and to whom we offered it. */
  callOffer?: CallView['callOffer'];
  transfers?: CallView['transfers'];
  /**
   * How it came to this agent each time, oldest first; one unless it left and was offered again.
   */
  parts: readonly CallPart[];
  /** The whole call, all agents of it, as the provider counted. */
  wholeSeconds?: number | undefined;
  /** Keys the customer pressed. */
  dtmf?: string | undefined;
  /** Words of the provider or of the catalogue's key for why it ended. */
  endReason: EndReason;
  quality?: Quality | undefined;
  /** What the provider says it cost. */
  bill?: CallView['bill'];
  recorded?: CallView['recorded'];
  transcribed?: CallView['transcribed'];
  /** Read at the provider afterwards; never told when it happened. */
  reconciled?: CallView['reconciled'];
  timeline: readonly TimelineEntry[];
}

/** A simulated customer of the demo workspace. */
export interface DemoCustomer {
  id: string;
  name: string;
  /** Digits. */
  waId: string;
  country: string;
  /** Key of the catalogue: what this one does. */
  does: string;
  direction: Direction;
}

export type ExportFormat = 'xlsx' | 'csv' | 'jsonl';
/** What stands between the cells of a CSV file. With a semicolon, decimals stand behind a comma. */
export type CsvSeparator = 'comma' | 'semicolon' | 'tab';
