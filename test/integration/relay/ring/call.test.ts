import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inboundCallId } from '../../../../src/shared/call/ids.ts';
import {
  ACCOUNT,
  offer,
  post,
  relayConfig,
  startRelay,
  temporaryFolder,
  terminate,
  type TestRelay,
} from '../harness.ts';
import { TestConsole } from '../test-console.ts';

let folder: ReturnType<typeof temporaryFolder>;
let relay: TestRelay;

beforeEach(async () => {
  folder = temporaryFolder();
  relay = await startRelay(relayConfig(folder.dir));
});

afterEach(async () => {
  await relay.close();
  folder.remove();
});

describe('a call from webhook to console', () => {
  it('logs offer, claim and end of a call in order', async () => {
    const { token } = await relay.agents.add({ id: 'ana', name: 'Ana' });
    const ana = await TestConsole.join(relay.url, token);
    expect(ana.welcome).toMatchObject({ head: 0, from: 0, complete: true });

    expect(await post(relay.url, offer('wacid.1'))).toEqual({
      status: 200,
      json: { received: true, added: 1 },
    });
    const entry = await ana.first('entry');
    expect(entry.body).toMatchObject({
      type: 'provider',
      accountId: ACCOUNT,
      providerCallId: 'wacid.1',
      event: { kind: 'offer', party: { waId: '5511999991234', name: 'Bia' } },
    });
    const callId = inboundCallId(ACCOUNT, 'wacid.1');
    // It may still be on its way to nobody when her console has only just connected.
    const ringing = await ana.first('ringing', ({ agents }) => agents.length > 0);
    expect(ringing).toMatchObject({ callId, soleCandidate: true });
    expect(await ana.reserve(callId)).toEqual({ kind: 'granted' });
    expect(await ana.claim(callId)).toEqual({ kind: 'granted' });
    await post(relay.url, terminate('wacid.1'));
    await ana.until(() => ana.cursors.length === 3 || undefined);
    expect(ana.all('entry').map(({ body }) => body.type)).toEqual([
      'provider',
      'claimed',
      'provider',
    ]);
    await ana.close();
  });
});
