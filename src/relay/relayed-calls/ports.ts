import type { Clock } from '../../shared/lib/clock.ts';
import type { CallClient } from '../../shared/providers/client.ts';
import type { Access } from '../access/access.ts';
import type { Policy } from '../config/media.ts';
import type { RecordingPolicy } from '../../shared/recording/policy.ts';
import type { Log } from '../log.ts';
import type { MediaHost } from '../media-process/host.ts';
import type { Store } from '../store/store.ts';

/** What relayed calls need from the rest of the relay. */
export interface RelayedCallPorts {
  store: Store;
  clock: Clock;
  log: Log;
  media: MediaHost;
  access: Access;
  policyOf: (accountId: string) => Policy;
  /** How calls of a number are recorded; for those that the relay records, the folder and what seals them. */
  recordingOf: (accountId: string) => RecordingPolicy;
  recordingsFolder: string;
  recordingSecret: string | undefined;
  /** An agent has a recording deleted. */
  noteDeleted: (
    recordingId: string,
    deletion: { accountId: string; by: string; at: number },
  ) => Promise<void>;
  /** Files of what customers hear before a recording, where it is not ours, by account. */
  announcements: Readonly<Record<string, string>>;
  /** The provider of a relayed account; undefined if the account does not exist (any more). */
  provider: (accountId: string) => CallClient | undefined;
  /** This node's name in the records of its calls; undefined if there is only one node. */
  node: string | undefined;
  /** Whether other nodes could begin the same call. */
  isShared: () => boolean;
  /** Whether an agent's console is connected, to any node. */
  isConnected: (agentId: string) => boolean;
  /** New entries are in the log. */
  notifyNewEntries: () => void;
  /** A call's record has changed. */
  notifyChanged: () => void;
  /** Another node has taken over the call. */
  notifyTakenOver: (callId: string) => void;
}
