import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { step, type CallEvent } from '../../../src/relay/coordination/handover.ts';
import type { Effect, StepContext } from '../../../src/relay/coordination/handover-effects.ts';
import { deadlineOf, hearing, ownerOf } from '../../../src/relay/coordination/situation.ts';
import { anchoredRecord, type Situation } from '../../../src/relay/store/anchored-record.ts';

const person = (id: string) => ({ id, name: id.toUpperCase() });
type Agent = ReturnType<typeof person>;
const [ana, ben, cid] = [person('ana'), person('ben'), person('cid')];
const AGENTS = [ana, ben, cid];
const CALL = {
  callId: 'main/1',
  accountId: 'main',
  providerCallId: '1',
  direction: 'inbound',
  party: {},
} as const;
const policy = { rejoinGraceMs: 20_000, waitingMs: 60_000, transferMs: 30_000 };
const context = (now: number, newId: string): StepContext => ({ now, newId, call: CALL, policy });
const talking = (owner: Agent): Situation => ({ kind: 'talking', owner, parked: false });

/** What one may do or suffer; `handover` stands for the id that is open, so that claims can also come too late. */
function eventsIn(situation: Situation): CallEvent[] {
  const open = 'handover' in situation ? situation.handover.id : 'none';
  return [
    ...AGENTS.flatMap((by): CallEvent[] => [
      { type: 'accepted', by },
      { type: 'claim', by, handoverId: open },
      { type: 'claim', by, handoverId: 'stale' },
      { type: 'decline', by, handoverId: open },
      { type: 'cancel', by },
      { type: 'complete', by },
      { type: 'hang-up', by },
      { type: 'park', by, on: true },
      { type: 'park', by, on: false },
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

/** The same situation with times relative to now, so that finitely many are left. */
const shape = (situation: Situation, now: number) =>
  JSON.stringify(situation, (key, value: unknown) =>
    (key === 'deadlineAt' || key === 'ownerUntil') && typeof value === 'number'
      ? // While consulting, the time to answer is over and means nothing any more.
        Math.max(0, value - now)
      : key === 'id' && typeof value === 'string' && value.startsWith('h')
        ? 'h'
        : value,
  );

/** Through the store and back, as at a restart of the relay. */
function reload(situation: Situation): Situation {
  const record = { ...CALL, keys: '', handovers: [], situation };
  return anchoredRecord.parse(JSON.parse(JSON.stringify(record))).situation;
}

const ends = (effects: readonly Effect[]) =>
  effects.some(({ type }) => type === 'terminate' || type === 'reject');

/** Who may end a call: its owner, and nobody's coming for all of the time there is. */
function mayEnd(before: Situation, event: CallEvent, now: number): boolean {
  switch (event.type) {
    case 'media-gone':
      return true;
    case 'hang-up':
      return 'owner' in before && before.owner.id === event.by.id;
    case 'deadline':
      return before.kind === 'waiting' && now >= before.handover.deadlineAt;
    case 'gone':
      return before.kind === 'placing';
    default:
      return false;
  }
}

const hasSomebody = (situation: Situation): boolean => {
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
function explore(): { situation: Situation; now: number }[] {
  const starts: Situation[] = [{ kind: 'ringing' }, { kind: 'placing', owner: ana }];
  const seen = new Map<string, { situation: Situation; now: number }>();
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
function abandon(situation: Situation, now: number): { last: string; waited: number } {
  let current = situation;
  let waited = 0;
  for (let at = now; current.kind !== 'ended' && at < now + 500_000;) {
    for (const { id } of AGENTS) {
      const gone = step(current, { type: 'gone', agentId: id }, context(at, 'h'));
      if (gone.ok) current = gone.situation;
    }
    if (current.kind === 'waiting') waited += 10_000;
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
      asked: situation.kind === 'waiting',
      ...abandon(situation, now),
    }));
    expect(fates.filter(({ last }) => last !== 'ended')).toEqual([]);
    expect(fates.filter(({ asked, waited }) => !asked && waited < policy.waitingMs)).toEqual([]);
  });

  it('is ended by us only when the owner hangs up or nobody came in all of the time', () => {
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
      if (situation.kind !== 'waiting' && situation.kind !== 'asking') return false;
      const by = situation.kind === 'asking' ? situation.handover.to : cid;
      const claim = { type: 'claim', by, handoverId: situation.handover.id } as const;
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

  it('stays ended', () => {
    const ended: Situation = { kind: 'ended' };
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

  it('tells of each handover once and of its end once; its countdown never moves', () => {
    fc.assert(
      fc.property(choices, (course) => {
        let situation: Situation = talking(ana);
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
            if (body.type === 'handover') told.push(body.handover.handoverId);
            if (body.type === 'handover-ended') over.push(body.handoverId);
            if (body.type === 'claimed') claims.push(body.callId);
          }
          if ('handover' in situation) {
            const { id, deadlineAt } = situation.handover;
            countdowns.set(id, (countdowns.get(id) ?? new Set()).add(deadlineAt));
          }
        });
        expect([...countdowns.values()].filter(({ size }) => size > 1)).toEqual([]);
        expect(new Set(told).size).toBe(told.length);
        expect(new Set(over).size).toBe(over.length);
        expect(new Set(claims).size).toBe(claims.length);
        const open = 'handover' in situation ? [situation.handover.id] : [];
        expect([...over, ...open].toSorted()).toEqual(told.toSorted());
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a handover', () => {
  const run = (start: Situation, ...events: [CallEvent, number][]) => {
    let situation = start;
    const bodies: unknown[] = [];
    for (const [event, now] of events) {
      const moved = step(situation, event, context(now, 'h1'));
      if (!moved.ok) return { situation, bodies, refused: moved };
      situation = moved.situation;
      for (const effect of moved.effects) if (effect.type === 'log') bodies.push(effect.body);
    }
    return { situation, bodies };
  };
  const blind: CallEvent = { type: 'transfer', by: ana, to: ben, mode: 'blind', note: 'VIP' };
  const consult: CallEvent = { ...blind, mode: 'consult' };
  const claim: CallEvent = { type: 'claim', by: ben, handoverId: 'h1' };

  it('goes to who accepts', () => {
    const { situation, bodies } = run(talking(ana), [blind, 0], [claim, 1000]);
    expect(situation).toEqual(talking(ben));
    expect(bodies).toMatchObject([
      {
        type: 'handover',
        handover: { why: 'transfer', from: ana, to: [ben], note: 'VIP', deadlineAt: 30_000 },
      },
      { type: 'claimed', callId: 'h1', by: ben },
      { type: 'handover-ended', end: 'accepted', by: ben },
    ]);
  });

  it.each<[string, CallEvent, number, string]>([
    ['declines', { type: 'decline', by: ben, handoverId: 'h1' }, 1000, 'declined'],
    ['does not answer', { type: 'deadline' }, 30_000, 'unanswered'],
    ['vanishes', { type: 'gone', agentId: 'ben' }, 1000, 'teammate-gone'],
  ])('comes back when the teammate %s', (_, event, at, end) => {
    const { situation, bodies } = run(talking(ana), [blind, 0], [event, at]);
    expect(situation).toEqual(talking(ana));
    expect(bodies.at(-1)).toMatchObject({ type: 'handover-ended', end });
    const alone = run(
      talking(ana),
      [blind, 0],
      [{ type: 'gone', agentId: 'ana' }, 10],
      [event, at],
    );
    expect(alone.situation).toMatchObject({ kind: 'waiting', from: ana });
    expect(alone.bodies.at(-1)).toMatchObject({ type: 'handover', handover: { why: 'waiting' } });
  });

  it('with consulting leaves the customer on hold until it is completed or cancelled', () => {
    const both = run(talking(ana), [consult, 0], [claim, 1000]);
    expect(hearing(both.situation)).toEqual({ kind: 'consulting', agent: 'ana', teammate: 'ben' });
    expect(run(both.situation, [{ type: 'complete', by: ana }, 2000]).situation).toEqual(
      talking(ben),
    );
    expect(run(both.situation, [{ type: 'cancel', by: ana }, 2000]).situation).toEqual(
      talking(ana),
    );
    const lost = run(
      both.situation,
      [{ type: 'gone', agentId: 'ana' }, 2000],
      [{ type: 'deadline' }, 22_000],
    );
    expect(lost.situation).toEqual(talking(ben));
  });

  it('is only for its parties', () => {
    expect(run(talking(ana), [{ ...blind, by: cid }, 0]).refused).toMatchObject({
      why: 'not-yours',
      by: ana,
    });
    expect(run(talking(ana), [blind, 0], [{ ...claim, by: cid }, 1]).refused).toMatchObject({
      why: 'taken',
    });
    expect(run(talking(ana), [blind, 0], [blind, 1]).refused).toMatchObject({ why: 'busy' });
    expect(run(talking(ana), [{ ...blind, to: ana }, 0]).refused).toMatchObject({ why: 'busy' });
  });
});
