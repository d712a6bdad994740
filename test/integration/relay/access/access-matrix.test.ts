import { beforeAll, describe, expect, it } from 'vitest';
import { fromConsole, type FromConsole } from '../../../../src/shared/protocol/agent-frames.ts';
import { fromRelay, type FromRelayFrame } from '../../../../src/shared/protocol/frames.ts';
import { logBody, type LogBody } from '../../../../src/shared/protocol/log-entry.ts';
import { role } from '../../../../src/shared/protocol/rights.ts';
import type { RelayedCallRecord } from '../../../../src/relay/store/relayed-call-record.ts';
import { AccessWorld, CALLED, CUSTOMER, FOREIGN, type Place } from './access-world.ts';
import type { Asked, TestConsole } from '../test-console.ts';

/** What a request may name that is not the agent's. */
interface Target {
  callId: string;
  accountId: string;
  agentId: string;
}

/** The same names, of which nothing exists. */
const NOTHING: Target = { callId: 'nowhere/1', accountId: 'nowhere', agentId: 'nobody' };
const SDP = 'v=0\r\n';
const NUMBERS = ['direct', 'relayed', 'streamed', 'external'];

/**
 * Every frame of a console, and how it tries to cross. A new kind of frame does not compile until it stands here;
 * those without a target say so.
 */
const ATTEMPTS: Record<FromConsole['type'], (target: Target, own: string) => readonly Asked[]> = {
  // Names no call: what it is answered with is looked at below.
  hello: () => [],
  ack: () => [],
  presence: () => [],
  ringer: () => [],
  // Names no number: `number-checks.test.ts` looks at which it is answered with.
  checks: () => [],
  // Nor this, which only hears its own voice: `echo.test.ts`.
  echo: () => [],
  // Names no number: `notes.test.ts` looks at whose notes it is answered with.
  notes: () => [],
  // Names no number either: `todos.test.ts` looks at whose customers it is answered with.
  todos: () => [],
  // Names nobody: `erasures.test.ts` looks at whose they are.
  erasures: () => [],
  // Nor this: `legal-holds.test.ts`.
  'legal-holds': () => [],
  // Nor this: `people.test.ts` looks at whose customers it is answered with.
  'known-people': () => [],
  // Nor these: `team-reports.test.ts` looks at whose calls they are answered with.
  board: () => [],
  'team-calls': () => [],
  insight: () => [],
  tell: ({ agentId }) => [
    // Teammates with other numbers may be written to.
    ...(['nora', 'ned'].includes(agentId)
      ? []
      : [{ type: 'tell', to: { kind: 'agent', name: agentId }, text: 'Hello' } as const]),
    { type: 'tell', to: { kind: 'team', name: 'North' }, text: 'Hello' },
  ],
  // Says nothing to others than teammates: `team-messages.test.ts`.
  'told-read': () => [],
  placed: ({ accountId }) => [
    {
      type: 'placed',
      accountId,
      providerCallId: 'wacid.attempt',
      party: { waId: CUSTOMER.own.waId },
    },
  ],
  measured: ({ accountId }) => [
    { type: 'measured', accountId, providerCallId: 'wacid.attempt', talkSeconds: 1 },
  ],
  todo: ({ accountId, agentId }) =>
    (
      [{ kind: 'claim' }, { kind: 'done', cursor: 1 }, { kind: 'assign', to: agentId }] as const
    ).map((action) => ({ type: 'todo', accountId, customer: CUSTOMER.own.waId, action })),
  reserve: ({ callId }) => [{ type: 'reserve', callId }],
  claim: ({ callId }) => [{ type: 'claim', callId }],
  release: ({ callId }) => [{ type: 'release', callId, why: 'mine' }],
  decline: ({ callId }) => [{ type: 'decline', callId }],
  admin: ({ agentId }) =>
    agentId === 'nora'
      ? []
      : [
          { type: 'admin', request: { do: 'update', agentId, change: { role: 'admin' } } },
          { type: 'admin', request: { do: 'rotate', agentId } },
          { type: 'admin', request: { do: 'invite', agentId } },
          { type: 'admin', request: { do: 'remove', agentId, evenMyself: true } },
        ],
  dial: ({ accountId }) => [{ type: 'dial', accountId, to: CUSTOMER.own.waId }],
  stream: ({ callId }) => [{ type: 'stream', callId }],
  leg: ({ callId }) => [{ type: 'leg', callId, sdp: SDP }],
  place: ({ accountId }) => [
    { type: 'place', callId: 'out/attempt', accountId, to: CUSTOMER.own.waId },
  ],
  'hang-up': ({ callId }) => [{ type: 'hang-up', callId }],
  hold: ({ callId }) => [{ type: 'hold', callId }],
  resume: ({ callId }) => [{ type: 'resume', callId }],
  transfer: ({ callId, agentId }, own) => [
    { type: 'transfer', callId, to: 'eva', mode: 'blind' },
    { type: 'transfer', callId, to: agentId, mode: 'consult' },
    // Their own call, to an agent of another workspace.
    ...(agentId === 'nora'
      ? []
      : [{ type: 'transfer', callId: own, to: agentId, mode: 'blind' } as const]),
  ],
  'transfer-to-team': ({ callId }, own) => [
    { type: 'transfer-to-team', callId, team: 'Care' },
    // A team of another workspace, for their own call.
    { type: 'transfer-to-team', callId: own, team: 'North' },
  ],
  'transfer-cancel': ({ callId }) => [{ type: 'transfer-cancel', callId }],
  'transfer-complete': ({ callId }) => [{ type: 'transfer-complete', callId }],
  supervise: ({ callId }) =>
    (['listen', 'whisper', 'barge', 'off'] as const).map((mode) => ({
      type: 'supervise',
      callId,
      mode,
    })),
  'take-over': ({ callId }) => [{ type: 'take-over', callId }],
  'legal-hold': ({ accountId }) => [
    { type: 'legal-hold', accountId, call: 'hash', on: true, recordings: [] },
  ],
  record: ({ callId }) =>
    (['confirm', 'pause', 'continue'] as const).map((ask) => ({ type: 'record', callId, ask })),
  sent: ({ accountId }) => [
    {
      type: 'sent',
      accountId,
      party: { waId: CUSTOMER.own.waId },
      messageId: 'wamid.attempt',
      sent: { what: 'text', text: 'Hello' },
    },
  ],
  described: ({ accountId }) => [
    {
      type: 'described',
      accountId,
      party: { waId: CUSTOMER.own.waId },
      fields: [{ field: 'notes', value: 'Hello' }],
    },
  ],
  people: ({ accountId }) => [
    {
      type: 'people',
      accountId,
      people: [
        {
          party: { waId: CUSTOMER.own.waId },
          at: 1,
          fields: [{ field: 'notes', value: 'Hello' }],
        },
      ],
      merges: [{ kept: CUSTOMER.own.waId, other: '5511900000009', at: 1 }],
    },
  ],
  noted: ({ accountId }) => [
    {
      type: 'noted',
      accountId,
      party: { waId: CUSTOMER.own.waId },
      providerCallId: 'wacid.attempt',
      text: 'Hello',
    },
  ],
};

const callOfferOf = (callId: string, accountId: string, place: Place) => ({
  callOfferId: `handover/${place}`,
  callId,
  accountId,
  providerCallId: 'wacid.synthetic',
  direction: 'inbound' as const,
  party: CUSTOMER[place],
  why: 'requeue' as const,
  from: { id: 'north', name: 'Zoe' },
  to: [],
  deadlineAt: 1,
});

/** Every kind of entry, as it would stand in the log about a foreign call. */
function entriesOf(callId: string, accountId: string, place: Place): readonly LogBody[] {
  const by = { id: place, name: CUSTOMER[place].name };
  const bodies: { [K in LogBody['type']]: Extract<LogBody, { type: K }> } = {
    'legal-hold': {
      type: 'legal-hold',
      accountId,
      call: callId,
      on: true,
      recordings: [callId],
      by,
      at: 1,
    },
    provider: {
      type: 'provider',
      accountId,
      event: {
        kind: 'message',
        at: 1,
        party: CUSTOMER[place],
        messageId: `wamid.${place}`,
        type: 'text',
        text: 'A secret of Zoe',
      },
    },
    sent: {
      type: 'sent',
      accountId,
      by,
      at: 1,
      party: CUSTOMER[place],
      sent: { what: 'text', text: 'A secret of Zoe' },
    },
    described: {
      type: 'described',
      accountId,
      by,
      at: 1,
      party: CUSTOMER[place],
      fields: [{ field: 'notes', value: 'A secret of Zoe' }],
    },
    merged: { type: 'merged', accountId, by, at: 1, kept: '5511911111111', other: '5511922222222' },
    noted: {
      type: 'noted',
      accountId,
      by,
      at: 1,
      party: CUSTOMER[place],
      providerCallId: 'wacid.synthetic',
      text: 'A secret of Zoe',
    },
    answered: {
      type: 'answered',
      accountId,
      party: CUSTOMER[place],
      answer: { kind: 'wrote', at: 1, by },
    },
    told: {
      type: 'told',
      messageId: `told/${place}`,
      workspace: place,
      from: by,
      to: ['eva', 'sue', 'adam', 'olga', 'wanda'],
      toName: 'Eva',
      team: false,
      text: 'A secret of Zoe',
    },
    erased: {
      type: 'erased',
      workspace: place,
      erasure: { id: `erased/${place}`, at: 1, salt: 'salt', hashes: ['A secret of Zoe'] },
    },
    'told-read': {
      type: 'told-read',
      workspace: place,
      by,
      to: ['eva', 'sue', 'adam', 'olga', 'wanda'],
      messageIds: [`told/${place}`],
    },
    placed: {
      type: 'placed',
      accountId,
      providerCallId: 'wacid.synthetic',
      party: CUSTOMER[place],
      by,
    },
    measured: {
      type: 'measured',
      accountId,
      providerCallId: 'A secret of Zoe',
      by,
    },
    todo: {
      type: 'todo',
      accountId,
      customer: CUSTOMER[place].waId,
      by,
      at: 1,
      change: { kind: 'owner', owner: by },
    },
    claimed: { type: 'claimed', callId, by },
    released: { type: 'released', callId, by, why: 'provider' },
    'call-offer': { type: 'call-offer', callOffer: callOfferOf(callId, accountId, place) },
    'call-offer-ended': {
      type: 'call-offer-ended',
      callOfferId: `handover/${place}`,
      callId,
      end: 'unanswered',
    },
    'agent-disconnected': { type: 'agent-disconnected', callId, agent: by, deadlineAt: 1 },
    'agent-reconnected': { type: 'agent-reconnected', callId, agent: by },
    dtmf: { type: 'dtmf', callId, digit: '5' },
    supervision: { type: 'supervision', callId, by, mode: 'listen', shown: true },
    ended: { type: 'ended', callId, by, why: 'hung-up' },
    unreadable: { type: 'unreadable' },
  };
  return Object.values(bodies);
}

/** What no foreign console may ever be sent a word of. */
const SECRETS = /north-|west-|Zoe|551197777|Agent w/;

const world = new AccessWorld();
const insiders = new Map<string, TestConsole>();
const attackers = new Map<(typeof role.options)[number], TestConsole>();
/** Their consoles that were replaced by another one. */
const earlier: TestConsole[] = [];
const foreignCalls: Record<(typeof FOREIGN)[number], string[]> = { north: [], west: [] };
const ownCalls = new Map<string, string>();

const insider = (id: string): TestConsole => {
  const console = insiders.get(id);
  if (!console) throw new Error(`${id} is not there`);
  return console;
};

/** A new console of an attacker, which has not yet asked as much as it may. */
async function joinAgain(kind: (typeof role.options)[number], id: string): Promise<TestConsole> {
  const before = attackers.get(kind);
  if (before) earlier.push(before);
  const { epoch } = insider('nora').welcome;
  const console = await world.join(id, { epoch, cursor: 0 });
  attackers.set(kind, console);
  return console;
}

async function granted(outcome: Promise<{ kind: string }>): Promise<void> {
  expect(await outcome).toEqual({ kind: 'granted' });
}

/** Calls in every state on the numbers of one place, whose agents are the first two. */
async function callsOf(place: Place, first: TestConsole, second: string): Promise<string[]> {
  const direct = {
    ringing: await world.direct(place, 'd1'),
    live: await world.direct(place, 'd2'),
  };
  await granted(first.claim(direct.live));
  const over = await world.direct(place, 'd3');
  await world.direct(place, 'd3', 'end');

  const ringing = await world.relayed(place);
  const [live, offered, ended] = [
    await world.relayed(place),
    await world.relayed(place),
    await world.relayed(place),
  ];
  for (const callId of [live, offered, ended]) {
    await first.first('ringing', (frame) => frame.callId === callId);
    await granted(first.claim(callId));
  }
  await granted(first.hangUp(ended));
  await granted(first.transfer(offered, second));
  const { callOffer } = await first.entry('call-offer');
  const placed = `out/${place}`;
  const outcome = await first.ask({
    type: 'place',
    callId: placed,
    accountId: `${place}-relayed`,
    to: CALLED[place].waId,
  });
  expect(outcome).toMatchObject({ kind: 'placed' });

  const streamed = `${place}-streamed`;
  const stream = {
    ringing: await world.zernio(streamed, place, 's1'),
    live: await world.zernio(streamed, place, 's2'),
    placed: await world.zernio(streamed, place, 's3', 'received', 'outbound'),
    ended: await world.zernio(streamed, place, 's4'),
  };
  await granted(first.claim(stream.live));
  await world.zernio(streamed, place, 's4', 'ended');
  const external = await world.zernio(`${place}-external`, place, 'e1');
  const gone = await world.zernio(`${place}-external`, place, 'e2');
  await world.zernio(`${place}-external`, place, 'e2', 'ended');

  ownCalls.set(place, live);
  return [
    ...Object.values(direct),
    over,
    ringing,
    live,
    offered,
    ended,
    callOffer.callOfferId,
    placed,
    ...Object.values(stream),
    external,
    gone,
  ];
}

beforeAll(async () => {
  await world.add('nora', 'north');
  await world.add('ned', 'north');
  await world.add('nick', 'north', { role: 'supervisor' });
  await world.add('wes', 'west');
  await world.add('will', 'west');
  await world.add('wanda', 'west', { role: 'supervisor' });
  await world.add('olga', 'own');
  await world.add('eva', 'own');
  await world.add('sue', 'own', { role: 'supervisor' });
  await world.add('adam', 'own', { role: 'admin' });
  for (const id of ['nora', 'ned', 'nick', 'wes', 'will', 'wanda', 'olga']) {
    insiders.set(id, await world.join(id));
  }
  foreignCalls.north = await callsOf('north', insider('nora'), 'ned');
  foreignCalls.west = await callsOf('west', insider('wes'), 'will');
  for (const [id, kind] of [
    ['eva', 'agent'],
    ['sue', 'supervisor'],
    ['adam', 'admin'],
  ] as const) {
    await joinAgain(kind, id);
  }
}, 60_000);

describe('B1 what is not an agent’s', () => {
  it('has an attempt for every frame of the protocol', () => {
    const kinds = fromConsole.options.map(({ shape }) => shape.type.value);
    expect(Object.keys(ATTEMPTS).toSorted()).toEqual(kinds.toSorted());
  });

  it.each(role.options)(
    'is refused to an %s like what does not exist, in every frame, and stays as it is',
    async (kind) => {
      let attacker = attackers.get(kind);
      if (!attacker) throw new Error('nobody attacks');
      const { agent, epoch } = attacker.welcome;
      const own = await world.relayed('own');
      await attacker.first('ringing', (frame) => frame.callId === own);
      await granted(attacker.claim(own));
      const before = world.content();
      for (const place of FOREIGN) {
        const agentId = place === 'north' ? 'nora' : 'wes';
        const absentAgent = place === 'north' ? 'nora' : 'nobody';
        for (const [index, callId] of foreignCalls[place].entries()) {
          // A console that asks so much at once is slowed down, and the clock stands still.
          if (index % 3 === 2) {
            earlier.push(attacker);
            attacker = await world.join(agent.id, { epoch, cursor: 0 });
          }
          const accountId = `${place}-${NUMBERS[index % NUMBERS.length]}`;
          for (const attempt of Object.values(ATTEMPTS)) {
            const requests = attempt({ callId, accountId, agentId }, own);
            const absent = attempt({ ...NOTHING, agentId: absentAgent }, own);
            const answers = await Promise.all(requests.map(attacker.ask));
            const toNothing = await Promise.all(absent.map(attacker.ask));
            for (const [at, answer] of answers.entries()) {
              expect([requests[at]?.type, callId, answer.kind]).toEqual([
                requests[at]?.type,
                callId,
                'refused',
              ]);
              expect(JSON.stringify(answer)).toBe(JSON.stringify(toNothing[at]));
            }
          }
        }
      }
      expect(world.content()).toEqual(before);
      await granted(attacker.hangUp(own));
      attackers.set(kind, attacker);
    },
    60_000,
  );

  it.each([
    ['in capitals', (name: string) => name.toUpperCase()],
    ['with a slash more', (name: string) => `${name}/`],
    ['with two slashes', (name: string) => name.replace('/', '//')],
    ['behind their own', (name: string) => `own-direct/../${name}`],
    ['in spaces', (name: string) => ` ${name} `],
    ['percent-encoded', (name: string) => name.replaceAll('-', '%2d').replace('/', '%2f')],
    ['with a zero byte', (name: string) => `${name}\0`],
    ['in wide letters', (name: string) => name.normalize('NFKD').replace('w', '\uFF57')],
    ['with a letter that cannot be seen', (name: string) => `\u200B${name}`],
    ['as a pattern', (name: string) => name.replace('west', '%').replace('north', '_____')],
    ['as an end of a query', (name: string) => `${name}' OR '1'='1`],
    ['as part of every object', () => '__proto__'],
  ])('is refused also when it is named %s', async (_, spell) => {
    const attacker = await joinAgain('supervisor', 'sue');
    const before = world.content();
    for (const place of FOREIGN) {
      const agentId = place === 'north' ? 'ned' : 'will';
      for (const callId of foreignCalls[place].slice(0, 2)) {
        const target = {
          callId: spell(callId),
          accountId: spell(`${place}-direct`),
          agentId: spell(agentId),
        };
        for (const [kind, attempt] of Object.entries(ATTEMPTS)) {
          const answers = await Promise.all(attempt(target, 'own-direct/none').map(attacker.ask));
          for (const answer of answers) {
            // Whoever declines what is not there is told that they are not the last.
            expect([kind, answer.kind]).toEqual([kind, 'refused']);
          }
        }
      }
    }
    expect(world.content()).toEqual(before);
  });

  it('is not given to who says in a frame that they are somebody else', async () => {
    const attacker = await joinAgain('agent', 'eva');
    const { agent, rights } = attacker.welcome;
    const claims = { role: 'admin', workspace: 'west', numbers: 'all', agent: { id: 'wes' } };
    const [foreign = ''] = foreignCalls.west;
    const [own] = [await world.direct('own', 'claims')];
    const frames = [
      { type: 'presence', presence: 'available', agentId: 'wes', ...claims },
      { type: 'ack', cursor: 0, ...claims },
      { type: 'claim', id: 1, callId: foreign, by: { id: 'wes', name: 'Wes' }, ...claims },
      { type: 'admin', id: 2, request: { do: 'list', workspace: 'west' }, ...claims },
    ];
    for (const frame of frames) attacker.sendRaw(JSON.stringify(frame));
    // The last of two names counts, for the question and for the answer.
    attacker.sendRaw(`{"type":"claim","id":3,"callId":"${own}","callId":"${foreign}"}`);
    const answers = await Promise.all(
      [1, 2, 3].map((id) => attacker.first('result', (result) => result.id === id)),
    );
    expect(answers.map(({ outcome }) => outcome)).toEqual([
      { kind: 'refused', why: 'unknown' },
      { kind: 'refused', why: 'role' },
      { kind: 'refused', why: 'unknown' },
    ]);
    expect(attacker.welcome).toMatchObject({ agent, rights });
    expect(agent.id).toBe('eva');
  });

  it('lends its name to no call of theirs', async () => {
    const attacker = attackers.get('admin');
    for (const callId of [...foreignCalls.north, ...foreignCalls.west]) {
      const to = CUSTOMER.own.waId;
      const place = { type: 'place', callId, accountId: 'own-relayed', to } as const;
      expect(await attacker?.ask(place)).toEqual({ kind: 'refused', why: 'call-id' });
    }
  });

  it('is never told to them, in whatever frame and entry', async () => {
    // Everything that goes on from here.
    for (const place of FOREIGN) {
      const accountId = `${place}-relayed`;
      const callId = `${accountId}/synthetic`;
      const record: RelayedCallRecord = {
        callId,
        accountId,
        direction: 'inbound',
        party: CUSTOMER[place],
        callOffers: [],
        dtmf: '',
        supervisors: [],
        state: { kind: 'ended' },
      };
      await world.write((store) =>
        store.saveRelayedCall(record, entriesOf(callId, accountId, place), world.clock.now()),
      );
    }
    const [wes, will] = [insider('wes'), insider('will')];
    for (const place of FOREIGN) await world.forge(place);
    world.clock.advance(1);
    await insider('wanda').first('webhooks', ({ number }) => number.accountId === 'west-direct');
    const placed = await wes.until(() => wes.all('call').at(-1)?.call.callId);
    expect(placed).toBeDefined();
    wes.send({ type: 'presence', presence: 'dnd' });
    await wes.decline(foreignCalls.west[0] ?? '');
    await world.relay.agents.update('will', { role: 'supervisor' });
    await will.first('rights');
    await world.relay.agents.remove('will');
    await will.first('refused');
    // The last entry is everybody's with these numbers: what is not there by then does not come.
    const sentinel = { waId: CUSTOMER.own.waId };
    const sent = { what: 'text', text: 'The last word' } as const;
    await granted(insider('olga').sent({ accountId: 'own-direct', party: sentinel, sent }));

    const all = [...attackers.values(), insider('olga')];
    for (const console of all) {
      await console.entry('sent', (body) => body.sent.text === 'The last word');
      const secrets = console.frames.filter((frame) => SECRETS.test(JSON.stringify(frame)));
      expect(secrets).toEqual([]);
    }
    for (const { frames } of earlier) {
      expect(frames.filter((frame) => SECRETS.test(JSON.stringify(frame)))).toEqual([]);
    }
    // And those whose it is were told all of it.
    const told = [...insiders.values()].flatMap(({ frames }) => frames);
    const kinds = new Set<FromRelayFrame['type']>(
      [...told, ...[...all, ...earlier].flatMap(({ frames }) => frames)].map(({ type }) => type),
    );
    expect([...kinds].toSorted()).toEqual(
      fromRelay.options.map(({ shape }) => shape.type.value).toSorted(),
    );
    const wanda = insider('wanda');
    await wanda.entry('ended', (body) => body.callId === 'west-relayed/synthetic');
    const entries = new Set(wanda.all('entry').map(({ body }) => body.type));
    expect([...entries].toSorted()).toEqual(
      // What was measured is told to nobody.
      logBody.options
        .flatMap(({ shape: { type } }) => (type.value === 'measured' ? [] : type.value))
        .toSorted(),
    );
  });
});
