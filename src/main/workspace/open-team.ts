import { isEngaged, type Call } from '../../shared/call/model.ts';
import type { MediaCommand } from '../../shared/ipc/events.ts';
import type { PresenceView, SupervisableCall } from '../../shared/ipc/model.ts';
import type { MediaReport } from '../../shared/ipc/routes.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Agent, CallOfferEnd, Teammate } from '../../shared/protocol/frames.ts';
import type { CallService } from '../calls/call-service.ts';
import { ownCall } from '../calls/event-router/context.ts';
import { Supervision } from '../team/supervision.ts';
import type { TeamBoard } from '../team/team-state.ts';
import { TeamDesk } from '../team/team-requests.ts';
import { noRelayedApi } from '../relay-client/none.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';
import type { LiveCalls } from '../snapshot/live-calls.ts';
import { PresenceKeeper, type PresenceDeps } from '../team/presence-service.ts';
import type { Notices } from '../snapshot/notices.ts';

export interface TeamPorts {
  /** Where the agent's choice is kept. */
  chosen: PresenceDeps['store'];
  relay: RelayClient | undefined;
  self: () => Agent | undefined;
  board: TeamBoard;
  calls: CallService;
  live: LiveCalls;
  accountLabel: (accountId: string) => string;
  media: (command: MediaCommand) => void;
  clock: Clock;
  notices: Notices;
  changed: () => void;
}

/** The agent among others: presence, whom a call may go to, and listening to others' calls. */
export interface Team {
  desk: TeamDesk;
  supervision: Supervision;
  presence: Pick<PresenceKeeper, 'set' | 'setLocked'>;
  view: () => {
    presence: PresenceView;
    team: readonly Teammate[];
    supervisable: readonly SupervisableCall[];
  };
  /** A report of the softphone, whichever leg it is about. */
  fromMedia: (callId: string, report: MediaReport) => void;
  close: () => void;
}

/** Builds it and connects it with the relay and the calls. */
export function openTeam(deps: TeamPorts): Team {
  const { relay, board, calls, live, clock, changed } = deps;
  const relayedApi = relay?.relayedApi ?? noRelayedApi;
  const desk = new TeamDesk({ relayedApi, live: () => calls.live() });
  const supervision = new Supervision({
    media: deps.media,
    relayedApi,
    iceServers: () => relay?.iceServers ?? [],
    clock,
    changed,
  });
  const presence = new PresenceKeeper({
    store: deps.chosen,
    clock,
    engaged: () => calls.live().some(isEngaged),
    told: () => board.me,
    tell: (state, spoken) => relay?.setPresence(state, spoken),
    changed,
  });
  const reverts = new Reverts(deps.notices);

  calls.on('changed', (call) => {
    presence.refresh();
    reverts.see(call);
    // Nobody listens to others while a customer talks to them.
    if (isEngaged(call)) supervision.end();
  });
  relay?.on('team', (agents) => {
    board.setTeam(agents);
    changed();
  });
  relay?.on('call', (told) => {
    board.put(told);
    if (told.state === 'ended') supervision.end(told.callId);
    calls.handleRelayedCall(told);
    const own = ownCall(calls.live(), told.callId);
    if (own) live.handleCall(own);
    changed();
  });
  relay?.on('connection', ({ state }) => {
    if (state === 'connected') return;
    board.clear();
    supervision.end();
  });
  presence.refresh();

  return {
    desk,
    supervision,
    presence,
    view: () => ({
      presence: presence.view(),
      team: board.team,
      supervisable: board.others(deps.accountLabel, (callId) => supervision.modeOf(callId)),
    }),
    fromMedia(callId, report) {
      if (supervision.owns(callId)) supervision.fromMedia(callId, report);
      else calls.fromMedia(callId, report);
    },
    close() {
      supervision.end();
      presence.dispose();
    },
  };
}

/** Tells the agent why a call came back to them, until the call is over or offered again. */
class Reverts {
  readonly #told = new Map<string, number>();
  readonly #notices: Notices;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  see({ id, phase, transfers }: Call): void {
    const over = phase.name === 'ended';
    const last = transfers?.at(-1);
    if (over || (last && last.end === undefined)) this.#notices.remove(`transfer/${id}`);
    if (over) this.#told.delete(id);
    if (over || last?.end === undefined || this.#told.get(id) === last.at) return;
    this.#told.set(id, last.at);
    // Whoever took it back, or whose customer hung up, knows it.
    if (!CAME_BACK.has(last.end)) return;
    this.#notices.add({
      id: `transfer/${id}`,
      kind: 'warning',
      code: 'transfer-reverted',
      values: { name: last.to, end: last.end },
    });
  }
}

const CAME_BACK: ReadonlySet<CallOfferEnd> = new Set([
  'declined',
  'unanswered',
  'teammate-gone',
  'refused',
]);
