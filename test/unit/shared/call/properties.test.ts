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
  type History,
  history,
  relayedHistory,
  relayedOffer,
  START,
  streamedHistory,
} from './arbitrary.ts';

// Thousands of histories of each path, which take time on a busy machine.
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
const announced = {
  from: 'provider',
  accountId: 'a',
  providerCallId: 'wacid.1',
  event: { kind: 'announced', at: START, party: {}, direction: 'inbound' },
} as const satisfies CallEvent;
const announcedOn = (path: 'streamed' | 'external') => [
  { ...announced, path },
  { ...dial, path },
];

interface Histories {
  first: fc.Arbitrary<CallEvent>;
  rest: fc.Arbitrary<History>;
  numRuns: number;
}

const histories = {
  direct: { first: fc.constantFrom<CallEvent>(offer, dial), rest: history, numRuns: 3_000 },
  relayed: {
    first: fc.constantFrom<CallEvent>(relayedOffer, callOffered, { ...dial, path: 'relayed' }),
    rest: relayedHistory,
    numRuns: 3_000,
  },
  // Theirs are shorter.
  streamed: {
    first: fc.constantFrom<CallEvent>(...announcedOn('streamed'), {
      ...announced,
      path: 'streamed',
      mediaServer: 'relay',
    }),
    rest: streamedHistory,
    numRuns: 1_500,
  },
  external: {
    first: fc.constantFrom<CallEvent>(...announcedOn('external')),
    rest: externalHistory,
    numRuns: 1_500,
  },
} satisfies Record<string, Histories>;

type Path = keyof typeof histories;
const everyPath: readonly Path[] = ['direct', 'relayed', 'streamed', 'external'];

const propertyOf = (path: Path, check: (seen: Seen[]) => void) => {
  const { first, rest } = histories[path];
  return fc.property(first, rest, (event, events) => check(run(event, events)));
};

const seed = Math.trunc(Math.random() * 2 ** 31);
const lived = new Map<Path, readonly Seen[][]>();

/** All histories of a path, lived through once for all tests. */
function livedOn(path: Path): readonly Seen[][] {
  let all = lived.get(path);
  if (!all) {
    const { first, rest, numRuns } = histories[path];
    const made = fc.sample(fc.tuple(first, rest), { seed, numRuns });
    lived.set(path, (all = made.map(([event, events]) => run(event, events))));
  }
  return all;
}

/** @param check throws at a history that must not be */
function holds(check: (seen: Seen[]) => void, ...paths: readonly Path[]): void {
  for (const path of paths.length === 0 ? everyPath : paths) {
    try {
      livedOn(path).forEach((seen) => check(seen));
    } catch (error) {
      // Lived again, to report the shortest such history.
      fc.assert(propertyOf(path, check), { seed, numRuns: histories[path].numRuns });
      throw error;
    }
  }
}

test('the generated histories reach every phase and effect', () => {
  const reached = new Set<string>();
  const note = (seen: Seen[]) => {
    for (const { after, effects } of seen) {
      if (!after) continue;
      const { phase } = after;
      reached.add(`${after.direction} ${phase.name}`);
      if ('reservation' in phase) reached.add(`hold ${phase.reservation.state}`);
      if ('step' in phase) reached.add(`accepting ${phase.step}`);
      if (phase.name === 'ended') reached.add(`ended ${phase.reason.kind}`);
      for (const effect of effects) reached.add(`${after.direction} ${effect.do}`);
    }
  };
  fc.assert(propertyOf('direct', note), { seed: 1, numRuns: 3_000 });
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
    const revived = seen.filter(
      ({ before, after, effects }) =>
        before?.phase.name === 'ended' &&
        (after?.phase.name !== 'ended' || effects.some((one) => one.do !== 'api.terminate')),
    );
    expect(revived).toEqual([]);
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
  holds((seen) => {
    if (seen[0]?.after?.direction !== 'inbound') return;
    for (const { event, effects } of seen) {
      if (!effects.some((one) => one.do === 'media.live')) continue;
      expect(event).toMatchObject({ from: 'api', kind: 'accepted' });
    }
  }, 'direct');
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
  holds((seen) => {
    let applied = false;
    for (const { after, effects } of seen) {
      applied ||= effects.some((one) => one.do === 'media.apply-answer');
      if (after?.direction === 'outbound' && after.phase.name === 'connected') {
        expect(applied).toBe(true);
      }
    }
  }, 'direct');
});

test('the first billed talk time reported by the provider is kept', () => {
  holds((seen) => {
    for (const { before, after } of seen) {
      if (before?.billed) expect(after?.billed).toEqual(before.billed);
    }
  });
});

const FACTS = ['id', 'direction', 'path', 'providerCallId', 'secondaryId', 'audioAt', 'dismissed'];

/** What is known of a call for good. */
function factsOf(call: Call): Record<string, unknown> {
  const all: Record<string, unknown> = { ...call };
  const known = FACTS.flatMap((fact) => (all[fact] === undefined ? [] : [[fact, all[fact]]]));
  const { name } = call.party;
  return { ...Object.fromEntries(known), ...(name !== undefined && { name }) };
}

test('known facts about a call are never lost', () => {
  holds((seen) => {
    for (const { before, after } of seen) {
      if (!before || !after || before === after) continue;
      const [known, now] = [factsOf(before), factsOf(after)];
      const isKept = Object.entries(known).every(([fact, value]) => now[fact] === value);
      if (!isKept) expect(now).toMatchObject(known);
      if (after.createdAt > before.createdAt) expect(after.createdAt).toBe(before.createdAt);
      if (before.recorded) expect(after.recorded).toMatchObject(before.recorded);
      if (before.bill) expect(after.bill).toMatchObject(JSON.parse(JSON.stringify(before.bill)));
    }
  });
});

test('a call has an outcome exactly when it has ended', () => {
  holds((seen) => {
    const wrong = seen.filter(
      ({ after }) => after && (outcomeOf(after) !== undefined) !== (after.phase.name === 'ended'),
    );
    expect(wrong).toEqual([]);
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
  holds((seen) => {
    for (const { before, event, after } of seen) {
      if (before?.path !== 'relayed' || event.from !== 'media') continue;
      const { name } = before.phase;
      if (name !== 'connected' && name !== 'rejoining') continue;
      expect(['connected', 'rejoining']).toContain(after?.phase.name);
    }
  }, 'relayed');
});

test('an app restart never ends a relayed call', () => {
  holds((seen) => {
    for (const { before, event, after } of seen) {
      if (before?.path !== 'relayed' || event.from !== 'app') continue;
      if (before.phase.name === 'connected') expect(after?.phase.name).toBe('rejoining');
    }
  }, 'relayed');
});

test('a relayed ring asks nothing of the provider and stays silent before a claim', () => {
  holds((seen) => {
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
  }, 'relayed');
});

test('a rejoining agent gets a new leg and goes live with it', () => {
  holds((seen) => {
    for (const { before, event, after, effects } of seen) {
      if (after?.phase.name !== 'rejoining') continue;
      const did = effects.map((one) => one.do);
      if (before?.phase.name !== 'rejoining') expect(did).toContain('media.rejoin');
      if (before?.phase.name === 'rejoining' && event.from === 'media') {
        if (event.kind === 'leg-ready') expect(did).toContain('media.live');
      }
    }
  }, 'relayed');
});

test('every transfer offer stays on record', () => {
  holds((seen) => {
    for (const { before, after } of seen) {
      const { length } = asRelayed(after).transfers ?? [];
      const earlier = before === undefined ? [] : (asRelayed(before).transfers ?? []);
      expect(length).toBeGreaterThanOrEqual(earlier.length);
    }
  }, 'relayed');
});

test('a streamed call outlives the window and the app', () => {
  holds((seen) => {
    for (const { before, event, after, effects } of seen) {
      if (before?.phase.name !== 'connected') continue;
      const gone = event.from === 'app' || (event.from === 'media' && event.kind === 'lost');
      if (!gone) continue;
      expect(after?.phase.name).toBe('connected');
      expect(effects.map((one) => one.do)).toContain('media.live');
    }
  }, 'streamed');
});

test('a streamed call prepares no media and goes live only once connected', () => {
  holds((seen) => {
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
  }, 'streamed');
});

test('a streamed inbound call goes live only after our accept was sent', () => {
  holds((seen) => {
    let sent = false;
    for (const { after, effects } of seen) {
      if (after?.direction !== 'inbound') return;
      if (effects.some((one) => one.do === 'media.live')) expect(sent).toBe(true);
      sent ||= effects.some((one) => one.do === 'api.accept');
    }
  }, 'streamed');
});

test('an external call is never ended by the console, only by provider, refusal or silence', () => {
  holds((seen) => {
    for (const { before, event, after, effects } of seen) {
      for (const { do: what } of effects) expect(['api.place', 'media.close']).toContain(what);
      const ends = before && isLive(before) && after && !isLive(after);
      if (ends) expect(['provider', 'api', 'clock']).toContain(event.from);
    }
  }, 'external');
});

test('an external call’s outcome is what the provider reported', () => {
  holds((seen) => {
    const last = seen.at(-1)?.after;
    if (!last || isLive(last)) return;
    if (last.billed) expect(outcomeOf(last)).toBe('answered');
    if (outcomeOf(last) === 'answered') expect(last.billed).toBeDefined();
  }, 'external');
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
  for (const path of ['streamed', 'external'] as const) {
    fc.assert(propertyOf(path, note), { seed: 1, numRuns: 3_000 });
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
  const note = (seen: Seen[]) => {
    for (const { after } of seen) {
      if (after?.path !== 'relayed') continue;
      const { phase } = after;
      reached.add(`${after.direction} ${phase.name}`);
      if (phase.name === 'ended') reached.add(`ended ${phase.reason.kind}`);
    }
  };
  fc.assert(propertyOf('relayed', note), { seed: 1, numRuns: 3_000 });
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
