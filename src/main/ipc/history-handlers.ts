import type { HistoryFilter } from '../../shared/ipc/history.ts';
import { Exports } from '../history/export/export-calls.ts';
import type { CallFilter } from '../history/history-filter.ts';
import { ReadFailure } from '../history/history-reader.ts';
import { messageOf } from '../log.ts';
import { refusal } from '../refusal.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { quietly } from './answers.ts';
import type { HandlerPorts } from './handler-ports.ts';
import type { Handlers } from './ipc-dispatcher.ts';

type HistoryHandlers = Pick<
  Handlers,
  Extract<keyof Handlers, `history.${string}` | `export.${string}`>
>;

type HistoryHandlerPorts = Pick<
  HandlerPorts,
  'windows' | 'organisation' | 'askExportFile' | 'askExportFolder'
>;

/** The calls that were, listed and exported. */
export function createHistoryHandlers(
  { windows, organisation, askExportFile, askExportFolder }: HistoryHandlerPorts,
  workspace: () => Workspace,
): HistoryHandlers {
  const exports = new Exports();
  return {
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

    'export.calls': async ({ id, format, filter, ...more }) => {
      organisation.assertAllowed('export');
      const reader = workspace().history;
      const path = await askExportFile(format);
      if (path === undefined) throw refusal('cancelled');
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
        workspace().noteExport(path, 'calls', what.filter);
        return { path, rows };
      } catch (error) {
        if (error instanceof ReadFailure && error.cancelled) throw refusal('cancelled');
        throw refusal('export-failed', messageOf(error));
      }
    },
    'export.folder': async () => ({ folder: await askExportFolder() }),
    'export.cancel': quietly(({ id }) => exports.cancel(id)),
  };
}

/** A figure of Insight may be an agent's or a team's. */
function withRoster(filter: HistoryFilter, { insight }: Pick<Workspace, 'insight'>): CallFilter {
  return filter.insight === undefined ? filter : { ...filter, roster: insight.roster() };
}
