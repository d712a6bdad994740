import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertNever } from '../../../../../src/shared/lib/assert-never.ts';
import { transition } from '../../../../../src/relay/relayed-calls/state-machine/transition.ts';
import type { CallEvent } from '../../../../../src/relay/relayed-calls/state-machine/events.ts';
import type { Effect } from '../../../../../src/relay/relayed-calls/state-machine/effects.ts';
import {
  deadlineOf,
  hearing,
  mayTalk,
  ownerOf,
} from '../../../../../src/relay/relayed-calls/state-machine/state.ts';
import type { RelayedCallState } from '../../../../../src/relay/store/relayed-call-record.ts';
import {
  AGENTS,
  ana,
  cid,
  context,
  eventsIn,
  policy,
  reload,
  shape,
  talking,
} from './arbitrary-events.ts';

const ends = (effects: readonly Effect[]) =>
  effects.some(({ type }) => type === 'terminate' || type === 'reject');

/** Who may end a call: its owner, or nobody coming within its full deadline. */
function mayEnd(before: RelayedCallState, event: CallEvent, now: number): boolean {
  switch (event.type) {
    case 'media-gone':
      return true;
    case 'hang-up':
      // The last owner, whose hang-up was not received.
      if (before.kind === 'queued') return before.from.id === event.by.id;
      return 'owner' in before && before.owner.id === event.by.id;
    case 'deadline':
      return before.kind === 'queued' && now >= before.callOffer.deadlineAt;
    case 'gone':
      return before.kind === 'placing';
    default:
      return false;
  }
}

const hasSomebody = (state: RelayedCallState): boolean => {
  switch (state.kind) {
    case 'ringing':
    case 'placing':
    case 'talking':
    case 'ended':
      return true;
    case 'consulting':
      return true;
    default:
      return deadlineOf(state) !== undefined;
  }
};

/** Every reachable state, with all events in it, including time in steps of 10 s. */
function explore(): { state: RelayedCallState; now: number }[] {
  const starts: RelayedCallState[] = [{ kind: 'ringing' }, { kind: 'placing', owner: ana }];
  const seen = new Map<string, { state: RelayedCallState; now: number }>();
  const open = starts.map((state) => ({ state, now: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { state, now } = next;
    const key = shape(state, now);
    if (seen.has(key)) continue;
    seen.set(key, next);
    for (const event of eventsIn(state)) {
      const moved = transition(reload(state), event, context(now, 'h'));
      if (moved.ok) open.push({ state: moved.state, now });
    }
    const later = transition(state, { type: 'deadline' }, context(now + 10_000, 'h'));
    if (later.ok) open.push({ state: later.state, now: now + 10_000 });
  }
  return [...seen.values()];
}

/** Everybody disconnects, and only time passes. */
function abandon(state: RelayedCallState, now: number): { last: string; waited: number } {
  let current = state;
  let waited = 0;
  for (let at = now; current.kind !== 'ended' && at < now + 500_000;) {
    for (const { id } of AGENTS) {
      const gone = transition(current, { type: 'gone', agentId: id }, context(at, 'h'));
      if (gone.ok) current = gone.state;
    }
    if (current.kind === 'queued') waited += 10_000;
    at += 10_000;
    const moved = transition(current, { type: 'deadline' }, context(at, 'h'));
    if (moved.ok) current = moved.state;
  }
  return { last: current.kind, waited };
}

describe('every reachable state', () => {
  const all = explore();

  it('always has an agent or a deadline', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter(({ state }) => !hasSomebody(state))).toEqual([]);
  });

  it('ends when everybody disconnects, and not before the team had its time', () => {
    const begun = all.filter(
      ({ state: { kind } }) => kind !== 'ringing' && kind !== 'ended' && kind !== 'placing',
    );
    const fates = begun.map(({ state, now }) => ({
      asked: state.kind === 'queued',
      ...abandon(state, now),
    }));
    expect(fates.filter(({ last }) => last !== 'ended')).toEqual([]);
    expect(fates.filter(({ asked, waited }) => !asked && waited < policy.waitingMs)).toEqual([]);
  });

  it('ends a call only when its agent hangs up, or nobody claimed it in time', () => {
    const wrong = all.flatMap(({ state, now }) =>
      [...eventsIn(state), { type: 'deadline' } as const]
        .filter((event) => {
          const moved = transition(state, event, context(now, 'h'));
          return moved.ok && ends(moved.effects) && !mayEnd(state, event, now);
        })
        .map((event) => `${event.type} in ${state.kind}`),
    );
    expect(wrong).toEqual([]);
  });

  it('can be claimed by an agent who is asked', () => {
    const refusals = all.filter(({ state, now }) => {
      if (state.kind !== 'queued' && state.kind !== 'transfer-offered') return false;
      const by = state.kind === 'transfer-offered' ? state.callOffer.to : cid;
      const claim = { type: 'claim', by, callOfferId: state.callOffer.id } as const;
      return !transition(state, claim, context(now, 'h')).ok;
    });
    expect(refusals).toEqual([]);
  });

  it('lets the customer hear an agent only when that agent has the call', () => {
    const strangers = all.filter(({ state }) => {
      const heard = hearing(state);
      return heard.kind === 'talking' && ownerOf(state)?.id !== heard.agent;
    });
    expect(strangers).toEqual([]);
  });

  it('lets the customer hear an agent or hold music once connected, and only agents who may bring a leg', () => {
    const wrong = all.filter(({ state }) => {
      const { kind } = state;
      if (kind === 'ringing' || kind === 'placing' || kind === 'ended') return false;
      const heard = hearing(state);
      switch (heard.kind) {
        case 'on-hold':
          return heard.playing !== 'hold';
        case 'talking':
          return !mayTalk(state, heard.agent);
        case 'consulting':
          return !mayTalk(state, heard.agent) || !mayTalk(state, heard.teammate);
        default:
          return assertNever(heard, 'hearing');
      }
    });
    expect(wrong).toEqual([]);
  });

  it('gives a granted claim the call, or the consultation before it', () => {
    const wrong = all.flatMap(({ state, now }) =>
      AGENTS.flatMap((by) => {
        if (!('callOffer' in state)) return [];
        const claim = { type: 'claim', by, callOfferId: state.callOffer.id } as const;
        const moved = transition(reload(state), claim, context(now, 'h'));
        if (!moved.ok) return [];
        const has =
          ownerOf(moved.state)?.id === by.id ||
          (moved.state.kind === 'consulting' && moved.state.callOffer.to.id === by.id);
        return has ? [] : [{ by: by.id, from: state.kind, to: moved.state.kind }];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('moves on by itself when its consoles are gone after a relay restart', () => {
    const stuck = all.filter(({ state, now }) => {
      const restarted = AGENTS.reduce<RelayedCallState>((current, { id }) => {
        const moved = transition(current, { type: 'gone', agentId: id }, context(now, 'h'));
        return moved.ok ? moved.state : current;
      }, reload(state));
      return !['ringing', 'ended'].includes(restarted.kind) && deadlineOf(restarted) === undefined;
    });
    expect(stuck).toEqual([]);
  });

  it('stays ended', () => {
    const ended: RelayedCallState = { kind: 'ended' };
    const moves = eventsIn(ended).map((event) => transition(ended, event, context(0, 'h')));
    const still = { ok: true, state: ended, effects: [] };
    expect(moves.filter(({ ok }) => ok)).toEqual(moves.filter(({ ok }) => ok).map(() => still));
  });
});

describe('every call history', () => {
  /** Picks an event of the state, or lets time pass. */
  const choices = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 40_000 })), {
    minLength: 1,
    maxLength: 60,
  });

  it('reports each call offer and its end once, and never moves its countdown', () => {
    fc.assert(
      fc.property(choices, (course) => {
        let state: RelayedCallState = talking(ana);
        let now = 0;
        const reported: string[] = [];
        const over: string[] = [];
        const claims: string[] = [];
        const countdowns = new Map<string, Set<number>>();
        course.forEach(([choice, passes], index) => {
          const events = eventsIn(state);
          const event =
            choice % 4 === 0
              ? ({ type: 'deadline' } as const)
              : (events[choice % events.length] ?? ({ type: 'deadline' } as const));
          if (event.type === 'deadline') now += passes;
          const moved = transition(reload(state), event, context(now, `h${index}`));
          if (!moved.ok) return;
          state = moved.state;
          for (const effect of moved.effects) {
            if (effect.type !== 'log') continue;
            const { body } = effect;
            if (body.type === 'call-offer') reported.push(body.callOffer.callOfferId);
            if (body.type === 'call-offer-ended') over.push(body.callOfferId);
            if (body.type === 'claimed') claims.push(body.callId);
          }
          if ('callOffer' in state) {
            const { id, deadlineAt } = state.callOffer;
            countdowns.set(id, (countdowns.get(id) ?? new Set()).add(deadlineAt));
          }
        });
        expect([...countdowns.values()].filter(({ size }) => size > 1)).toEqual([]);
        expect(new Set(reported).size).toBe(reported.length);
        expect(new Set(over).size).toBe(over.length);
        expect(new Set(claims).size).toBe(claims.length);
        const open = 'callOffer' in state ? [state.callOffer.id] : [];
        expect([...over, ...open].toSorted()).toEqual(reported.toSorted());
      }),
      { numRuns: 3000 },
    );
  });
});
