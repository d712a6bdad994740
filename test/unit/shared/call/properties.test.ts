// Every step of every history is checked, so the expectations are inside conditions.
/* oxlint-disable vitest/no-conditional-expect, vitest/expect-expect */
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Effect } from '../../../../src/shared/call/effects.ts';
import type { CallEvent } from '../../../../src/shared/call/events.ts';
import { outcomeOf } from '../../../../src/shared/call/record.ts';
import { deadlineOf, isLive, type Call } from '../../../../src/shared/call/model.ts';
import { transition } from '../../../../src/shared/call/transition.ts';
import { asRelayed } from '../../../helpers/calls.ts';
import {
  address,
  callOffered,
  externalHistory,
  history,
  relayedHistory,
  relayedOffer,
  START,
  streamedHistory,
} from './arbitrary.ts';

const runs = { numRuns: 3_000 };
/** Their histories are shorter. */
const fewerRuns = { numRuns: 1_500 };
// Thousands of histories each, which take time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

interface Seen {
  before: Call | undefined;
  event: CallEvent;
  after: Call | undefined;
  effects: readonly Effect[];
  now: number;
}

/**
 * Runs any events through the rule, recording each step. `first` begins the call, so that runs do
 * not idle.
 */
function run(first: CallEvent, events: readonly { after: number; event: CallEvent }[]): Seen[] {
  const seen: Seen[] = [];
  let call: Call | undefined;
  let now = START;
  for (const { after, event } of [{ after: 0, event: first }, ...events]) {
    now += after;
    const step = transition(call, event, address, now);
    const next = step.ok ? step.call : call;
    seen.push({ before: call, event, after: next, effects: step.ok ? step.effects : [], now });
    call = next;
  }
  return seen;
}

const offer: CallEvent = {
  from: 'provider',
  accountId: 'a',
  providerCallId: 'wacid.1',
  event: { kind: 'offer', at: START, party: {}, sdp: 'their-offer' },
};
const dial = {
  from: 'agent',
  kind: 'dial',
  accountId: 'a',
  path: 'direct',
  party: { waId: '1631555' },
} as const satisfies CallEvent;
const begin = fc.constantFrom(offer, dial);

const relayedBegin = fc.constantFrom(relayedOffer, callOffered, {
  ...dial,
  path: 'relayed',
} as const);

const announced = {
  from: 'provider',
  accountId: 'a',
  providerCallId: 'wacid.1',
  event: { kind: 'announced', at: START, party: {}, direction: 'inbound' },
} as const satisfies CallEvent;
const beginsWith = (path: 'streamed' | 'external') =>
  fc.constantFrom<CallEvent>(
    { ...announced, path },
    { ...dial, path },
    ...(path === 'streamed' ? [{ ...announced, path, mediaServer: 'relay' } as const] : []),
  );

/** All call histories, on every media path. */
function holds(check: (seen: Seen[]) => void): void {
  holdsDirect(check);
  holdsRelayed(check);
  holdsStreamed(check);
  holdsExternal(check);
}

function holdsStreamed(check: (seen: Seen[]) => void): void {
  fc.assert(
    fc.property(beginsWith('streamed'), streamedHistory, (first, events) =>
      check(run(first, events)),
    ),
    fewerRuns,
  );
}

function holdsExternal(check: (seen: Seen[]) => void): void {
  fc.assert(
    fc.property(beginsWith('external'), externalHistory, (first, events) =>
      check(run(first, events)),
    ),
    fewerRuns,
  );
}

function holdsDirect(check: (seen: Seen[]) => void): void {
  fc.assert(
    fc.property(begin, history, (first, events) => check(run(first, events))),
    runs,
  );
}

function holdsRelayed(check: (seen: Seen[]) => void): void {
  fc.assert(
    fc.property(relayedBegin, relayedHistory, (first, events) => check(run(first, events))),
    runs,
  );
}

test('the generated histories reach every phase and effect', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(begin, history, (first, events) => {
      for (const { after, effects } of run(first, events)) {
        if (!after) continue;
        const { phase } = after;
        reached.add(`${after.direction} ${phase.name}`);
        if ('reservation' in phase) reached.add(`hold ${phase.reservation.state}`);
        if ('step' in phase) reached.add(`accepting ${phase.step}`);
        if (phase.name === 'ended') reached.add(`ended ${phase.reason.kind}`);
        for (const effect of effects) reached.add(`${after.direction} ${effect.do}`);
      }
    }),
    { ...runs, seed: 1 },
  );
  expect([...reached].sort()).toMatchInlineSnapshot(`
    [
      "accepting claiming",
      "accepting preparing",
      "accepting sending",
      "ended agent-hung-up",
      "ended answered-elsewhere",
      "ended caller-gone",
      "ended cancelled",
      "ended customer-hung-up",
      "ended declined-by-agent",
      "ended declined-by-customer",
      "ended failed",
      "ended interrupted",
      "ended media-failed",
      "ended rang-out",
      "ended unanswered",
      "hold asked",
      "hold granted",
      "hold none",
      "hold refused",
      "hold spent",
      "inbound accepting",
      "inbound api.accept",
      "inbound api.pre-accept",
      "inbound api.terminate",
      "inbound connected",
      "inbound ended",
      "inbound media.answer",
      "inbound media.close",
      "inbound media.live",
      "inbound media.mute",
      "inbound relay.claim",
      "inbound relay.decline",
      "inbound relay.release",
      "inbound relay.reserve",
      "inbound ringing",
      "outbound api.place",
      "outbound api.terminate",
      "outbound calling",
      "outbound connected",
      "outbound customer-ringing",
      "outbound ended",
      "outbound media.apply-answer",
      "outbound media.close",
      "outbound media.live",
      "outbound media.mute",
      "outbound media.offer",
      "outbound placing",
      "outbound preparing",
    ]
  `);
});

test('an ended call never becomes live again', () => {
  holds((seen) => {
    for (const { before, after, effects } of seen) {
      if (before?.phase.name !== 'ended') continue;
      expect(after?.phase.name).toBe('ended');
      for (const effect of effects) expect(effect.do).toBe('api.terminate');
    }
  });
});

test('every call that is not connected ends by its deadline', () => {
  holds((seen) => {
    const last = seen.at(-1);
    let call = last?.after;
    let now = last?.now ?? START;
    for (let i = 0; call && isLive(call) && call.phase.name !== 'connected'; i++) {
      expect(i).toBeLessThan(5);
      const deadline = deadlineOf(call);
      if (deadline === undefined) throw new Error(`no deadline in ${call.phase.name}`);
      now = Math.max(now, deadline);
      const step = transition(call, { from: 'clock', kind: 'deadline' }, address, now);
      expect(step.ok).toBe(true);
      if (step.ok) call = step.call;
    }
  });
});

test('an agent’s hang-up or the provider’s terminate ends any call', () => {
  holds((seen) => {
    const last = seen.at(-1);
    if (!last?.after || !isLive(last.after)) return;
    if (last.after.path !== 'external') {
      const up = transition(last.after, { from: 'agent', kind: 'hang-up' }, address, last.now);
      expect(up.ok && up.call.phase.name).toBe('ended');
    }
    const event = {
      kind: 'terminated',
      at: last.now,
      party: {},
      direction: undefined,
      failed: false,
      errors: [],
    } as const;
    const reported: CallEvent = {
      from: 'provider',
      accountId: 'a',
      providerCallId: 'wacid.1',
      event,
    };
    const gone = transition(last.after, reported, address, last.now);
    expect(gone.ok && gone.call.phase.name).toBe('ended');
  });
});

test('media closes exactly once, and only when the call ends', () => {
  holds((seen) => {
    const closes = seen.flatMap((step) => step.effects).filter((one) => one.do === 'media.close');
    const ended = seen.at(-1)?.after?.phase.name === 'ended';
    expect(closes).toHaveLength(ended ? 1 : 0);
  });
});

test('the customer hears nothing before the provider confirms our accept', () => {
  holdsDirect((seen) => {
    if (seen[0]?.after?.direction !== 'inbound') return;
    for (const { event, effects } of seen) {
      if (!effects.some((one) => one.do === 'media.live')) continue;
      expect(event).toMatchObject({ from: 'api', kind: 'accepted' });
    }
  });
});

test('accept reuses the SDP of the pre-accept unless that softphone is gone', () => {
  holds((seen) => {
    let preAccepted: string | undefined;
    for (const { event, effects } of seen) {
      const gone = event.from === 'media' && (event.kind === 'lost' || event.kind === 'failed');
      if (gone || event.from === 'app') preAccepted = undefined;
      for (const effect of effects) {
        if (effect.do === 'api.pre-accept') preAccepted = effect.sdp;
        if (effect.do === 'api.accept' && preAccepted !== undefined) {
          expect(effect.sdp).toBe(preAccepted);
        }
      }
    }
  });
});

test('a call is pre-accepted with at most one SDP', () => {
  holds((seen) => {
    const sdps = seen.flatMap(({ effects }) =>
      effects.flatMap((one) => (one.do === 'api.pre-accept' ? [one.sdp] : [])),
    );
    expect(new Set(sdps).size).toBeLessThanOrEqual(1);
  });
});

test('a call is placed at most once and its answer applied at most once', () => {
  holds((seen) => {
    const count = (name: Effect['do']) =>
      seen.flatMap((step) => step.effects).filter((one) => one.do === name).length;
    // An external call is placed again after a restart, with the key that prevents a second dial.
    const restarts = seen.filter(({ event }) => event.from === 'app').length;
    const again = seen[0]?.after?.path === 'external' ? restarts : 0;
    expect(count('api.place')).toBeLessThanOrEqual(1 + again);
    expect(count('media.apply-answer')).toBeLessThanOrEqual(1);
    expect(count('api.pre-accept')).toBeLessThanOrEqual(1);
  });
});

test('an outbound call is connected only after its answer was applied', () => {
  holdsDirect((seen) => {
    let applied = false;
    for (const { after, effects } of seen) {
      applied ||= effects.some((one) => one.do === 'media.apply-answer');
      if (after?.direction === 'outbound' && after.phase.name === 'connected') {
        expect(applied).toBe(true);
      }
    }
  });
});

test('the first billed talk time reported by the provider is kept', () => {
  holds((seen) => {
    for (const { before, after } of seen) {
      if (before?.billed) expect(after?.billed).toEqual(before.billed);
    }
  });
});

test('known facts about a call are never lost', () => {
  holds((seen) => {
    for (const { before, after } of seen) {
      if (!before || !after) continue;
      expect(after.id).toBe(before.id);
      expect(after.direction).toBe(before.direction);
      expect(after.createdAt).toBeLessThanOrEqual(before.createdAt);
      const known: Record<string, unknown> = { ...before };
      for (const key of ['providerCallId', 'secondaryId', 'audioAt', 'dismissed', 'path']) {
        if (known[key] !== undefined) expect(after).toHaveProperty(key, known[key]);
      }
      if (before.party.name !== undefined) expect(after.party.name).toBe(before.party.name);
      if (before.recorded) expect(after.recorded).toMatchObject(before.recorded);
      if (before.bill) expect(after.bill).toMatchObject(JSON.parse(JSON.stringify(before.bill)));
    }
  });
});

test('a call has an outcome exactly when it has ended', () => {
  holds((seen) => {
    for (const { after } of seen) {
      if (after) expect(outcomeOf(after) !== undefined).toBe(after.phase.name === 'ended');
    }
  });
});

/** Every order of a list. */
function* ordersOf<T>(list: readonly T[]): Iterable<readonly T[]> {
  if (list.length === 0) yield [];
  for (const [index, first] of list.entries()) {
    for (const rest of ordersOf(list.toSpliced(index, 1))) yield [first, ...rest];
  }
}

test('the three reports of a call, each told twice, lead to the same call in all 720 orders', () => {
  const parts = [
    { kind: 'status', at: START, status: 'ringing' },
    { kind: 'answer', at: START, party: {}, sdp: 'their-answer' },
    { kind: 'status', at: START + 1, status: 'accepted' },
  ] as const;
  const orders = [...ordersOf([...parts, ...parts])];
  expect(orders).toHaveLength(720);
  for (const order of orders) {
    const events = order.map((event) => ({
      after: 0,
      event: { from: 'provider', accountId: 'a', providerCallId: 'wacid.1', event } as const,
    }));
    const seen = run(dial, [
      { after: 0, event: { from: 'media', kind: 'offer-ready', sdp: 'our-offer' } },
      ...events,
    ]);
    const did = seen.flatMap((step) => step.effects).map((one) => one.do);
    expect({ order, phase: seen.at(-1)?.after?.phase.name, did }).toEqual({
      order,
      phase: 'connected',
      did: ['media.offer', 'api.place', 'media.apply-answer', 'media.live'],
    });
  }
});

test('a media failure never ends a relayed call', () => {
  holdsRelayed((seen) => {
    for (const { before, event, after } of seen) {
      if (before?.path !== 'relayed' || event.from !== 'media') continue;
      const { name } = before.phase;
      if (name !== 'connected' && name !== 'rejoining') continue;
      expect(['connected', 'rejoining']).toContain(after?.phase.name);
    }
  });
});

test('an app restart never ends a relayed call', () => {
  holdsRelayed((seen) => {
    for (const { before, event, after } of seen) {
      if (before?.path !== 'relayed' || event.from !== 'app') continue;
      if (before.phase.name === 'connected') expect(after?.phase.name).toBe('rejoining');
    }
  });
});

test('a relayed ring asks nothing of the provider and stays silent before a claim', () => {
  holdsRelayed((seen) => {
    let claimed = false;
    for (const { event, after, effects } of seen) {
      if (after?.direction !== 'inbound' || after.path !== 'relayed') return;
      claimed ||= event.from === 'relay' && event.kind === 'claim-granted';
      claimed ||= event.from === 'relay' && event.kind === 'call-offer-withdrawn';
      for (const { do: what } of effects) {
        expect(['api.accept', 'api.pre-accept', 'relay.reserve']).not.toContain(what);
        if (what === 'media.live') expect(claimed).toBe(true);
      }
    }
  });
});

test('a rejoining agent gets a new leg and goes live with it', () => {
  holdsRelayed((seen) => {
    for (const { before, event, after, effects } of seen) {
      if (after?.phase.name !== 'rejoining') continue;
      const did = effects.map((one) => one.do);
      if (before?.phase.name !== 'rejoining') expect(did).toContain('media.rejoin');
      if (before?.phase.name === 'rejoining' && event.from === 'media') {
        if (event.kind === 'leg-ready') expect(did).toContain('media.live');
      }
    }
  });
});

test('every transfer offer stays on record', () => {
  holdsRelayed((seen) => {
    for (const { before, after } of seen) {
      const { length } = asRelayed(after).transfers ?? [];
      const earlier = before === undefined ? [] : (asRelayed(before).transfers ?? []);
      expect(length).toBeGreaterThanOrEqual(earlier.length);
    }
  });
});

test('a streamed call outlives the window and the app', () => {
  holdsStreamed((seen) => {
    for (const { before, event, after, effects } of seen) {
      if (before?.phase.name !== 'connected') continue;
      const gone = event.from === 'app' || (event.from === 'media' && event.kind === 'lost');
      if (!gone) continue;
      expect(after?.phase.name).toBe('connected');
      expect(effects.map((one) => one.do)).toContain('media.live');
    }
  });
});

test('a streamed call prepares no media and goes live only once connected', () => {
  holdsStreamed((seen) => {
    for (const { after, effects } of seen) {
      for (const { do: what } of effects) {
        expect([
          'media.live',
          'media.mute',
          'media.close',
          'api.accept',
          'api.place',
          'api.terminate',
          'relay.claim',
          'relay.release',
          'relay.decline',
        ]).toContain(what);
        if (what === 'media.live') expect(after?.phase.name).toBe('connected');
      }
    }
  });
});

test('a streamed inbound call goes live only after our accept was sent', () => {
  holdsStreamed((seen) => {
    let sent = false;
    for (const { after, effects } of seen) {
      if (after?.direction !== 'inbound') return;
      if (effects.some((one) => one.do === 'media.live')) expect(sent).toBe(true);
      sent ||= effects.some((one) => one.do === 'api.accept');
    }
  });
});

test('an external call is never ended by the console, only by provider, refusal or silence', () => {
  holdsExternal((seen) => {
    for (const { before, event, after, effects } of seen) {
      for (const { do: what } of effects) expect(['api.place', 'media.close']).toContain(what);
      const ends = before && isLive(before) && after && !isLive(after);
      if (ends) expect(['provider', 'api', 'clock']).toContain(event.from);
    }
  });
});

test('an external call’s outcome is what the provider reported', () => {
  holdsExternal((seen) => {
    const last = seen.at(-1)?.after;
    if (!last || isLive(last)) return;
    if (last.billed) expect(outcomeOf(last)).toBe('answered');
    if (outcomeOf(last) === 'answered') expect(last.billed).toBeDefined();
  });
});

test('the generated streamed and external histories reach every phase and end', () => {
  const reached = new Set<string>();
  const note = (seen: Seen[]) => {
    for (const { after } of seen) {
      if (!after) continue;
      const { path, direction, phase } = after;
      const stage = phase.name === 'external' ? ` ${phase.stage}` : '';
      reached.add(`${path} ${direction} ${phase.name}${stage}`);
      if (phase.name === 'ended') reached.add(`${path} ended ${phase.reason.kind}`);
    }
  };
  for (const [path, histories] of [
    ['streamed', streamedHistory],
    ['external', externalHistory],
  ] as const) {
    fc.assert(
      fc.property(beginsWith(path), histories, (first, events) => note(run(first, events))),
      { ...runs, seed: 1 },
    );
  }
  expect([...reached].sort()).toMatchInlineSnapshot(`
    [
      "external ended caller-gone",
      "external ended declined-by-customer",
      "external ended failed",
      "external ended over",
      "external ended unanswered",
      "external inbound ended",
      "external inbound external ringing",
      "external inbound external talking",
      "external outbound ended",
      "external outbound external dialling",
      "external outbound external ringing",
      "external outbound external talking",
      "streamed ended agent-hung-up",
      "streamed ended answered-elsewhere",
      "streamed ended caller-gone",
      "streamed ended cancelled",
      "streamed ended customer-hung-up",
      "streamed ended declined-by-agent",
      "streamed ended declined-by-customer",
      "streamed ended failed",
      "streamed ended interrupted",
      "streamed ended media-failed",
      "streamed ended rang-out",
      "streamed ended unanswered",
      "streamed inbound accepting",
      "streamed inbound connected",
      "streamed inbound ended",
      "streamed inbound ringing",
      "streamed outbound calling",
      "streamed outbound connected",
      "streamed outbound customer-ringing",
      "streamed outbound ended",
      "streamed outbound placing",
    ]
  `);
});

test('the generated relayed histories reach every phase and end', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(relayedBegin, relayedHistory, (first, events) => {
      for (const { after } of run(first, events)) {
        if (after?.path !== 'relayed') continue;
        const { phase } = after;
        reached.add(`${after.direction} ${phase.name}`);
        if (phase.name === 'ended') reached.add(`ended ${phase.reason.kind}`);
      }
    }),
    { ...runs, seed: 1 },
  );
  expect([...reached].sort()).toMatchInlineSnapshot(`
    [
      "ended agent-hung-up",
      "ended answered-elsewhere",
      "ended call-offer-withdrawn",
      "ended caller-gone",
      "ended cancelled",
      "ended customer-hung-up",
      "ended declined-by-agent",
      "ended declined-by-customer",
      "ended failed",
      "ended interrupted",
      "ended lost-to-team",
      "ended media-failed",
      "ended rang-out",
      "ended transferred",
      "ended unanswered",
      "inbound accepting",
      "inbound connected",
      "inbound ended",
      "inbound rejoining",
      "inbound ringing",
      "outbound calling",
      "outbound connected",
      "outbound customer-ringing",
      "outbound ended",
      "outbound placing",
      "outbound rejoining",
    ]
  `);
});
