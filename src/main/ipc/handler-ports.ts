import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { ExportFormat } from '../../shared/ipc/export.ts';
import type { PeopleFormat } from '../../shared/ipc/people.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { Vault } from '../credentials/vault.ts';
import type { Network } from '../network/system.ts';
import type { Windows } from '../windows/open-windows.ts';
import type { LocalApi } from '../local-api/local-api.ts';
import type { Organisation } from '../policy/organisation.ts';
import type { LinkHandlers } from '../programs/link-handlers.ts';
import type { NewCall } from '../programs/new-call.ts';
import type { ScreenPops } from '../programs/screen-pops.ts';
import type { SoftphoneLink } from '../windows/softphone.ts';
import type { WorkspaceSwitcher } from '../workspace/workspace-switcher.ts';
import type { Notices } from '../snapshot/notices.ts';
import type { Autostart } from '../os/autostart.ts';
import type { Updates } from '../updates/updates.ts';
import type { SetUpHandlerPorts } from './set-up-handlers.ts';

/** What the handlers call. Nothing here imports Electron, so that they run in plain Node. */
export interface HandlerPorts {
  publisher: { snapshot(): Snapshot };
  workspaces: WorkspaceSwitcher;
  invitations: SetUpHandlerPorts['invitations'];
  vault: Vault;
  network: Pick<Network, 'signIn'> & { transport: Pick<Network['transport'], 'forgive' | 'fetch'> };
  organisation: Pick<Organisation, 'assertAllowed' | 'assertFree'>;
  notices: Notices;
  changed: () => void;
  softphone: Pick<SoftphoneLink, 'handleReady'>;
  programs: {
    newCall: Pick<NewCall, 'handleReady'>;
    links: Pick<LinkHandlers, 'list' | 'set'>;
    screenPops: Pick<ScreenPops, 'open'>;
  };
  localApi: Pick<LocalApi, 'token' | 'renew'>;
  updates: Pick<Updates, 'look' | 'plan' | 'setChannel' | 'dismiss'>;
  autostart: Pick<Autostart, 'get' | 'set'>;
  windows: Pick<Windows, 'show'> & {
    main: Pick<Windows['main'], 'contentsId' | 'handleUsable' | 'send' | 'setCalls'>;
    ring: Pick<Windows['ring'], 'drag'>;
  };
  diagnostics: Pick<Diagnostics, 'make' | 'save'>;
  copy: (text: string) => void;
  /** Opens the network's sign-in page in the browser. */
  openPortal: () => Promise<void>;
  /** Undefined if the agent cancelled the dialog. */
  askProfileFile: () => Promise<string | undefined>;
  askExportFile: (format: ExportFormat) => Promise<string | undefined>;
  askExportFolder: () => Promise<string | undefined>;
  /** In the system's folder window. */
  showFile: (path: string) => void;
  askRateCard: () => Promise<string | undefined>;
  askSetUpFolder: () => Promise<string | undefined>;
  askPeopleFile: () => Promise<string | undefined>;
  askPeopleExport: (format: PeopleFormat) => Promise<string | undefined>;
  askFileToSave: (name: string) => Promise<string | undefined>;
  askAgentsFile: () => Promise<string | undefined>;
  askTokensFile: () => Promise<string | undefined>;
}
