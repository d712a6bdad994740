import { createInsightHandlers } from './insight-handlers.ts';
import { demoCustomers } from '../demo/customers.ts';
import { wantNewKey } from '../credentials/database-keys.ts';
import { messageOf } from '../log.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { isFrom, orRefuse, quietly } from './answers.ts';
import { createCallHandlers } from './call-handlers.ts';
import { createHistoryHandlers } from './history-handlers.ts';
import { createAgentHandlers } from './agent-handlers.ts';
import { createContactHandlers } from './contact-handlers.ts';
import { createRecordingHandlers } from './recording-handlers.ts';
import { createSetUpHandlers } from './set-up-handlers.ts';
import type { Handlers } from './ipc-dispatcher.ts';
import { Refusal, refusal } from '../refusal.ts';
import type { HandlerPorts } from './handler-ports.ts';

/** One function per route; decisions are made in the parts that they call. */
export function createHandlers(ports: HandlerPorts): Handlers {
  const { workspaces, vault, notices, windows } = ports;
  const workspace = (): Workspace => {
    const { current } = workspaces;
    if (!current) throw refusal('no-profile');
    return current;
  };

  return {
    'app.hello': ({ softphone }, from) => {
      if (softphone && isFrom(windows.main, from)) {
        ports.softphone.handleReady();
        workspaces.current?.ringer.handleReady();
        ports.programs.newCall.handleReady();
      }
      return ports.publisher.snapshot();
    },
    'app.usable': quietly(() => windows.main.handleUsable()),
    'app.copy': quietly(({ text }) => ports.copy(text)),
    'diagnostics.make': ({ window }) => ports.diagnostics.make(window),
    'diagnostics.save': async () => {
      let path: string | undefined;
      try {
        path = await ports.diagnostics.save();
      } catch (error) {
        throw refusal('export-failed', messageOf(error));
      }
      if (path === undefined) throw refusal('cancelled');
      return { path };
    },
    'notices.dismiss': quietly(({ id }) => notices.remove(id)),
    'presence.set': quietly(({ presence, minutes }) =>
      workspace().team.presence.set(presence, minutes),
    ),
    'presence.extend-wrap-up': quietly(({ seconds }) =>
      workspace().team.presence.extendWrapUp(seconds),
    ),

    'relay.connection': () => workspaces.connection(),
    'relay.try-now': quietly(() => {
      ports.network.transport.forgive();
      workspaces.current?.tryNow();
    }),
    'portal.open': async () => {
      await ports.openPortal();
      return null;
    },
    'proxy.sign-in': async ({ proxy, user, password }) => {
      await ports.network.signIn(proxy, { user, password });
      workspaces.current?.tryNow();
      return null;
    },

    'notes.get': ({ callId }) => workspace().notes.of(callId),
    'notes.set': ({ callId, ...note }) => {
      if (workspace().notes.set(callId, note)) return null;
      throw refusal('no-such-call');
    },

    'todo.list': () => workspaces.current?.todo.list() ?? [],
    'todo.recent': () => workspaces.current?.todo.recent() ?? [],
    'todo.act': async ({ accountId, customer, action }) =>
      orRefuse(await workspace().todo.act(accountId, customer, action)),

    'team.tell': async ({ to, text }) => orRefuse(await workspace().team.messages.send(to, text)),
    'team.read-messages': async () => orRefuse(await workspace().team.messages.markRead()),
    'team.board': async () => orRefuse(await workspace().team.reports.board()),
    'team.calls': async (question) => orRefuse(await workspace().team.reports.calls(question)),

    'ready.get': () => workspaces.current?.ready.view() ?? { running: false, numbers: [] },
    'ready.check': async () => {
      const { ready, ringer } = workspace();
      ringer.probe();
      await ready.check();
      return null;
    },
    'ready.repair': async ({ accountId, action }) => {
      await workspace().ready.repair(accountId, action);
      return null;
    },
    'ready.ringer': ({ question, plays }, from) => {
      if (isFrom(windows.main, from)) workspaces.current?.ringer.handleAnswer(question, plays);
      return null;
    },
    'ready.devices': quietly((devices) => workspaces.handleDevices(devices)),
    'ready.media-servers': () => workspace().ready.mediaServers(),
    'ready.network': quietly((network) => workspaces.current?.ready.handleNetwork(network)),
    'ready.echo': ({ sdp }) => workspace().ready.echo(sdp),
    'ready.echo-heard': quietly(({ report }) => workspaces.current?.ready.handleEcho(report)),

    ...createCallHandlers(ports, workspace),
    ...createHistoryHandlers(ports, workspace),
    ...createInsightHandlers({ workspace, askFileToSave: ports.askFileToSave }),

    'storage.new-key': async () => {
      await wantNewKey(vault);
      return null;
    },
    'drafts.all': () => workspaces.current?.drafts.all() ?? {},
    'drafts.set': quietly(({ key, text }) => workspace().drafts.set(key, text)),
    'settings.set': quietly(({ settings }) => workspace().setSettings(settings)),
    'local-api.token': async () => ({ token: await ports.localApi.token() }),
    'local-api.renew': async () => ({ token: await ports.localApi.renew() }),
    'ring.drag': quietly(({ step }) => windows.ring.drag(step)),
    'window.calls-area': quietly(({ area }) => windows.main.setCalls(area)),
    'updates.look': quietly(() => void ports.updates.look()),
    'updates.plan': quietly(({ plan }) => ports.updates.plan(plan)),
    'updates.set-channel': quietly(({ channel }) => ports.updates.setChannel(channel)),
    'updates.dismiss': quietly(() => ports.updates.dismiss()),
    'autostart.get': () => ports.autostart.get(),
    'autostart.set': ({ on }) => ports.autostart.set(on),
    'links.get': () => ports.programs.links.list(),
    'links.set': async ({ scheme, on }) => {
      if (scheme === 'ringdesk') ports.organisation.assertFree({ ringdeskLinks: on });
      const handlers = await ports.programs.links.set(scheme, on);
      // Else it would be taken again at the next start.
      if (scheme === 'ringdesk') workspaces.current?.setSettings({ ringdeskLinks: on });
      return handlers;
    },
    'profile.import': async () => {
      const file = await ports.askProfileFile();
      if (file === undefined) throw refusal('cancelled');
      return { agent: await workspaces.importProfile(file) };
    },
    'profile.use-demo': async () => {
      await workspaces.useDemo();
      return null;
    },
    'profile.use-own': async () => {
      await workspaces.useOwn();
      return null;
    },
    'vault.choose': async ({ storeWeakly }) => {
      try {
        await vault.choose(storeWeakly);
      } catch (error) {
        throw refusal('vault-unavailable', messageOf(error));
      }
      ports.changed();
      return null;
    },

    ...createSetUpHandlers(ports),
    ...createAgentHandlers({
      workspace,
      askAgentsFile: ports.askAgentsFile,
      askTokensFile: ports.askTokensFile,
    }),
    ...createRecordingHandlers(workspace, ports.vault),
    ...createContactHandlers({
      workspace,
      askRateCard: ports.askRateCard,
      askPeopleFile: ports.askPeopleFile,
      askPeopleExport: (format) => {
        ports.organisation.assertAllowed('export');
        return ports.askPeopleExport(format);
      },
      askFileToSave: ports.askFileToSave,
      askFolder: ports.askExportFolder,
      assertMayExport: () => ports.organisation.assertAllowed('export'),
      eraseProgress: (_step, done, total) =>
        windows.main.send({ type: 'export-progress', id: 'erase', done, total }),
      showFile: ports.showFile,
    }),

    'demo.customers': () => demoCustomers,
    'demo.call': async ({ customerId }) => {
      const problem = await workspaces.currentDemo?.call(customerId);
      if (problem === undefined && workspaces.currentDemo) return null;
      throw problem === undefined
        ? refusal('offline')
        : new Refusal({ code: 'offline', message: problem });
    },
  };
}
