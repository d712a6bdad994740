import type { AdminRequest } from '../../shared/protocol/agent-admin.ts';
import type { Outcome } from '../relay-client/requests.ts';
import type { MediaCommand } from '../../shared/ipc/events.ts';
import type { AccountView } from '../../shared/ipc/account.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { StorageView } from '../../shared/ipc/storage.ts';
import type { DeviceFacts } from '../../shared/checks/facts.ts';
import type { ScreenPop } from '../../shared/links/screen-pop.ts';
import type { Organisation } from '../policy/organisation.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Connection } from '../../shared/protocol/connection.ts';
import type { WrapUpForm } from '../../shared/protocol/wrap-up.ts';
import type { CallService } from '../calls/call-service.ts';
import type { Provider } from '../calls/ports.ts';
import type { PcmStreamManager } from '../calls/streams/pcm-stream-manager.ts';
import type { ContactService } from '../contacts/contact-service.ts';
import type { People } from '../contacts/people.ts';
import type { MessageFiles } from '../contacts/files/message-files.ts';
import type { NoteService } from '../contacts/note-service.ts';
import type { SafeCallLog } from '../db/storage/safe-calls.ts';
import type { SafeDrafts } from '../db/storage/safe-stores.ts';
import type { InsightParts } from './open-insight.ts';
import type { Erasures } from '../erasing/erasures.ts';
import type { ExportedFile } from '../db/erasing/exported-files.ts';
import type { HistoryFilter } from '../../shared/ipc/history.ts';
import type { HistoryReader } from '../history/history-reader.ts';
import type { Log } from '../log.ts';
import type { NumberService } from '../numbers/number-service.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { CallRecorder } from '../recorder/call-recorder.ts';
import type { EnteredBills } from '../numbers/entered-bills.ts';
import type { RateCards } from '../numbers/rate-cards.ts';
import type { Ringer } from '../ready/ringer.ts';
import type { ReadyService } from '../ready/ready-service.ts';
import type { Transport } from '../network/transport.ts';
import type { WorkspaceKind } from '../paths.ts';
import type { Account } from '../providers/account.ts';
import type { LiveCalls } from '../snapshot/live-calls.ts';
import type { Notices } from '../snapshot/notices.ts';
import type { News } from '../todo/news.ts';
import type { TodoService } from '../todo/todo-service.ts';
import type { Team } from './open-team.ts';

/** A workspace's agent, relay and numbers. */
export interface WorkspaceOptions {
  kind: WorkspaceKind;
  agent: { id: string; name: string };
  /** Without a token the relay is not connected. */
  relay: { url: string; token: string | undefined };
  /** The numbers to use from now on; undefined keeps those in the database. */
  accounts: readonly Account[] | undefined;
  /** A page about each customer, from the profile. */
  screenPop?: ScreenPop | undefined;
  /** The numbers come from a profile that was just imported. */
  imported?: boolean | undefined;
  /** An account's access token, if it can be read. */
  tokenOf: (accountId: string) => string | undefined;
  /** Where the relay takes calls that an account's provider forwards to it, if provisioned. */
  relayAddressOf?: (accountId: string) => string | undefined;
}

export interface WorkspacePorts {
  /** Requests and sockets to the network, through its proxies. */
  transport: Pick<Transport, 'fetch' | 'WebSocket'> & Partial<Pick<Transport, 'socksSignedIn'>>;
  organisation: Organisation;
  database: string;
  sqliteBinding: string | undefined;
  /** See `OpenOptions`. */
  databaseKeys?: readonly string[] | undefined;
  /** Forgets keys that no file needs any more. */
  forgetOldKeys?: (() => Promise<void>) | undefined;
  /** Of the organisation's service for transcripts, as the agent entered it. */
  machineKey?: (() => string | undefined) | undefined;
  readerScript: string;
  repairScript: string;
  defaults: Settings;
  /** This console's release, for the relay's log. */
  release?: string;
  clock: Clock;
  log: Log;
  notices: Notices;
  media: (command: MediaCommand) => void;
  /** Sends a customer's sound to the softphone. */
  play: (callId: string, frame: Uint8Array) => void;
  /** Something that the snapshot shows has changed. */
  changed: () => void;
  historyChanged: () => void;
  contactsChanged: () => void;
  todoChanged: () => void;
  /** To be said to the agent at once. */
  announce: (news: News) => void;
  numberChanged: (accountId: string) => void;
  /** What the page “Ready to ring” shows has changed. */
  readyChanged: () => void;
  /** Asks the window whether it could ring. */
  askRinger: (question: number) => void;
  /** What the window uses to speak and to listen, as it last said. */
  devices: () => DeviceFacts | undefined;
  /** Resolves when the agent can use the window: what can wait begins then. */
  usable?: Promise<void>;
  /** Numbers were rescued from a damaged file after the workspace was opened without any. */
  numbersFound: () => void;
}

/** One set of numbers with its database, relay and calls, such as the demo or a profile. */
export interface Workspace {
  kind: WorkspaceKind;
  agent: Snapshot['agent'];
  calls: CallService;
  streams: PcmStreamManager;
  /** Records calls. */
  recorder: CallRecorder;
  live: LiveCalls;
  history: HistoryReader;
  insight: InsightParts;
  accounts: () => readonly AccountView[];
  connection: () => Connection;
  provider: (accountId: string) => Provider | undefined;
  settings: () => Settings;
  setSettings: (changes: Partial<Settings>) => void;
  drafts: { all: SafeDrafts['all']; set: (key: string, text: string) => void };
  unseenMissed: () => number;
  loggedCalls: () => number;
  markSeen: (callId: string | undefined) => void;
  saveQuality: SafeCallLog['saveQuality'];
  /** The numbers as provisioned. */
  provisioned: readonly Account[];
  /** The profile's page about each customer. */
  screenPop: ScreenPop | undefined;
  storage: () => StorageView;
  team: Team;
  contacts: ContactService;
  people: People;
  files: Pick<MessageFiles, 'get' | 'save' | 'copy'>;
  notes: NoteService;
  /** Erases a person everywhere. */
  erasures: Erasures;
  /** Unix ms. */
  now: () => number;
  /** A file was exported; a filter says what time its calls are from. */
  noteExport: (path: string, has: ExportedFile['has'], filter?: HistoryFilter) => void;
  todo: TodoService;
  numbers: NumberService;
  rateCards: RateCards;
  enteredBills: EnteredBills;
  /** The sound of calls, and what was said in them. */
  recordings: Recordings;
  /** Whether the numbers can ring, be heard and call. */
  ready: ReadyService;
  /** Whether this console can ring. */
  ringer: Ringer;
  /** What agents choose from after a call, as the relay last told. */
  wrapUpForm: () => WrapUpForm;
  /** The relay's endpoint. */
  relayUrl: string;
  /** What an admin asks; the relay decides. */
  administer: (request: AdminRequest) => Promise<Outcome>;
  /** The agent asks to reconnect now. */
  tryNow: () => void;
  /** The socket may have died unnoticed. */
  replaceSocket: (why: string) => void;
  /** Whether the machine has any network. */
  setOnline: (online: boolean) => void;
  close: () => Promise<void>;
}
