import { join } from 'node:path';
import { type ConsoleApp, openConsoleApp, projectFolder } from '../../harness/console-app.ts';
import { type TestAgent, microphoneOf, sendTonesUnprocessed } from '../../harness/agents.ts';
import { startBackend, type Backend, type BackendOptions } from '../../harness/backend.ts';
import type { Runtime } from '../runtime.ts';
import type { LogRow } from './report.ts';

/** The consoles of a scenario and their relay, which is the media end of the calls. */
export interface TeamContext {
  backend: Backend;
  say: (line: string) => void;
  /** Opens an agent's console and waits until it is connected; reopens it on its data. */
  open: (agent: TestAgent) => Promise<ConsoleApp>;
  /** How many consoles were opened, each agent counted once. */
  consoles(): number;
  /** The logged calls of all open consoles, by agent. */
  logRows(): Promise<LogRow[]>;
  close(): Promise<void>;
}

/** @param policy the relay's policy, e.g. shorter deadlines */
export async function openTeamContext(
  runtime: Runtime,
  folder: string,
  say: (line: string) => void,
  policy: BackendOptions['policy'],
): Promise<TeamContext> {
  const backend = await startBackend(
    join(folder, 'backend'),
    {},
    { path: 'relayed', ownProcess: true, policy },
  );
  const apps = new Map<string, { agent: TestAgent; app: ConsoleApp }>();
  return {
    backend,
    say,
    async open(agent) {
      const known = apps.has(agent.id);
      const app = await openConsoleApp({
        ...runtime,
        machineArgs: runtime.args,
        appPath: projectFolder,
        userData: join(folder, `console-of-${agent.id}`),
        microphone: microphoneOf(agent, folder),
        ...(!known && { profile: await backend.profileFor(agent) }),
      });
      apps.set(agent.id, { agent, app });
      await sendTonesUnprocessed(app);
      await app.window
        .getByText(/^Connected/)
        .first()
        .waitFor();
      say(`${agent.name}’s console is connected${known ? ' again' : ''}.`);
      return app;
    },
    consoles: () => apps.size,
    logRows: async () => {
      const all = await Promise.all([...apps.values()].map(({ agent, app }) => logOf(agent, app)));
      return all.flat();
    },
    async close() {
      await Promise.all([...apps.values()].map(({ app }) => app.close()));
      await backend.close();
    },
  };
}

async function logOf(agent: TestAgent, app: ConsoleApp): Promise<LogRow[]> {
  const rows = await app.window.evaluate(async () => {
    const page = await window.ringdesk.request('history.list', { filter: {}, limit: 50 });
    if (!page.ok) throw new Error(page.error.message);
    const details = [];
    for (const { id } of page.value.rows) {
      const detail = await window.ringdesk.request('history.get', { callId: id });
      if (!detail.ok) throw new Error(detail.error.message);
      details.push(detail.value);
    }
    return details;
  });
  return rows.map(({ outcome, endReason, talkSeconds, callOffer, transfers = [] }) => ({
    agent: agent.name,
    outcome,
    end: endReason.kind,
    talkSeconds: talkSeconds ?? null,
    from: callOffer?.from ?? null,
    note: callOffer?.note ?? null,
    transfers: transfers.map(({ to, end }) => `${to}: ${end ?? 'open'}`),
  }));
}
