import type { CallEvent } from '../../../../../src/relay/relayed-calls/state-machine/events.ts';
import type { StepContext } from '../../../../../src/relay/relayed-calls/state-machine/effects.ts';
import {
  relayedCallRecord,
  type RelayedCallState,
} from '../../../../../src/relay/store/relayed-call-record.ts';

const person = (id: string) => ({ id, name: id.toUpperCase() });
type Agent = ReturnType<typeof person>;
export const [ana, ben, cid] = [person('ana'), person('ben'), person('cid')];
export const AGENTS = [ana, ben, cid];
const CALL = {
  callId: 'main/1',
  accountId: 'main',
  providerCallId: '1',
  direction: 'inbound',
  party: {},
} as const;
export const policy = { rejoinGraceMs: 20_000, waitingMs: 60_000, transferMs: 30_000 };
export const context = (now: number, newId: string): StepContext => ({
  now,
  newId,
  call: CALL,
  policy,
});
export const talking = (owner: Agent): RelayedCallState => ({
  kind: 'talking',
  owner,
  onHold: false,
});

/**
 * Events by or about an agent; `offer` stands for the open id, so that claims can also come too
 * late.
 */
export function eventsIn(state: RelayedCallState): CallEvent[] {
  const open = 'callOffer' in state ? state.callOffer.id : 'none';
  return [
    ...AGENTS.flatMap((by): CallEvent[] => [
      { type: 'accepted', by },
      { type: 'claim', by, callOfferId: open },
      { type: 'claim', by, callOfferId: 'stale' },
      { type: 'decline', by, callOfferId: open },
      { type: 'cancel', by },
      { type: 'complete', by },
      { type: 'hang-up', by },
      { type: 'hold', by },
      { type: 'resume', by },
      { type: 'take-over', by },
      {
        type: 'transfer-to-team',
        by,
        team: 'Care',
        asked: AGENTS.filter(({ id }) => id !== by.id),
      },
      ...AGENTS.flatMap((to): CallEvent[] => [
        { type: 'transfer', by, to, mode: 'blind' },
        { type: 'transfer', by, to, mode: 'consult' },
      ]),
      { type: 'gone', agentId: by.id },
      { type: 'back', agentId: by.id },
    ]),
    { type: 'answered' },
    { type: 'caller-gone' },
    { type: 'media-gone' },
  ];
}

/** The same state with relative times, so that finitely many remain. */
export const shape = (state: RelayedCallState, now: number) =>
  JSON.stringify(state, (key, value: unknown) =>
    (key === 'deadlineAt' || key === 'ownerUntil') && typeof value === 'number'
      ? // While consulting, the time to answer is over and means nothing any more.
        Math.max(0, value - now)
      : key === 'id' && typeof value === 'string' && value.startsWith('h')
        ? 'h'
        : value,
  );

/** Through the store and back, as at a restart of the relay. */
export function reload(state: RelayedCallState): RelayedCallState {
  const record = { ...CALL, dtmf: '', callOffers: [], state };
  return relayedCallRecord.parse(JSON.parse(JSON.stringify(record))).state;
}
