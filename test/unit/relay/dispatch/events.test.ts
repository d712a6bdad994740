import { describe, expect, test } from 'vitest';
import { dispatchesOf } from '../../../../src/relay/dispatch/events.ts';
import type { NewDispatch } from '../../../../src/relay/store/dispatch-store.ts';
import type { LogBody, ProviderEntry } from '../../../../src/shared/protocol/log-entry.ts';

const AT = Date.UTC(2026, 10, 29, 12);
const bia = { waId: '5511999990000', name: 'Bia' };
const customer = { phone: '+5511999990000', name: 'Bia' };
const ana = { id: 'ana', name: 'Ana' };
const provider = (
  event: ProviderEntry['event'],
  providerCallId: string | undefined = 'wacid.1',
): LogBody => ({
  type: 'provider',
  accountId: 'main',
  event,
  ...(providerCallId !== '' && { providerCallId }),
});
const offer = provider({ kind: 'offer', at: AT, party: bia, sdp: 'v=0' });
const announced = provider({ kind: 'announced', at: AT, party: bia, direction: 'inbound' });
const claimed: LogBody = { type: 'claimed', callId: 'main/wacid.1', by: ana };
const ended = (more: { startedAt?: number; voicemail?: boolean; direction?: 'outbound' } = {}) =>
  provider({
    kind: 'terminated',
    at: AT + 60_000,
    party: bia,
    direction: 'inbound',
    failed: false,
    errors: [],
    ...more,
  });
const started = { startedAt: AT + 10_000, durationSeconds: 50 };
const voicemail = provider(
  {
    kind: 'message',
    at: AT + 50_000,
    party: bia,
    messageId: 'wacid.1',
    type: 'audio',
    file: { id: 'm1' },
  },
  '',
);

/** The bodies that a log makes, each id once. */
async function told(...bodies: readonly LogBody[]) {
  const all: NewDispatch[] = [];
  for (const [index, body] of bodies.entries()) {
    const entry = { cursor: index + 1, at: AT + index, accountId: 'main', body };
    const made = await dispatchesOf(entry, {
      workspace: 'default',
      epoch: 'e',
      toldOf: async (call) => all.filter((one) => one.call === call),
    });
    all.push(...made.filter(({ id }) => !all.some((one) => one.id === id)));
  }
  return all.map(({ body }) => JSON.parse(body));
}
const typesOf = async (...bodies: readonly LogBody[]) =>
  (await told(...bodies)).map(({ type }) => type);

describe('what other systems are told', () => {
  test('of an answered call: who called, who took it, and how long it was', async () => {
    const [rings, answered, over] = await told(offer, claimed, ended(started));
    expect(rings).toEqual({
      type: 'call.ringing',
      timestamp: '2026-11-29T12:00:00.000Z',
      version: 1,
      data: {
        workspace: 'default',
        number: 'main',
        callId: 'wacid.1',
        direction: 'inbound',
        customer,
      },
    });
    expect(answered).toMatchObject({ type: 'call.answered', data: { customer, agent: ana } });
    expect(over).toMatchObject({
      type: 'call.ended',
      data: {
        customer,
        agent: ana,
        answered: true,
        answeredAt: '2026-11-29T12:00:10.000Z',
        durationSeconds: 50,
      },
    });
  });

  test.each([
    ['nobody took it', [offer, ended()], ['call.ringing', 'call.missed']],
    [
      'it was claimed too late',
      [offer, claimed, ended()],
      ['call.ringing', 'call.answered', 'call.missed'],
    ],
    ['it rings in two ways', [announced, offer, ended()], ['call.ringing', 'call.missed']],
    ['everything comes twice', [offer, offer, ended(), ended()], ['call.ringing', 'call.missed']],
    [
      'its voicemail comes first',
      [offer, voicemail, ended(started)],
      ['call.ringing', 'call.voicemail', 'call.missed'],
    ],
    [
      'its voicemail comes last',
      [offer, ended(), voicemail],
      ['call.ringing', 'call.missed', 'call.voicemail'],
    ],
    [
      'the provider tells of a voicemail',
      [announced, ended({ ...started, voicemail: true })],
      ['call.ringing', 'call.missed', 'call.voicemail'],
    ],
  ] as const)('where %s', async (_, bodies, types) => {
    expect(await typesOf(...bodies)).toEqual(types);
  });

  test('of a call that we place, answered or not', async () => {
    const answer = provider({ kind: 'answer', at: AT, party: bia, sdp: 'v=0' });
    const accepted = provider({ kind: 'status', at: AT + 5_000, status: 'accepted' });
    const out = { direction: 'outbound' } as const;
    const all = await told(answer, accepted, ended({ ...started, ...out }));
    expect(all).toMatchObject([
      { type: 'call.ringing', data: { direction: 'outbound', customer } },
      { type: 'call.answered', data: { direction: 'outbound', customer } },
      { type: 'call.ended', data: { direction: 'outbound', answered: true } },
    ]);
    expect(await told(answer, ended(out))).toMatchObject([
      {},
      { type: 'call.ended', data: { answered: false } },
    ]);
  });

  test('of a call that we place, who placed it', async () => {
    const placed: LogBody = {
      type: 'placed',
      accountId: 'main',
      providerCallId: 'wacid.1',
      party: bia,
      by: ana,
    };
    const answer = provider({ kind: 'answer', at: AT, party: bia, sdp: 'v=0' });
    const accepted = provider({ kind: 'status', at: AT + 5_000, status: 'accepted' });
    const over = ended({ ...started, direction: 'outbound' });
    expect(await told(placed, answer, accepted, over, placed)).toMatchObject([
      { type: 'call.ringing', data: { direction: 'outbound', agent: ana } },
      { type: 'call.answered', data: { agent: ana } },
      { type: 'call.ended', data: { agent: ana, answered: true } },
    ]);
    expect(await typesOf(over, placed)).toEqual(['call.ended']);
  });

  test('of a note, each time it is written', async () => {
    const noted: LogBody = {
      type: 'noted',
      accountId: 'main',
      by: ana,
      at: AT,
      party: bia,
      providerCallId: 'wacid.1',
      text: 'Wants a call',
      disposition: 'Order',
      callbackAt: AT + 3_600_000,
    };
    expect(await told(noted, noted)).toMatchObject([
      {
        type: 'call.noted',
        data: {
          agent: ana,
          text: 'Wants a call',
          outcome: 'Order',
          callBackAt: '2026-11-29T13:00:00.000Z',
        },
      },
      { type: 'call.noted' },
    ]);
  });

  test('nothing of messages and transfers, and no SDP', async () => {
    const text = provider(
      { kind: 'message', at: AT, party: bia, messageId: 'wamid.1', type: 'text' },
      '',
    );
    const offered: LogBody = { type: 'claimed', callId: 'offer/1', by: ana };
    expect(await told(text, offered)).toEqual([]);
    expect(JSON.stringify(await told(offer))).not.toContain('v=0');
  });
});
