import type { Invitations } from '../provisioning/invitations.ts';
import { readProfileText } from '../provisioning/read-profile.ts';
import { writeSetUp } from '../provisioning/write-set-up.ts';
import { refusal } from '../refusal.ts';
import type { WorkspaceSwitcher } from '../workspace/workspace-switcher.ts';
import type { Handlers } from './ipc-dispatcher.ts';

export interface SetUpHandlerPorts {
  workspaces: Pick<WorkspaceSwitcher, 'provision'>;
  invitations: Pick<Invitations, 'redeem' | 'dismiss'>;
  /** Undefined if the agent cancelled the dialog. */
  askSetUpFolder: () => Promise<string | undefined>;
}

type SetUpRoute =
  | 'invitation.redeem'
  | 'invitation.dismiss'
  | 'profile.import-dropped'
  | 'set-up.write';

/** The requests of the page that sets up a console, or a whole relay. */
export function createSetUpHandlers({
  workspaces,
  invitations,
  askSetUpFolder,
}: SetUpHandlerPorts): Pick<Handlers, SetUpRoute> {
  return {
    'invitation.redeem': async ({ text, relay }) => {
      const agent = await workspaces.provision(() => invitations.redeem(text, relay));
      invitations.dismiss();
      return { agent };
    },
    'invitation.dismiss': () => {
      invitations.dismiss();
      return null;
    },
    'profile.import-dropped': async ({ name, text }) => ({
      agent: await workspaces.provision(async () => readProfileText(name, text)),
    }),
    'set-up.write': async ({ setUp }) => {
      const folder = await askSetUpFolder();
      if (folder === undefined) throw refusal('cancelled');
      return writeSetUp(setUp, folder);
    },
  };
}
