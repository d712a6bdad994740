import { describe, expect, it } from 'vitest';
import { transition } from '../../../../../src/relay/relayed-calls/state-machine/transition.ts';
import type { CallEvent } from '../../../../../src/relay/relayed-calls/state-machine/events.ts';
import { hearing } from '../../../../../src/relay/relayed-calls/state-machine/state.ts';
import type { RelayedCallState } from '../../../../../src/relay/store/relayed-call-record.ts';
import { ana, ben, cid, context, talking } from './arbitrary-events.ts';

describe('a transfer or requeue', () => {
  const run = (start: RelayedCallState, ...events: [CallEvent, number][]) => {
    let state = start;
    const bodies: unknown[] = [];
    for (const [event, now] of events) {
      const moved = transition(state, event, context(now, 'h1'));
      if (!moved.ok) return { state, bodies, refused: moved };
      state = moved.state;
      for (const effect of moved.effects) if (effect.type === 'log') bodies.push(effect.body);
    }
    return { state, bodies };
  };
  const blind: CallEvent = { type: 'transfer', by: ana, to: ben, mode: 'blind', note: 'VIP' };
  const consult: CallEvent = { ...blind, mode: 'consult' };
  const claim: CallEvent = { type: 'claim', by: ben, callOfferId: 'h1' };

  it('goes to the agent who accepts', () => {
    const { state, bodies } = run(talking(ana), [blind, 0], [claim, 1000]);
    expect(state).toEqual(talking(ben));
    expect(bodies).toMatchObject([
      {
        type: 'call-offer',
        callOffer: { why: 'transfer', from: ana, to: [ben], note: 'VIP', deadlineAt: 30_000 },
      },
      { type: 'claimed', callId: 'h1', by: ben },
      { type: 'call-offer-ended', end: 'accepted', by: ben },
    ]);
  });

  it.each<[string, CallEvent, number, string]>([
    ['declines', { type: 'decline', by: ben, callOfferId: 'h1' }, 1000, 'declined'],
    ['does not answer', { type: 'deadline' }, 30_000, 'unanswered'],
    ['vanishes', { type: 'gone', agentId: 'ben' }, 1000, 'teammate-gone'],
  ])('comes back when the teammate %s', (_, event, at, end) => {
    const { state, bodies } = run(talking(ana), [blind, 0], [event, at]);
    expect(state).toEqual(talking(ana));
    expect(bodies.at(-1)).toMatchObject({ type: 'call-offer-ended', end });
    const alone = run(
      talking(ana),
      [blind, 0],
      [{ type: 'gone', agentId: 'ana' }, 10],
      [event, at],
    );
    expect(alone.state).toMatchObject({ kind: 'queued', from: ana });
    expect(alone.bodies.at(-1)).toMatchObject({
      type: 'call-offer',
      callOffer: { why: 'requeue' },
    });
    // A hang-up that was not received in time ends it; anybody else's does not.
    const late = run(alone.state, [{ type: 'hang-up', by: ana }, 2000]);
    expect(late.state.kind).toBe('ended');
    expect(run(alone.state, [{ type: 'hang-up', by: ben }, 2000]).state.kind).toBe('queued');
  });

  it('that a supervisor asks for is not the agent’s to cancel', () => {
    const onHold: RelayedCallState = { kind: 'talking', owner: ana, onHold: true };
    const wanted = run(onHold, [{ type: 'take-over', by: ben }, 0]);
    expect(run(wanted.state, [{ type: 'cancel', by: ana }, 1000]).refused).toMatchObject({
      why: 'busy',
    });
    expect(run(wanted.state, [{ type: 'deadline' }, 10_000]).state).toEqual(onHold);
    expect(run(wanted.state, [claim, 1000]).state).toEqual(talking(ben));
  });

  it('with consulting keeps the customer on hold until it is completed or cancelled', () => {
    const both = run(talking(ana), [consult, 0], [claim, 1000]);
    expect(hearing(both.state)).toEqual({ kind: 'consulting', agent: 'ana', teammate: 'ben' });
    expect(run(both.state, [{ type: 'complete', by: ana }, 2000]).state).toEqual(talking(ben));
    expect(run(both.state, [{ type: 'cancel', by: ana }, 2000]).state).toEqual(talking(ana));
    const lost = run(
      both.state,
      [{ type: 'gone', agentId: 'ana' }, 2000],
      [{ type: 'deadline' }, 22_000],
    );
    expect(lost.state).toEqual(talking(ben));
  });

  it('refuses requests of uninvolved agents', () => {
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
