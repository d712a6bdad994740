import { asRelayed, isEngaged, type Call } from '../../shared/call/model.ts';
import type { MediaCommand } from '../../shared/ipc/events.ts';
import type { TeamView } from '../../shared/ipc/live-call.ts';
import type { PresenceView, SupervisableCall } from '../../shared/ipc/team.ts';
import type { KeptMessage } from '../../shared/ipc/team-message.ts';
import type { MediaReport } from '../../shared/ipc/routes/media.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { traitsOf } from '../../shared/providers/media-path.ts';
import type { CallOfferEnd } from '../../shared/protocol/call-offer-end.ts';
import type { Teammate } from '../../shared/protocol/frames.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { CallService } from '../calls/call-service.ts';
import { ownCall } from '../calls/event-router/context.ts';
import type { SafeCallLog } from '../db/storage/safe-calls.ts';
import { blameBeyond } from '../team/blame.ts';
import { Supervision } from '../team/supervision.ts';
import type { TeamState } from '../team/team-state.ts';
import type { TeamMessages } from '../team/team-messages.ts';
import { MeasuredCalls, type MeasuredPorts } from '../team/measured-calls.ts';
import { TeamReports } from '../team/team-reports.ts';
import { TeamRequests } from '../team/team-requests.ts';
import { noRelayedApi } from '../relay-client/requests.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';
import type { LiveCalls } from '../snapshot/live-calls.ts';
import { PresenceService, type PresencePorts } from '../team/presence-service.ts';
import { WrapUpClock } from '../team/wrap-up-clock.ts';
import type { Notices } from '../snapshot/notices.ts';

export interface TeamPorts {
  /** Stores the presence that the agent chose. */
  chosen: PresencePorts['store'];
  relay: RelayClient | undefined;
  self: () => Agent | undefined;
  state: TeamState;
  messages: TeamMessages;
  calls: CallService;
  live: LiveCalls;
  accountLabel: (accountId: string) => string;
  /** Stores how long a call was written down, and how well it was heard. */
  callLog: Pick<SafeCallLog, 'get' | 'saveWrapUp' | 'saveQuality'>;
  /** Calls of which the relay is told what was measured. */
  callReports: MeasuredPorts['store'];
  media: (command: MediaCommand) => void;
  clock: Clock;
  /** What was measured could not be told; it is tried again. */
  failed: (error: unknown) => void;
  notices: Notices;
  changed: () => void;
}

/** The agent's presence, transfers, and supervision of teammates' calls. */
export interface Team {
  requests: TeamRequests;
  reports: TeamReports;
  messages: TeamMessages;
  supervision: Supervision;
  presence: Pick<PresenceService, 'set' | 'setLocked' | 'extendWrapUp'>;
  view: () => {
    presence: PresenceView;
    team: readonly Teammate[];
    supervisable: readonly SupervisableCall[];
    messages: readonly KeptMessage[];
  };
  /** A report from the softphone, about a call or a supervised leg. */
  handleMediaReport: (callId: string, report: MediaReport) => void;
  /** Stores how well a call was heard, and whose network was at fault. */
  saveQuality: SafeCallLog['saveQuality'];
  close: () => void;
}

/** Builds these parts and subscribes them to the relay and the calls. */
export function openTeam(ports: TeamPorts): Team {
  const { relay, state, calls, callLog, live, clock, changed } = ports;
  const relayedApi = relay?.relayedApi ?? noRelayedApi;
  const reports = new TeamReports({ relay, clock, accountLabel: ports.accountLabel });
  const requests = new TeamRequests({ relayedApi, live: () => calls.live() });
  const supervision = new Supervision({
    media: ports.media,
    relayedApi,
    iceServers: () => relay?.iceServers ?? [],
    clock,
    changed,
  });
  const measured = new MeasuredCalls({
    store: ports.callReports,
    report:
      relay &&
      (({ accountId, providerCallId, measured }) =>
        relay.measured({ accountId, providerCallId, ...measured })),
    clock,
    failed: ports.failed,
  });
  const wrapUp = new WrapUpClock({
    clock,
    store(callId, seconds) {
      callLog.saveWrapUp(callId, seconds);
      measured.handleChanged(callId);
    },
  });
  const presence: PresenceService = new PresenceService({
    store: ports.chosen,
    clock,
    isOnCall: () => calls.live().some(isEngaged),
    reported: () => state.me,
    report: (state, chosen, afterCall) => relay?.setPresence(state, chosen, afterCall),
    changed() {
      wrapUp.handlePresence(presence.view().state);
      changed();
    },
  });
  const transferNotices = new TransferNotices(ports.notices);
  /** The relay's last word about the sound of the call that was measured last. */
  let heard: { callId: string; legs: TeamView['legs'] | undefined } | undefined;

  calls.on('changed', (call) => {
    const isOver = call.phase.name === 'ended' && isTalk(call);
    if (isOver) wrapUp.handleEnded(call.id);
    presence.handleCall(isOver);
    transferNotices.handleCall(call);
    reports.handleCall(call);
    if (call.phase.name === 'ended') measured.handleChanged(call.id);
    // Supervision ends when the agent takes a call of their own.
    if (isEngaged(call)) supervision.end();
    if (isTakeOver(call) && !calls.live().some(isEngaged)) {
      // Not amid the news of the ring itself.
      queueMicrotask(() => calls.accept(call.id));
    }
  });
  relay?.on('team', (frame) => {
    state.handleTeam(frame);
    wrapUp.handlePresence(presence.view().state);
    live.handlePresence();
    changed();
  });
  relay?.on('call', (status) => {
    state.handleCall(status);
    if (status.state === 'ended') supervision.end(status.callId);
    calls.reports.handleRelayedCall(status);
    const own = ownCall(calls.live(), status.callId);
    if (own) live.handleCall(own);
    changed();
  });
  relay?.on('connection', (connection) => {
    if (connection.state === 'connected') {
      void reports.tellPlaced();
      void measured.tell();
    } else {
      state.clear();
      supervision.end();
    }
  });
  presence.refresh();

  return {
    requests,
    reports,
    messages: ports.messages,
    supervision,
    presence,
    view: () => ({
      presence: presence.view(),
      team: state.team,
      messages: ports.messages.list(),
      supervisable: state.supervisable(ports.accountLabel, (callId) => supervision.modeOf(callId)),
    }),
    handleMediaReport(callId, report) {
      if (supervision.owns(callId)) supervision.handleMediaReport(callId, report);
      else calls.handleMediaReport(callId, report);
    },
    saveQuality(callId, quality) {
      const call = callLog.get(callId);
      const legsNow = call && state.viewOf(call)?.legs;
      // The softphone's last report may come after the relay's.
      const legs = legsNow ?? (heard?.callId === callId ? heard.legs : undefined);
      heard = { callId, legs };
      callLog.saveQuality(callId, blameBeyond(quality, legs));
      measured.handleChanged(callId);
    },
    close() {
      measured.close();
      supervision.end();
      presence.close();
    },
  };
}

/** Whether a teammate's call rings here because this agent, their supervisor, takes it over. */
const isTakeOver = (call: Call): boolean =>
  call.phase.name === 'ringing' && asRelayed(call)?.callOffer?.why === 'take-over';

/** Whether the agent talked with the customer here. */
const isTalk = ({ path, connectedAt }: Call): boolean =>
  connectedAt !== undefined && traitsOf(path).isSpokenHere;

/** Tells the agent why a transferred call came back, until it ends or is offered again. */
class TransferNotices {
  readonly #announced = new Map<string, number>();
  readonly #notices: Notices;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  handleCall(call: Call): void {
    const { id, phase } = call;
    const over = phase.name === 'ended';
    const last = asRelayed(call)?.transfers?.at(-1);
    if (over || (last && last.end === undefined)) this.#notices.remove(`transfer/${id}`);
    if (over) this.#announced.delete(id);
    if (over || last?.end === undefined || this.#announced.get(id) === last.at) return;
    this.#announced.set(id, last.at);
    // An agent who cancelled the transfer, or whose customer hung up, knows why.
    if (last.isTakeOver || !CAME_BACK.has(last.end)) return;
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
