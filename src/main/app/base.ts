import type { RemoteSession } from '../../shared/ipc/snapshot.ts';
import { MachineClock } from '../clock.ts';
import type { Vault } from '../credentials/vault.ts';
import type { RequestChannel } from '../ipc/request-channel.ts';
import type { FileTrouble } from '../lib/json-file.ts';
import type { Log } from '../log.ts';
import type { Network } from '../network/system.ts';
import type { Indicators } from '../os/indicators.ts';
import type { Paths } from '../paths.ts';
import type { Organisation } from '../policy/organisation.ts';
import type { NewCall } from '../programs/new-call.ts';
import { Notices } from '../snapshot/notices.ts';
import { notifyFileTrouble } from '../snapshot/storage-notices.ts';
import type { Updates } from '../updates/updates.ts';
import type { Windows } from '../windows/open-windows.ts';
import type { SoftphoneLink } from '../windows/softphone.ts';
import type { WorkspaceSwitcher } from '../workspace/workspace-switcher.ts';

export interface AppOptions {
  paths: Paths;
  log: Log;
  /** The main window is loading its page. */
  windows: Windows;
  requests: RequestChannel;
  /** Set when the data folder cannot be written: why, and the temporary folder used instead. */
  memoryOnly: { folder: string; why: string } | undefined;
  organisation: Organisation;
  /** The remote desktop in which it runs. */
  remote: RemoteSession | undefined;
  /** Make a new key for the databases and encrypt them with it. */
  rotateKey: boolean;
  /** A profile to import before anything is shown. */
  profile: string | undefined;
}

/** What every part receives. */
export interface Base extends AppOptions {
  clock: MachineClock;
  notices: Notices;
  /** Something that the snapshot shows has changed. */
  changed: () => void;
  /** A small file is damaged or cannot be written. */
  handleFileTrouble: (trouble: FileTrouble) => void;
}

/** The parts in the order in which they are built. */
export interface Parts {
  vault: Vault;
  network: Network;
  softphone: SoftphoneLink;
  newCall: NewCall;
  workspaces: WorkspaceSwitcher;
  updates: Updates;
  indicators: Indicators;
}

/** Opens what every part receives. */
export function openBase(options: AppOptions, changed: () => void): Base {
  const clock = new MachineClock();
  const notices = new Notices(() => clock.now(), changed);
  return {
    ...options,
    clock,
    notices,
    changed,
    handleFileTrouble(trouble) {
      options.log.error(`file: ${trouble.path}: ${trouble.kind}: ${trouble.why}`);
      // A folder that cannot be written has a notice of its own.
      if (trouble.kind === 'not-written' && options.memoryOnly !== undefined) return;
      notifyFileTrouble(notices, trouble);
    },
  };
}
