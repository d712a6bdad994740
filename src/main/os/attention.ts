import { isolated, t } from '../../shared/i18n/i18n.ts';
import { reachCause } from '../../shared/ipc/reach-cause.ts';
import { relayAnswer } from '../../shared/i18n/relay-answer.ts';
import { isCalling } from '../../shared/call/view.ts';
import { isEngaging } from '../../shared/call/model.ts';
import type { LiveCall } from '../../shared/ipc/live-call.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { ringsSilently } from '../../shared/ipc/team.ts';
import { isInRingWindow } from '../../shared/ipc/ring-window.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { clip, oneLine } from '../../shared/lib/foreign-text.ts';
import { partyLabel, partyNumber } from '../../shared/lib/party-name.ts';
import { reachTrouble } from '../../shared/ipc/reach.ts';
import type { Connection } from '../../shared/protocol/connection.ts';

export type TrayState = 'idle' | 'ringing' | 'active' | 'offline' | 'dnd';

/** Everything outside the windows that asks for the agent's attention, as it should be now. */
export interface Attention {
  /** The call that Accept and Decline outside the windows act on: the one ringing longest. */
  ringing: LiveCall | undefined;
  /** Whether it can be accepted; not during another call. */
  canAccept: boolean;
  /** The newest call whose decline can still be undone. */
  undoable: LiveCall | undefined;
  tray: {
    state: TrayState;
    tooltip: string;
    /** Why no calls can come in, where they should. */
    trouble?: string | undefined;
  };
  /**
   * Whether the ring window is open: a call is ringing, or just stopped and the window says why.
   */
  ringWindow: boolean;
  notification: RingNotification | undefined;
  /** Whether the taskbar entry flashes and the dock icon bounces. */
  flash: boolean;
  shortcuts: boolean;
  /** The call that the key for muting acts on. */
  mutable: LiveCall | undefined;
  /** Whether the display stays on. */
  keepAwake: boolean;
  /** Missed calls that nobody has seen. */
  badge: number;
}

/** Plain text; notifications that read markup escape it. */
export interface RingNotification {
  /** `unreachable`: about no call, but that none can come in. */
  kind?: 'unreachable' | undefined;
  callId: string;
  title: string;
  body: string;
  actions: readonly RingAction[];
}

export type RingAction = 'accept' | 'decline' | 'undo';

type Seen = Pick<Snapshot, 'calls' | 'connection' | 'ringer' | 'presence' | 'unseenMissed'> & {
  app: Pick<Snapshot['app'], 'workspace' | 'ownNumbersOf'>;
  settings: Pick<Settings, 'showRingWindow' | 'showNotification'>;
};

/** Derives all of it from the snapshot. Pure, so nothing can be left switched on. */
export function attentionFor(now: Seen): Attention {
  const ringingCalls = now.calls.filter(isCalling).sort((a, b) => a.createdAt - b.createdAt);
  const ringing = ringingCalls[0];
  const isSilent = (call: LiveCall) => ringsSilently(now.presence, call);
  const sounding = ringingCalls.filter((call) => !isSilent(call));
  const loudest = sounding.find(({ phase }) => phase.name === 'ringing' && !phase.silenced);
  const engaged = now.calls.find(isEngaged);
  const canAccept = ringing !== undefined && engaged === undefined;
  const undoable = now.calls.filter(isUndoable).at(-1);
  return {
    ringing,
    canAccept,
    undoable,
    tray: trayFor(now, sounding[0], engaged),
    ringWindow:
      now.settings.showRingWindow &&
      now.calls.some((call) => isInRingWindow(call) && !isSilent(call)),
    notification: notificationFor(now, loudest, undoable, ringingCalls.length - 1, canAccept),
    flash: loudest !== undefined,
    shortcuts: ringing !== undefined,
    mutable: engaged?.phase.name === 'connected' ? engaged : undefined,
    keepAwake: engaged !== undefined,
    badge: now.unseenMissed,
  };
}

/** The caller in a line of plain text: the name, else the number, else a phrase. */
export function callerOf(call: LiveCall): string {
  return partyLabel(call.party) || t('desktop.unknownCaller');
}

const NOTE_LENGTH = 80;

/** A note on one line, shortened. */
function brief(text: string): string {
  return clip(oneLine(text), NOTE_LENGTH);
}

function trayFor(
  now: Seen,
  ringing: LiveCall | undefined,
  engaged: LiveCall | undefined,
): Attention['tray'] {
  const tray = trayOf(now, ringing, engaged);
  const { workspace, ownNumbersOf } = now.app;
  if (workspace !== 'demo' || ownNumbersOf === undefined) return tray;
  return { ...tray, tooltip: t('desktop.tooltip.inDemo', { state: tray.tooltip }) };
}

function trayOf(
  now: Seen,
  ringing: LiveCall | undefined,
  engaged: LiveCall | undefined,
): Attention['tray'] {
  if (ringing) {
    return {
      state: 'ringing',
      tooltip: t('desktop.tooltip.ringing', { what: ringWords(ringing) }),
    };
  }
  const unreachable = reachTrouble(now);
  if (unreachable) {
    const { since } = unreachable;
    const cause = reachCause(unreachable, now.connection);
    return {
      state: 'offline',
      tooltip: `${t('desktop.tooltip.unreachable', { since })}. ${cause}`,
      trouble: `${t('desktop.unreachable', { since })}. ${cause}`,
    };
  }
  if (engaged)
    return { state: 'active', tooltip: t('desktop.tooltip.active', { name: callerOf(engaged) }) };
  const offline = offlineWords(now.connection);
  if (offline !== undefined) return { state: 'offline', tooltip: offline };
  if (now.presence.dnd) return { state: 'dnd', tooltip: t('desktop.tooltip.dnd') };
  return {
    state: 'idle',
    tooltip:
      now.unseenMissed > 0
        ? t('desktop.tooltip.missed', { count: now.unseenMissed })
        : t('desktop.tooltip.ready'),
  };
}

/** What rings, in one line: a call, a teammate's call, or a caller whose agent is gone. */
function titleOf(call: LiveCall): string {
  const caller = callerOf(call);
  if (!call.callOffer) return t('desktop.incomingCall', { caller });
  const { why, from } = call.callOffer;
  return why === 'requeue'
    ? t('desktop.waiting', { caller })
    : t('desktop.handedOver', { agent: brief(from), caller });
}

/** A teammate's note about their call, or since when and why the caller waits. */
function callOfferFacts({ callOffer, createdAt }: LiveCall): string {
  if (!callOffer) return '';
  if (callOffer.why === 'requeue')
    return t('desktop.waitingSince', { at: createdAt, agent: brief(callOffer.from) });
  return callOffer.note === undefined ? '' : t('desktop.note', { text: brief(callOffer.note) });
}

/** Title and facts together, where there is only one line. */
function ringWords(call: LiveCall): string {
  return [titleOf(call), callOfferFacts(call)].filter((part) => part !== '').join(' · ');
}

function notificationFor(
  { settings, presence }: Seen,
  ringing: LiveCall | undefined,
  undoable: LiveCall | undefined,
  more: number,
  canAccept: boolean,
): RingNotification | undefined {
  if (!settings.showNotification) return undefined;
  if (ringing) return ringNotification(ringing, more, canAccept);
  if (!undoable || ringsSilently(presence, undoable)) return undefined;
  const title = t('desktop.declined', { caller: callerOf(undoable) });
  return { callId: undoable.id, title, body: t('desktop.declinedNext'), actions: ['undo'] };
}

function ringNotification(call: LiveCall, more: number, canAccept: boolean): RingNotification {
  const caller = callerOf(call);
  const number = partyNumber(call.party);
  const parts = [
    callOfferFacts(call),
    number === caller ? '' : isolated(number),
    t('desktop.onNumber', { label: call.account.label }),
    more > 0 ? t('desktop.moreRinging', { count: more }) : '',
  ];
  return {
    callId: call.id,
    title: titleOf(call),
    body: parts.filter((part) => part !== '').join(' · '),
    actions: canAccept ? ['accept', 'decline'] : ['decline'],
  };
}

function isUndoable({ phase }: LiveCall): boolean {
  return phase.name === 'ringing' && phase.declined !== undefined;
}

function isEngaged(call: LiveCall): boolean {
  return isEngaging(call.phase.name);
}

/** Why no call can come in, for the tray; undefined while connected. */
function offlineWords(connection: Connection): string | undefined {
  switch (connection.state) {
    case 'connected':
      return undefined;
    case 'connecting':
      return t('desktop.connection.connecting');
    case 'reconnecting':
      return t('desktop.connection.reconnecting');
    case 'offline':
      return t('desktop.connection.offline');
    case 'refused':
      return t('desktop.connection.refused', { message: relayAnswer(connection) });
    case 'unconfigured':
      return t('desktop.connection.unconfigured');
    default:
      return assertNever(connection, 'connection');
  }
}
