import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { MAX_FRAME_BYTES, closeCodes } from '../../../../src/shared/protocol/frames.ts';
import { OLDEST_VERSION, PROTOCOL_VERSION } from '../../../../src/shared/protocol/versions.ts';
import { HEARTBEAT_MS } from '../../../../src/relay/connections/server.ts';
import { TestConsole } from '../test-console.ts';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld();

const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };

describe("a console's connection", () => {
  it('refuses a connection without a token with 401 and a reason', async () => {
    await expect(TestConsole.open(world.url, 'x'.repeat(43))).rejects.toThrow('401');
    const { status, body } = await rawUpgrade('/v1/agents', {});
    expect(status).toBe(401);
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'token-missing' } });
    const wrong = await rawUpgrade('/v1/agents', { authorization: 'Bearer nope' });
    expect(JSON.parse(wrong.body)).toMatchObject({ error: { code: 'token-unknown' } });
    expect((await rawUpgrade('/v1/else', {})).status).toBe(404);
    expect((await fetch(`${world.url}/v1/agents`)).status).toBe(426);
  });

  it('replaces a console by a newer one of the same agent', async () => {
    const first = await world.join('ana');
    const second = await world.join('ana');
    expect((await first.first('refused')).code).toBe('replaced');
    expect((await first.closed).code).toBe(closeCodes.replaced);
    const callId = await world.ring('wacid.1');
    expect(await second.ringing(callId, ['ana'])).toMatchObject({ soleCandidate: true });
  });

  it.each([
    ['text that is not JSON', 'hello'],
    ['a frame with a wrong field', '{"type":"ack","cursor":-1}'],
    ['a binary frame', Buffer.from('{}')],
  ])('ends with bad-frame after %s', async (_, data) => {
    const ana = await world.join('ana');
    ana.sendRaw(data);
    expect((await ana.first('refused')).code).toBe('bad-frame');
    expect((await ana.closed).code).toBe(closeCodes.badFrame);
  });

  it('answers a request of a later version, and goes on', async () => {
    const ana = await world.join('ana');
    ana.sendRaw('{"type":"dance"}');
    ana.sendRaw('{"type":"dance","id":77}');
    const { outcome } = await ana.first('result', ({ id }) => id === 77);
    expect(outcome).toEqual({ kind: 'refused', why: 'unknown-request' });
    expect(await ana.claim('main/none')).toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['sent', { accountId: 'main', party: {}, sent: { what: 'text', text: 'x'.repeat(1_000_000) } }],
    ['sent', { accountId: 'main', party: {}, sent: { what: 'text', text: '\0'.repeat(100_000) } }],
    [
      'sent',
      {
        accountId: 'main',
        party: {},
        messageId: 'x'.repeat(900_000),
        sent: { what: 'call-button' },
      },
    ],
    [
      'sent',
      {
        accountId: 'main',
        party: {},
        sent: { what: 'template', name: 'x'.repeat(900_000), text: 'a' },
      },
    ],
    ['claim', { callId: 'x'.repeat(900_000) }],
    ['release', { callId: 'main/1', why: 'x'.repeat(900_000) }],
    ['leg', { callId: 'main/1', sdp: 'x'.repeat(900_000) }],
    ['place', { callId: `out/${'x'.repeat(900_000)}`, accountId: 'main', to: '5511999991234' }],
    ['transfer', { callId: 'main/1', to: 'x'.repeat(900_000), mode: 'blind' }],
    ['transfer', { callId: 'main/1', to: 'bea', mode: 'blind', note: 'x'.repeat(900_000) }],
  ])('B3 refuses an oversized part of a frame %s (%#), and goes on', async (type, fields) => {
    const [ana, bea] = [await world.join('ana'), await world.join('bea')];
    ana.sendRaw(JSON.stringify({ type, id: 77, ...fields }));
    const result = await ana.first('result', ({ id }) => id === 77);
    expect(result.outcome).toEqual({ kind: 'refused', why: 'too-large' });
    const callId = await world.ring('wacid.1');
    await bea.ringing(callId, ['ana', 'bea']);
    expect(await ana.claim(callId)).toEqual({ kind: 'granted' });
    await bea.entry('claimed');
    expect(bea.all('entry')).toHaveLength(2);
  });

  it.each([['sent'], ['claim']])('B3 any accepted input fits in a frame %s', async (type) => {
    // The longest of everything, in the characters that need the most bytes.
    const wide = (length: number) => '\u0001'.repeat(length);
    const [ana, bea] = [await world.join('ana'), await world.join('bea')];
    const fields = {
      accountId: 'main',
      party: { waId: wide(300), userId: wide(300), name: wide(1_000) },
      messageId: wide(300),
      sent: { what: 'permission-request', text: wide(16_384), template: wide(300) },
      callId: wide(300),
    };
    ana.sendRaw(JSON.stringify({ type, id: 77, ...fields }));
    const { outcome } = await ana.first('result', ({ id }) => id === 77);
    const callId = await world.ring('wacid.1');
    expect(await bea.ringing(callId, ['ana', 'bea'])).toMatchObject({ soleCandidate: false });
    const reported = bea.all('entry').map(({ body }) => body.type);
    expect(reported).toEqual(outcome.kind === 'granted' ? ['sent', 'provider'] : ['provider']);
  });

  it('ends after an oversized frame', async () => {
    const ana = await world.join('ana');
    ana.sendRaw('x'.repeat(MAX_FRAME_BYTES + 1));
    expect((await ana.closed).code).toBe(1009);
  });

  it('requires one hello of the right version, soon', async () => {
    const early = await world.open('ana');
    early.send({ type: 'ack', cursor: 0 });
    expect((await early.first('refused')).message).toContain('must be a hello');
    const twice = await world.join('ana');
    twice.hello();
    expect((await twice.first('refused')).code).toBe('bad-frame');
    for (const [version, event, message] of [
      [
        PROTOCOL_VERSION + 1,
        'agent.too-new',
        /^The relay is too old for this .*Update the relay\.$/,
      ],
      [
        OLDEST_VERSION - 1,
        'agent.too-old',
        /too old for the relay.*Install the newest Ringdesk\.$/,
      ],
    ] as const) {
      const other = await world.open('ana');
      other.hello({ version, release: '0.0.9' });
      const refused = await other.first('refused');
      expect(refused).toMatchObject({ code: 'version', message: expect.stringMatching(message) });
      expect((await other.closed).code).toBe(closeCodes.version);
      const line = { event, level: 'warn', agent: 'ana', version, release: '0.0.9' };
      expect(world.relay.lines).toContainEqual(expect.objectContaining(line));
    }
    const silent = await world.open('ana');
    world.clock.advance(10_000);
    expect((await silent.first('refused')).message).toBe('No hello arrived in time.');
  });

  it('keeps a connection that answers pings, and ends one that does not', async () => {
    const ana = await world.join('ana');
    const bea = await world.join('bea');
    const callId = await world.ring('wacid.1');
    await ana.ringing(callId, ['ana', 'bea']);
    // Her acks are done, too, so nothing more arrives from her.
    await ana.claim('main/none');
    const pinged = bea.pinged();
    ana.freeze();
    world.clock.advance(HEARTBEAT_MS);
    await pinged;
    // What bea sends now arrives after her answer to the ping.
    await bea.claim('main/none');
    world.clock.advance(HEARTBEAT_MS);
    expect(await bea.ringing(callId, ['bea'])).toMatchObject({ soleCandidate: true });
    await world.left('ana');
  });

  it('L11 ends within a second after the agent was removed or got another token', async () => {
    const ana = await world.join('ana');
    const bea = await world.join('bea');
    await world.relay.agents.remove('ana');
    await world.relay.agents.rotate('bea');
    world.clock.advance(1_000);
    expect((await ana.closed).code).toBe(closeCodes.unauthorized);
    expect((await bea.closed).code).toBe(closeCodes.unauthorized);
  });

  it('notifies consoles that the relay shuts down', async () => {
    const ana = await world.join('ana');
    await world.relay.close();
    expect((await ana.first('refused')).code).toBe('shutting-down');
    expect((await ana.closed).code).toBe(1001);
  });

  it('closes although a console vanished without closing its connection', async () => {
    const ana = await world.join('ana');
    ana.freeze();
    await world.relay.close();
    expect(world.relay.lines.at(-1)?.event).toBe('relay.closed');
  });
});

function rawUpgrade(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${world.url}${path}`,
      { headers: { ...upgrade, ...headers } },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}
