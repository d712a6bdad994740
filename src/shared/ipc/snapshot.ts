import type { RingerFacts } from '../checks/facts.ts';
import type { Language } from '../i18n/languages.ts';
import type { ScreenPop } from '../links/screen-pop.ts';
import type { Connection } from '../protocol/connection.ts';
import type { Teammate } from '../protocol/frames.ts';
import type { WrapUpForm } from '../protocol/wrap-up.ts';
import type { AccountView } from './account.ts';
import type { LiveCall } from './live-call.ts';
import type { Notice } from './notices.ts';
import type { LocalApiState } from './programs.ts';
import type { ReadySummary } from './ready.ts';
import type { OpenedInvitation } from './set-up.ts';
import type { Settings } from './settings.ts';
import type { StorageView } from './storage.ts';
import type { KeptMessage } from './team-message.ts';
import type { PresenceView, SupervisableCall } from './team.ts';
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

export type VaultState =
  /** The system's key store encrypts; `backend` as Electron names it. */
  | { state: 'ready'; backend: string }
  /** Only a fixed password is available (`basic_text`); the agent has to choose. */
  | { state: 'needs-consent'; backend: string }
  /** The agent accepted weak protection on this machine. */
  | { state: 'weak'; backend: string }
  /** The agent refused: secrets are kept in memory until the app quits. */
  | { state: 'memory-only'; backend: string };
