import { join } from 'node:path';
import { type Desk, openDesk, projectFolder } from '../../harness/desk.ts';
import { microphoneOf, type Player, sendTonesAsTheyAre } from '../../harness/team.ts';
import { createWorld, type World, type WorldOptions } from '../../harness/world.ts';
import type { Runtime } from '../main.ts';
import type { LogRow } from './report.ts';

/** Where a scenario is played: a relay of its own that carries the calls, and consoles before it. */
export interface TeamStage {
  world: World;
  say: (line: string) => void;
  /** A player's console, connected; asked for again after it was killed, it starts anew on its data. */
  open: (player: Player) => Promise<Desk>;
  /** How many consoles were opened, each agent counted once. */
  consoles(): number;
  /** What the logs of all consoles that are open hold, by agent. */
  logRows(): Promise<LogRow[]>;
  close(): Promise<void>;
}

/** @param policy of the relay, e.g. shorter deadlines */
export async function openStage(
  runtime: Runtime,
  folder: string,
  say: (line: string) => void,
  policy: WorldOptions['policy'],
): Promise<TeamStage> {
  const world = await createWorld(
    join(folder, 'world'),
    {},
    { route: 'anchored', apart: true, policy },
  );
  const desks = new Map<string, { player: Player; desk: Desk }>();
  return {
    world,
    say,
    async open(player) {
      const known = desks.has(player.id);
      const desk = await openDesk({
        ...runtime,
        machineArgs: runtime.args,
        appPath: projectFolder,
        userData: join(folder, `console-of-${player.id}`),
        microphone: microphoneOf(player, folder),
        ...(!known && { profile: await world.profileFor(player) }),
      });
      desks.set(player.id, { player, desk });
      await sendTonesAsTheyAre(desk);
      await desk.window
        .getByText(/^Connected/)
        .first()
        .waitFor();
      say(`${player.name}’s console is connected${known ? ' again' : ''}.`);
      return desk;
    },
    consoles: () => desks.size,
    logRows: async () => {
      const all = await Promise.all(
        [...desks.values()].map(({ player, desk }) => logOf(player, desk)),
      );
      return all.flat();
    },
    async close() {
      await Promise.all([...desks.values()].map(({ desk }) => desk.close()));
      await world.close();
    },
  };
}

async function logOf(player: Player, desk: Desk): Promise<LogRow[]> {
  const rows = await desk.window.evaluate(async () => {
    const page = await window.ringdesk.request('history.list', { filter: {}, limit: 50 });
    if (!page.ok) throw new Error(page.error.message);
    const details = [];
    for (const { id } of page.data.rows) {
      const detail = await window.ringdesk.request('history.get', { callId: id });
      if (!detail.ok) throw new Error(detail.error.message);
      details.push(detail.data);
    }
    return details;
  });
  return rows.map(({ outcome, endReason, talkSeconds, callOffer, transfers = [] }) => ({
    agent: player.name,
    outcome,
    end: endReason.kind,
    talkSeconds: talkSeconds ?? null,
    from: callOffer?.from ?? null,
    note: callOffer?.note ?? null,
    transfers: transfers.map(({ to, end }) => `${to}: ${end ?? 'open'}`),
  }));
}
