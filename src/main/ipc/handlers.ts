import type { Answered } from '../../shared/ipc/errors.ts';
import type { HistoryFilter } from '../../shared/ipc/history.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { ExportFormat } from '../../shared/ipc/export.ts';
import type { PeopleFormat } from '../../shared/ipc/people.ts';
import { ReadFailure } from '../history/history-reader.ts';
import type { CallFilter } from '../history/history-filter.ts';
import { createInsightHandlers } from './insight-handlers.ts';
import { demoCustomers } from '../demo/customers.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { Vault } from '../credentials/vault.ts';
import { Exports } from '../history/export/export-calls.ts';
import { wantNewKey } from '../credentials/database-keys.ts';
import { describe } from '../log.ts';
import type { Network } from '../network/system.ts';
import type { Windows } from '../windows/open-windows.ts';
import type { LocalApi } from '../local-api/local-api.ts';
import type { Organisation } from '../policy/organisation.ts';
import type { LinkHandlers } from '../programs/link-handlers.ts';
import type { NewCall } from '../programs/new-call.ts';
import type { ScreenPops } from '../programs/screen-pops.ts';
import type { SoftphoneLink } from '../windows/softphone.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { WorkspaceSwitcher } from '../workspace/workspace-switcher.ts';
import type { Notices } from '../snapshot/notices.ts';
import type { Autostart } from '../os/autostart.ts';
import type { Updates } from '../updates/updates.ts';
import { createAgentHandlers } from './agent-handlers.ts';
import { createContactHandlers } from './contact-handlers.ts';
import { createRecordingHandlers } from './recording-handlers.ts';
import { createSetUpHandlers, type SetUpHandlerPorts } from './set-up-handlers.ts';
import type { Handlers, IpcSender } from './ipc-dispatcher.ts';
import { Refusal, refusal } from '../refusal.ts';

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

/** One function per route; decisions are made in the parts that they call. */
export function createHandlers(ports: HandlerPorts): Handlers {
  const { workspaces, vault, notices, windows } = ports;
  const isMainWindow = (sender: IpcSender) => sender.id === windows.main.contentsId;
  const workspace = (): Workspace => {
    const { current } = workspaces;
    if (!current) throw refusal('no-profile');
    return current;
  };
  const exports = new Exports();

  return {
    'app.hello': ({ softphone }, from) => {
      if (softphone && isMainWindow(from)) {
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
        throw refusal('export-failed', error instanceof Error ? error.message : describe(error));
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

    'calls.accept': ({ callId }, from) => {
      orRefuse(workspace().calls.accept(callId));
      // Accepted in the ring window: show the call.
      if (!isMainWindow(from)) windows.show('todo');
      return null;
    },
    'calls.decline': ({ callId }) => orRefuse(workspace().calls.decline(callId)),
    'calls.undo-decline': ({ callId }) => orRefuse(workspace().calls.undoDecline(callId)),
    'calls.silence': ({ callId }) => orRefuse(workspace().calls.silence(callId)),
    'calls.hang-up': ({ callId }) => orRefuse(workspace().calls.hangUp(callId)),
    'calls.mute': ({ callId, muted }) => orRefuse(workspace().calls.mute(callId, muted)),
    'calls.confirm-recording': async ({ callId }) =>
      orRefuse(await workspace().recorder.confirm(callId)),
    'calls.pause-recording': async ({ callId, paused }) =>
      orRefuse(await workspace().recorder.pause(callId, paused)),
    'calls.stop-recording': async ({ callId, discard }) =>
      orRefuse(await workspace().recorder.stop(callId, discard)),
    'calls.hold': async ({ callId }) => orRefuse(await workspace().team.requests.hold(callId)),
    'calls.resume': async ({ callId }) => orRefuse(await workspace().team.requests.resume(callId)),
    'calls.transfer': async ({ callId, ...offer }) => {
      // What was written down is there before the call is offered.
      await workspace().notes.share();
      return orRefuse(await workspace().team.requests.transfer(callId, offer));
    },
    'calls.transfer-to-team': async ({ callId, ...offer }) => {
      await workspace().notes.share();
      return orRefuse(await workspace().team.requests.transferToTeam(callId, offer));
    },
    'calls.transfer-cancel': async ({ callId }) =>
      orRefuse(await workspace().team.requests.cancelTransfer(callId)),
    'calls.transfer-complete': async ({ callId }) =>
      orRefuse(await workspace().team.requests.completeTransfer(callId)),
    'calls.supervise': async ({ callId, mode }) =>
      orRefuse(await workspace().team.supervision.set(callId, mode)),
    'calls.take-over': async ({ callId }) =>
      orRefuse(await workspace().team.supervision.takeOver(callId)),
    'calls.dial': async (input) => {
      const { calls, contacts, people, insight } = workspace();
      const { doNotCall } = people.details({ waId: input.to, userId: input.userId });
      if (doNotCall) throw refusal('do-not-call', ...(doNotCall.reason ? [doNotCall.reason] : []));
      if (await insight.isHeld(input.accountId)) throw refusal('pick-up-held');
      const { waId: to } = contacts.spelled({ waId: input.to });
      return orRefuse(calls.dial({ ...input, to }));
    },
    'calls.dismiss': ({ callId }) => orRefuse(workspace().calls.dismiss(callId)),
    'calls.screen-pop': async ({ callId }) => {
      await ports.programs.screenPops.open(callId);
      return null;
    },
    'calls.play': async ({ callId, mediaUrl }) =>
      orRefuse(await workspace().calls.play(callId, mediaUrl)),

    'media.report': quietly(({ callId, report }) =>
      workspace().team.handleMediaReport(callId, report),
    ),
    'media.quality': quietly(({ callId, quality }) => workspace().saveQuality(callId, quality)),
    'media.pcm': ({ callId, frame }, from) => {
      if (isMainWindow(from)) workspaces.current?.streams.send(callId, frame);
      return null;
    },

    'media.recorder': ({ callId, report }, from) => {
      if (isMainWindow(from)) workspaces.current?.recorder.handleReport(callId, report);
      return null;
    },
    'media.recorded': (chunk, from) => {
      if (isMainWindow(from)) workspaces.current?.recorder.handleSound(chunk);
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
      if (isMainWindow(from)) workspaces.current?.ringer.handleAnswer(question, plays);
      return null;
    },
    'ready.devices': quietly((devices) => workspaces.handleDevices(devices)),
    'ready.media-servers': () => workspace().ready.mediaServers(),
    'ready.network': quietly((network) => workspaces.current?.ready.handleNetwork(network)),
    'ready.echo': ({ sdp }) => workspace().ready.echo(sdp),
    'ready.echo-heard': quietly(({ report }) => workspaces.current?.ready.handleEcho(report)),

    'history.list': ({ filter, after, limit }) =>
      workspace().history.list(withRoster(filter, workspace()), after, limit),
    'history.counts': ({ filters }) =>
      workspace().history.counts(filters.map((filter) => withRoster(filter, workspace()))),
    'history.get': async ({ callId }) => {
      const found = await workspace().history.get(callId);
      if (found) return found;
      throw refusal('no-such-call');
    },
    'history.seen': quietly(({ callId }) => workspace().markSeen(callId)),

    ...createInsightHandlers({ workspace, askFileToSave: ports.askFileToSave }),

    'export.calls': async ({ id, format, filter, ...more }) => {
      ports.organisation.assertAllowed('export');
      const reader = workspace().history;
      const path = await ports.askExportFile(format);
      if (path === undefined) throw cancelled();
      const onProgress = (count: number, total: number) =>
        windows.main.send({ type: 'export-progress', id, done: count, total });
      try {
        const what = {
          reader,
          path,
          format,
          filter: withRoster(filter, workspace()),
          ...more,
          onProgress,
        };
        const { rows } = await exports.run(id, what);
        workspace().noteExport(path, what.filter);
        return { path, rows };
      } catch (error) {
        if (error instanceof ReadFailure && error.cancelled) throw cancelled();
        throw refusal('export-failed', error instanceof Error ? error.message : describe(error));
      }
    },
    'storage.new-key': async () => {
      await wantNewKey(vault);
      return null;
    },
    'export.folder': async () => ({ folder: await ports.askExportFolder() }),
    'export.cancel': quietly(({ id }) => exports.cancel(id)),

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
      if (file === undefined) throw cancelled();
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
        throw refusal('vault-unavailable', describe(error));
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

/** The answer's value, or its error thrown for the dispatcher. */
function orRefuse<T>(answer: Answered<T>): T {
  if (answer.ok) return answer.value;
  throw new Refusal(answer.error);
}

/** A handler that only confirms. */
function quietly<I>(run: (input: I) => void): (input: I) => null {
  return (input) => {
    run(input);
    return null;
  };
}

function cancelled(): Refusal {
  return refusal('cancelled');
}

/** A figure of Insight may be an agent's or a team's. */
function withRoster(filter: HistoryFilter, { insight }: Pick<Workspace, 'insight'>): CallFilter {
  return filter.insight === undefined ? filter : { ...filter, roster: insight.roster() };
}
