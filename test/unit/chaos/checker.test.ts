import { describe, expect, it } from 'vitest';
import type { LogBody } from '../../../src/shared/protocol/log-entry.ts';
import type { CallRights } from '../../../src/shared/protocol/rights.ts';
import { check } from '../../chaos/checker/check.ts';
import type { ConsoleEvent, History, ProviderEvent } from '../../chaos/history.ts';

const CALL = 'north-direct/wacid.1';
const party = { waId: '5511910000000' };
const ana = { id: 'ana', name: 'ana' };
const ben = { id: 'ben', name: 'ben' };

const told = (event: Extract<LogBody, { type: 'provider' }>['event']): LogBody => ({
  type: 'provider',
  accountId: 'north-direct',
  providerCallId: 'wacid.1',
  event,
});
const offer = told({ kind: 'offer', at: 1, party, sdp: 'v=0' });
const claimed: LogBody = { type: 'claimed', callId: CALL, by: ana };
const terminated = told({ kind: 'terminated', at: 9, party, failed: false, errors: [] });
const log = [offer, claimed, terminated];

const webhook = (id: number, fact: string): ProviderEvent[] => [
  { what: 'webhook', at: id, id, account: 'north-direct', facts: [fact] },
  { what: 'attempt', at: id + 0.5, id, relay: 0, status: 200 },
];
const provider: readonly ProviderEvent[] = [
  { what: 'call', at: 1, account: 'north-direct', callId: 'wacid.1', waId: party.waId },
  ...webhook(1, 'call wacid.1 offer'),
  { what: 'call-ended', at: 8, account: 'north-direct', callId: 'wacid.1', by: 'customer' },
  ...webhook(8, 'call wacid.1 terminated'),
];

const welcome: ConsoleEvent = {
  what: 'welcome',
  at: 0,
  epoch: 'e',
  from: 0,
  head: 0,
  complete: true,
  numbers: ['north-direct'],
};
const rows = (bodies: readonly LogBody[]) =>
  bodies.map((body, index) => ({ cursor: index + 1, body }));
const consoleOf = (bodies: readonly LogBody[], ...more: ConsoleEvent[]): ConsoleEvent[] => [
  welcome,
  ...rows(bodies).map((row): ConsoleEvent => ({ what: 'entry', at: row.cursor + 1, ...row })),
  ...more,
];
const granted = (at: number, callId = CALL): ConsoleEvent[] => [
  { what: 'asked', at, request: { type: 'claim', id: at, callId } },
  { what: 'answered', at, id: at, outcome: { kind: 'granted' } },
];

/** A good run: one customer called and Ana took the call. Tests change it. */
function run(change: {
  exported?: readonly LogBody[];
  provider?: readonly ProviderEvent[];
  consoles?: Record<string, readonly ConsoleEvent[]>;
  conductor?: History['conductor'];
}): History {
  return {
    provider: change.provider ?? provider,
    exported: rows(change.exported ?? log),
    conductor: [...(change.conductor ?? []), { what: 'stage', at: 100, stage: 'quiet' }],
    consoles: new Map(
      Object.entries({
        ana: consoleOf(log, ...granted(3)),
        ben: consoleOf(log),
        cleo: consoleOf(log),
        sam: consoleOf(log),
        dan: [{ ...welcome, numbers: [] }],
        ...change.consoles,
      }),
    ),
  };
}

const broken = (change: Parameters<typeof run>[0]) => [
  ...new Set(check(run(change)).map(({ rule }) => rule)),
];

const transfer: LogBody = {
  type: 'call-offer',
  callOffer: {
    callOfferId: 'offer-1',
    callId: CALL,
    accountId: 'north-direct',
    providerCallId: 'wacid.1',
    direction: 'inbound',
    party,
    why: 'transfer',
    from: ana,
    to: [ben],
    deadlineAt: 1,
    note: undefined,
  },
};

describe('the checker of chaos runs', () => {
  it('finds nothing in a good run', () => {
    expect(check(run({}))).toEqual([]);
  });

  it('reports an acknowledged webhook that is nowhere', () => {
    const withMessage = [...provider, ...webhook(20, 'message wamid.1 written')];
    const found = check(run({ provider: withMessage }));
    // The relay’s log and four consoles.
    expect(found.map(({ rule }) => rule)).toEqual(Array(5).fill('lost'));
  });

  it('reports an entry that only one console never got', () => {
    const found = check(run({ consoles: { cleo: consoleOf([offer, claimed]) } }));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ rule: 'lost' });
    expect(found[0]?.says).toContain('cleo');
  });

  it('accepts the loss of a webhook that was never acknowledged', () => {
    const waiting: ProviderEvent[] = [
      { what: 'webhook', at: 20, id: 20, account: 'north-direct', facts: ['message m written'] },
      { what: 'attempt', at: 21, id: 20, relay: 0, status: 503 },
    ];
    expect(broken({ provider: [...provider, ...waiting] })).toEqual([]);
  });

  it('reports an event that is twice in the log or at a console', () => {
    expect(broken({ exported: [...log, terminated] })).toEqual(['doubled']);
    const again: ConsoleEvent = { what: 'entry', at: 9, cursor: 3, body: terminated };
    expect(broken({ consoles: { ben: consoleOf(log, again) } })).toEqual(['doubled']);
  });

  it('reports an entry that a console got and nobody stored, unless it was lost with a relay’s memory', () => {
    const message: LogBody = {
      type: 'provider',
      accountId: 'north-direct',
      event: { kind: 'message', at: 1, party, messageId: 'm', type: 'text', text: 'Hello' },
    };
    const heard: ConsoleEvent = { what: 'entry', at: 9, cursor: 1_000, body: message };
    const change = { consoles: { ben: consoleOf(log, heard) } };
    expect(broken(change)).toEqual(['never-stored']);
    const moved = { ...heard, body: offer };
    expect(broken({ consoles: { ben: consoleOf(log, moved) } })).toEqual([]);
    const inMemory = { what: 'log', at: 8, relay: 0, event: 'store.in-memory', line: {} } as const;
    const end = { what: 'exit', at: 10, relay: 0, served: true, code: null } as const;
    const conductor = [inMemory, { ...end, signal: 'SIGKILL' } as const];
    expect(broken({ ...change, conductor })).toEqual([]);
  });

  it.each<LogBody>([
    { type: 'agent-disconnected', callId: CALL, agent: ben, deadlineAt: 9 },
    { type: 'ended', callId: CALL, why: 'nobody-came' },
    transfer,
  ])(
    'allows what a relay that was cut off noted of a call that another took over: $type',
    (noted) => {
      const heard: ConsoleEvent = { what: 'entry', at: 9, cursor: 1_000, body: noted };
      const consoles = { ben: consoleOf(log, heard) };
      const line = { what: 'log', relay: 1, line: {} } as const;
      const cutOff = [
        { ...line, at: 8, event: 'store.in-memory' },
        { ...line, at: 10, event: 'store.back' },
      ];
      expect(broken({ consoles, conductor: cutOff })).toEqual(['never-stored']);
      const adopted = { ...line, relay: 0, at: 9, event: 'call.adopted', line: { call: CALL } };
      expect(broken({ consoles, conductor: [adopted] })).toEqual(['never-stored']);
      expect(broken({ consoles, conductor: [...cutOff, adopted] })).toEqual([]);
    },
  );

  it('allows a lost message that its console read late, at any time until half a minute after', () => {
    const line = { what: 'log', relay: 0, line: {} } as const;
    const killed = { what: 'exit', relay: 0, served: true, code: null, signal: 'SIGKILL' } as const;
    const conductor = [
      { ...line, at: 10_000, event: 'store.in-memory' },
      { ...killed, at: 11_000 },
    ];
    const readAt = (at: number) => {
      const lost: ConsoleEvent = { what: 'entry', at, cursor: 1_000, body: transfer };
      return broken({ consoles: { ben: consoleOf(log, lost) }, conductor });
    };
    for (const at of [9_500, 14_000, 19_000, 23_500, 40_000]) expect(readAt(at)).toEqual([]);
    expect(readAt(8_000)).toEqual(['never-stored']);
    expect(readAt(50_000)).toEqual(['never-stored']);
  });

  it('reports a second owner in the log, unless the first released the call', () => {
    const second: LogBody = { type: 'claimed', callId: CALL, by: ben };
    const released: LogBody = { type: 'released', callId: CALL, by: ana, why: 'refused' };
    expect(broken({ exported: [offer, claimed, second, terminated] })).toEqual(['two-owners']);
    expect(broken({ exported: [offer, claimed, released, second, terminated] })).toEqual([]);
  });

  it('reports two agents who were both granted a call', () => {
    const consoles = { ben: consoleOf(log, ...granted(4)) };
    expect(broken({ consoles })).toEqual(['two-owners', 'grant-lost']);
  });

  it('reports two agents whose accepts reached the provider', () => {
    const accept = (at: number, by: string, status: number): ProviderEvent => ({
      what: 'request',
      at,
      account: 'north-direct',
      action: 'accept',
      callId: 'wacid.1',
      by,
      status,
    });
    const both = [...provider, accept(3, 'ana', 200), accept(4, 'ben', 400)];
    expect(broken({ provider: both })).toEqual(['two-owners']);
    const released: LogBody = { type: 'released', callId: CALL, by: ana, why: 'agent-gone' };
    const givenBack = { exported: [offer, claimed, released, terminated] };
    expect(broken({ ...givenBack, provider: both })).not.toContain('two-owners');
    const one = [...provider, accept(3, 'ana', 200), accept(4, 'ana', 400)];
    expect(broken({ provider: one })).toEqual([]);
  });

  it('reports a granted claim that is not in the log, unless a relay lost it with its memory', () => {
    const change = {
      exported: [offer, terminated],
      consoles: {
        ana: consoleOf([offer, terminated], ...granted(3)),
        ben: consoleOf([offer, terminated]),
        cleo: consoleOf([offer, terminated]),
        sam: consoleOf([offer, terminated]),
      },
    };
    expect(broken(change)).toEqual(['grant-lost']);
    const inMemory = { what: 'log', at: 2, relay: 0, event: 'store.in-memory', line: {} } as const;
    const killed = {
      what: 'exit',
      at: 5,
      relay: 0,
      served: true,
      code: null,
      signal: 'SIGKILL',
    } as const;
    expect(broken({ ...change, conductor: [inMemory, killed] })).toEqual([]);
    const back = { what: 'log', at: 4, relay: 0, event: 'store.back', line: {} } as const;
    expect(broken({ ...change, conductor: [inMemory, back, killed] })).toEqual(['grant-lost']);
  });

  it('reports transfers that never ended or ended late', () => {
    const end: LogBody = {
      type: 'call-offer-ended',
      callOfferId: 'offer-1',
      callId: CALL,
      end: 'unanswered',
    };
    expect(broken({ exported: [...log, transfer] })).toEqual(['transfer-open']);
    const seen = (endsAt: number): ConsoleEvent[] => [
      ...consoleOf(log),
      { what: 'entry', at: 10, cursor: 4, body: transfer },
      { what: 'entry', at: endsAt, cursor: 5, body: end },
    ];
    const exported = [...log, transfer, end];
    expect(broken({ exported, consoles: { ben: seen(9_000) } })).toEqual([]);
    expect(broken({ exported, consoles: { ben: seen(60_000) } })).toEqual(['transfer-late']);
    const fault = { at: 0, kind: 'pause-relay', target: '0', lastsMs: 50_000 } as const;
    const conductor = [
      { what: 'fault', at: 1_000, phase: 'begun', fault },
      { what: 'fault', at: 50_000, phase: 'mended', fault },
    ] as const;
    expect(broken({ exported, consoles: { ben: seen(60_000) }, conductor })).toEqual([]);
  });

  it('reports a call that never ended at the provider', () => {
    const alive = provider.filter(({ what }) => what !== 'call-ended');
    expect(broken({ provider: alive })).toEqual(['call-open']);
  });

  it('reports a call that a console still shows', () => {
    const ringing: ConsoleEvent = {
      what: 'frame',
      at: 1,
      frame: {
        type: 'ringing',
        callId: 'north-direct/wacid.2',
        agents: [ben],
        soleCandidate: true,
      },
    };
    expect(broken({ consoles: { ben: consoleOf(log, ringing) } })).toEqual(['call-open']);
    const reconnected: ConsoleEvent = { ...welcome, at: 50 };
    expect(broken({ consoles: { ben: consoleOf(log, ringing, reconnected) } })).toEqual([]);
  });

  it('reports events that a console got of another workspace or of a number its agent may not see', () => {
    expect(broken({ consoles: { dan: consoleOf([offer]) } })).toEqual(['foreign']);
    const message: LogBody = {
      type: 'provider',
      accountId: 'north-relayed',
      event: { kind: 'message', at: 1, party, messageId: 'm', type: 'text', text: 'Hello' },
    };
    const exported = [...log, message];
    expect(broken({ exported, consoles: { cleo: consoleOf(exported) } })).toEqual(['foreign']);
    const ringing: ConsoleEvent = {
      what: 'frame',
      at: 1,
      frame: { type: 'ringing', callId: CALL, agents: [], soleCandidate: false },
    };
    expect(broken({ consoles: { dan: [welcome, ringing] } })).toEqual(['foreign']);
  });

  describe('where rights change in mid-run', () => {
    const change = (at: number, doneAt: number, numbers: string[], calls: CallRights = 'all') => {
      const request = { do: 'update', agentId: 'cleo', change: { numbers, calls } } as const;
      return [
        { what: 'asked', at, request: { type: 'admin', id: at, request } },
        { what: 'answered', at: doneAt, id: at, outcome: { kind: 'granted' } },
      ] as const;
    };
    const message: LogBody = {
      type: 'provider',
      accountId: 'north-relayed',
      event: { kind: 'message', at: 1, party, messageId: 'm', type: 'text', text: 'Hello' },
    };
    const exported = [...log, message];
    const given = change(5_000, 6_000, ['north-direct', 'north-relayed']);
    const taken = [...given, ...change(10_000, 11_000, ['north-direct'])];
    const brokenAt = (
      at: number,
      changes: readonly ConsoleEvent[],
      conductor: History['conductor'] = [],
    ) => {
      const entry: ConsoleEvent = { what: 'entry', at, cursor: 4, body: message };
      const consoles = { cleo: consoleOf(log, entry), sam: consoleOf(exported, ...changes) };
      return broken({ exported, consoles, conductor });
    };

    it('accepts what a console hears of a new number, and reports it before', () => {
      expect(brokenAt(4_000, given)).toEqual(['foreign']);
      expect(brokenAt(5_500, given)).toEqual([]);
      expect(brokenAt(60_000, given)).toEqual([]);
    });

    it('reports what a console still hears more than a moment after a number was taken away', () => {
      expect(brokenAt(10_500, taken)).toEqual([]);
      expect(brokenAt(12_500, taken)).toEqual([]);
      expect(brokenAt(14_000, taken)).toEqual(['foreign']);
    });

    it('gives the change time while a relay, or that console, was disturbed', () => {
      const heard = (at: number, target: string, kind: 'pause-relay' | 'pause-console') => {
        const fault = { at: 0, kind, target, lastsMs: 5_000 };
        return brokenAt(at, taken, [
          { what: 'fault', at: 10_500, phase: 'begun', fault },
          { what: 'fault', at: 15_500, phase: 'mended', fault },
        ]);
      };
      expect(heard(14_000, '0', 'pause-relay')).toEqual([]);
      expect(heard(14_000, 'cleo', 'pause-console')).toEqual([]);
      expect(heard(14_000, 'ana', 'pause-console')).toEqual(['foreign']);
      expect(heard(25_000, '0', 'pause-relay')).toEqual(['foreign']);
    });

    it('expects everything at a console only of numbers that it had all the time', () => {
      const consoles = { cleo: consoleOf([]) };
      expect(broken({ consoles })).toEqual(['lost']);
      const sam = consoleOf(log, ...change(1, 2, ['north-relayed']));
      expect(broken({ consoles: { ...consoles, sam } })).toEqual([]);
    });

    it('reports a call that was granted to an agent who takes none any more', () => {
      const claims: LogBody = { ...claimed, by: { id: 'cleo', name: 'cleo' } };
      const told = [offer, claims, terminated];
      const consoles = { cleo: consoleOf(told, ...granted(9_000)), ana: consoleOf(told) };
      expect(broken({ exported: told, consoles })).toEqual([]);
      const sam = consoleOf(told, ...change(1_000, 2_000, ['north-direct'], 'none'));
      expect(broken({ exported: told, consoles: { ...consoles, sam } })).toEqual(['foreign']);
    });
  });

  it('reports a log with a new epoch, a gap, or a cursor that went back', () => {
    const other: ConsoleEvent = { ...welcome, at: 50, epoch: 'f' };
    expect(broken({ consoles: { ben: consoleOf(log, other) } })).toEqual(['log-broken']);
    const gap: ConsoleEvent = { ...welcome, at: 50, complete: false };
    expect(broken({ consoles: { ben: consoleOf(log, gap) } })).toEqual(['log-broken']);
    const back: ConsoleEvent = { what: 'skipped', at: 50, cursor: 1 };
    expect(broken({ consoles: { ben: consoleOf(log, back) } })).toEqual(['log-broken']);
  });

  it('reports a relay that exited by itself, and a run that did not settle', () => {
    const ended = { what: 'exit', at: 5, relay: 0, served: true, code: 1, signal: null } as const;
    expect(broken({ conductor: [ended] })).toEqual(['crashed']);
    expect(broken({ conductor: [{ ...ended, served: false }] })).toEqual([]);
    const line = { why: 'Cannot read properties of undefined' };
    const mistake = { what: 'log', at: 5, relay: 0, event: 'store.failed', line } as const;
    expect(broken({ conductor: [mistake] })).toEqual(['crashed']);
    const found = check({ ...run({}), conductor: [] });
    expect(found.map(({ rule }) => rule)).toEqual(['restless']);
  });

  it('calls nothing lost that is still on its way to a console', () => {
    const behind = { ben: [welcome] };
    expect(broken({ consoles: behind })).toEqual(['lost']);
    const found = check({ ...run({ consoles: behind }), conductor: [] });
    expect(found.map(({ rule }) => rule)).toEqual(['restless']);
  });
});
