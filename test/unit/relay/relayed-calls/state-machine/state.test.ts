import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertNever } from '../../../../../src/shared/lib/assert-never.ts';
import { step } from '../../../../../src/relay/relayed-calls/state-machine/transition.ts';
import type { CallEvent } from '../../../../../src/relay/relayed-calls/state-machine/events.ts';
import type { Effect } from '../../../../../src/relay/relayed-calls/state-machine/effects.ts';
import {
  deadlineOf,
  hearing,
  mayTalk,
  ownerOf,
} from '../../../../../src/relay/relayed-calls/state-machine/state.ts';
import type { RelayedCallState } from '../../../../../src/relay/store/anchored-record.ts';
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

/** Who may end a call: its owner, and nobody's coming for all of the time there is. */
function mayEnd(before: RelayedCallState, event: CallEvent, now: number): boolean {
  switch (event.type) {
    case 'media-gone':
      return true;
    case 'hang-up':
      // Whoever had it last, and was not heard when they hung up.
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

const hasSomebody = (situation: RelayedCallState): boolean => {
  switch (situation.kind) {
    case 'ringing':
    case 'placing':
    case 'talking':
    case 'ended':
      return true;
    case 'consulting':
      return true;
    default:
      return deadlineOf(situation) !== undefined;
  }
};

/** Every situation that can be reached, with all that may happen in it, time included in steps of 10 s. */
function explore(): { situation: RelayedCallState; now: number }[] {
  const starts: RelayedCallState[] = [{ kind: 'ringing' }, { kind: 'placing', owner: ana }];
  const seen = new Map<string, { situation: RelayedCallState; now: number }>();
  const open = starts.map((situation) => ({ situation, now: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { situation, now } = next;
    const key = shape(situation, now);
    if (seen.has(key)) continue;
    seen.set(key, next);
    for (const event of eventsIn(situation)) {
      const moved = step(reload(situation), event, context(now, 'h'));
      if (moved.ok) open.push({ situation: moved.situation, now });
    }
    const later = step(situation, { type: 'deadline' }, context(now + 10_000, 'h'));
    if (later.ok) open.push({ situation: later.situation, now: now + 10_000 });
  }
  return [...seen.values()];
}

/** Everybody vanishes, and only time passes. */
function abandon(situation: RelayedCallState, now: number): { last: string; waited: number } {
  let current = situation;
  let waited = 0;
  for (let at = now; current.kind !== 'ended' && at < now + 500_000;) {
    for (const { id } of AGENTS) {
      const gone = step(current, { type: 'gone', agentId: id }, context(at, 'h'));
      if (gone.ok) current = gone.situation;
    }
    if (current.kind === 'queued') waited += 10_000;
    at += 10_000;
    const moved = step(current, { type: 'deadline' }, context(at, 'h'));
    if (moved.ok) current = moved.situation;
  }
  return { last: current.kind, waited };
}

describe('every situation that can be reached', () => {
  const all = explore();

  it('has somebody, or a moment at which it goes on', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter(({ situation }) => !hasSomebody(situation))).toEqual([]);
  });

  it('comes to an end when everybody vanishes, and not before the team had its time', () => {
    const begun = all.filter(
      ({ situation: { kind } }) => kind !== 'ringing' && kind !== 'ended' && kind !== 'placing',
    );
    const fates = begun.map(({ situation, now }) => ({
      asked: situation.kind === 'queued',
      ...abandon(situation, now),
    }));
    expect(fates.filter(({ last }) => last !== 'ended')).toEqual([]);
    expect(fates.filter(({ asked, waited }) => !asked && waited < policy.waitingMs)).toEqual([]);
  });

  it('is ended by us only when whoever has or had it hangs up, or nobody came in all of the time', () => {
    const wrong = all.flatMap(({ situation, now }) =>
      [...eventsIn(situation), { type: 'deadline' } as const]
        .filter((event) => {
          const moved = step(situation, event, context(now, 'h'));
          return moved.ok && ends(moved.effects) && !mayEnd(situation, event, now);
        })
        .map((event) => `${event.type} in ${situation.kind}`),
    );
    expect(wrong).toEqual([]);
  });

  it('can be taken by somebody who is asked', () => {
    const refusals = all.filter(({ situation, now }) => {
      if (situation.kind !== 'queued' && situation.kind !== 'transfer-offered') return false;
      const by = situation.kind === 'transfer-offered' ? situation.callOffer.to : cid;
      const claim = { type: 'claim', by, callOfferId: situation.callOffer.id } as const;
      return !step(situation, claim, context(now, 'h')).ok;
    });
    expect(refusals).toEqual([]);
  });

  it('lets the customer hear an agent only when that agent has the call', () => {
    const strangers = all.filter(({ situation }) => {
      const heard = hearing(situation);
      return heard.kind === 'talking' && ownerOf(situation)?.id !== heard.agent;
    });
    expect(strangers).toEqual([]);
  });

  it('lets the customer hear an agent or hold audio once they were picked up, and only who may bring a leg', () => {
    const wrong = all.filter(({ situation }) => {
      const { kind } = situation;
      if (kind === 'ringing' || kind === 'placing' || kind === 'ended') return false;
      const heard = hearing(situation);
      switch (heard.kind) {
        case 'on-hold':
          return heard.playing !== 'hold';
        case 'talking':
          return !mayTalk(situation, heard.agent);
        case 'consulting':
          return !mayTalk(situation, heard.agent) || !mayTalk(situation, heard.teammate);
        default:
          return assertNever(heard, 'hearing');
      }
    });
    expect(wrong).toEqual([]);
  });

  it('gives a granted claim what was claimed: the call, or the consultation before it', () => {
    const wrong = all.flatMap(({ situation, now }) =>
      AGENTS.flatMap((by) => {
        if (!('callOffer' in situation)) return [];
        const claim = { type: 'claim', by, callOfferId: situation.callOffer.id } as const;
        const moved = step(reload(situation), claim, context(now, 'h'));
        if (!moved.ok) return [];
        const has =
          ownerOf(moved.situation)?.id === by.id ||
          (moved.situation.kind === 'consulting' && moved.situation.callOffer.to.id === by.id);
        return has ? [] : [{ by: by.id, from: situation.kind, to: moved.situation.kind }];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('goes on by itself when the relay finds its consoles gone after a restart', () => {
    const stuck = all.filter(({ situation, now }) => {
      const restarted = AGENTS.reduce<RelayedCallState>((current, { id }) => {
        const moved = step(current, { type: 'gone', agentId: id }, context(now, 'h'));
        return moved.ok ? moved.situation : current;
      }, reload(situation));
      return !['ringing', 'ended'].includes(restarted.kind) && deadlineOf(restarted) === undefined;
    });
    expect(stuck).toEqual([]);
  });

  it('stays ended', () => {
    const ended: RelayedCallState = { kind: 'ended' };
    const moves = eventsIn(ended).map((event) => step(ended, event, context(0, 'h')));
    const still = { ok: true, situation: ended, effects: [] };
    expect(moves.filter(({ ok }) => ok)).toEqual(moves.filter(({ ok }) => ok).map(() => still));
  });
});

describe('every course of a call', () => {
  /** Picks an event of the situation, or lets time pass. */
  const choices = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 40_000 })), {
    minLength: 1,
    maxLength: 60,
  });

  it('tells of each callOffer once and of its end once; its countdown never moves', () => {
    fc.assert(
      fc.property(choices, (course) => {
        let situation: RelayedCallState = talking(ana);
        let now = 0;
        const told: string[] = [];
        const over: string[] = [];
        const claims: string[] = [];
        const countdowns = new Map<string, Set<number>>();
        course.forEach(([choice, passes], index) => {
          const events = eventsIn(situation);
          const event =
            choice % 4 === 0
              ? ({ type: 'deadline' } as const)
              : (events[choice % events.length] ?? ({ type: 'deadline' } as const));
          if (event.type === 'deadline') now += passes;
          const moved = step(reload(situation), event, context(now, `h${index}`));
          if (!moved.ok) return;
          situation = moved.situation;
          for (const effect of moved.effects) {
            if (effect.type !== 'log') continue;
            const { body } = effect;
            if (body.type === 'call-offer') told.push(body.callOffer.callOfferId);
            if (body.type === 'call-offer-ended') over.push(body.callOfferId);
            if (body.type === 'claimed') claims.push(body.callId);
          }
          if ('callOffer' in situation) {
            const { id, deadlineAt } = situation.callOffer;
            countdowns.set(id, (countdowns.get(id) ?? new Set()).add(deadlineAt));
          }
        });
        expect([...countdowns.values()].filter(({ size }) => size > 1)).toEqual([]);
        expect(new Set(told).size).toBe(told.length);
        expect(new Set(over).size).toBe(over.length);
        expect(new Set(claims).size).toBe(claims.length);
        const open = 'callOffer' in situation ? [situation.callOffer.id] : [];
        expect([...over, ...open].toSorted()).toEqual(told.toSorted());
      }),
      { numRuns: 3000 },
    );
  });
});
