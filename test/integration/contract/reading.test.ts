import { failureOf, valueOf } from '../../unit/main/providers/failure.ts';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Provider } from '../../../src/main/calls/ports.ts';
import type { ProviderReport } from '../../../src/shared/providers/events.ts';
import { able, numberOf } from './numbers.ts';
import { ANA, openContract } from './contract.ts';

async function listed(provider: Provider, since: number): Promise<ProviderReport[]> {
  return (await valueOf(provider.reads?.callsSince(since))).flat();
}

describe.each(able('callList'))('past calls of a $kind number', (number) => {
  it('are found by polling when no webhook came', async () => {
    const contract = await openContract(number);
    const { simulator, provider, listener } = contract;
    contract.destination({ onCall: 'ignore' });
    simulator.setFaults({ webhooks: { drop: ['connect', 'announced', 'terminate'] } });
    const since = Date.now() - 1000;
    const missed = await simulator.startCall({ customer: ANA, ringForMs: 50 });
    await simulator.waitFor(() => simulator.report(missed.callId)?.phase === 'ended');
    const ringing = await simulator.startCall({ customer: { waId: '5511977770000' } });
    const read = await listed(provider, since);
    expect(listener.events(missed.callId)).toEqual([]);
    const end = read.find(({ event }) => event.kind === 'terminated');
    expect(end).toMatchObject({
      accountId: number.simulated.id,
      providerCallId: missed.callId,
      event: { direction: 'inbound', party: { waId: ANA.waId } },
    });
    expect(end?.event).not.toHaveProperty('startedAt');
    const begun = read.filter(({ providerCallId }) => providerCallId === ringing.callId);
    expect(begun.map(({ event }) => event.kind)).toEqual(['announced']);
    expect(await listed(provider, Date.now() + 60_000)).toEqual([]);
  });

  it('are refused when they are unknown', async () => {
    const { provider } = await openContract(number);
    expect(await failureOf(provider.reads?.call('no-such'))).toMatchObject({
      message: expect.stringMatching(/call/i),
      transient: false,
    });
  });
});

it('a Meta number’s offer is read when only the ring event came', async () => {
  const number = numberOf('pilot-meta');
  const simulated = Object.assign({ ...number.simulated }, { events: ['call.ringing'] });
  const { listener, provider, simulator } = await openContract({ ...number, simulated });
  const { callId, offerSdp } = await simulator.startCall({ customer: ANA });
  await listener.event(callId, 'announced');
  const read = (await valueOf(provider.reads?.call(callId))) ?? [];
  expect(read.map(({ event }) => event)).toMatchObject([
    { kind: 'offer', sdp: offerSdp, party: { waId: ANA.waId } },
  ]);
  expect(listener.events(callId).map(({ kind }) => kind)).toEqual(['announced']);
});

describe.each(able('settings'))('settings of a $kind number', (number) => {
  it('are read, and calls stop when settings disable them', async () => {
    const { provider, simulator } = await openContract(number);
    expect(await valueOf(provider.settings?.get())).toMatchObject({ calling: true });
    await valueOf(provider.settings?.set({ calling: false }));
    expect(await valueOf(provider.settings?.get())).toMatchObject({ calling: false });
    await expect(simulator.startCall({ customer: ANA })).rejects.toThrow('disabled');
    await valueOf(provider.settings?.set({ calling: true }));
    await simulator.startCall({ customer: ANA });
  });

  it('are refused in the provider’s words when calling cannot be switched on', async () => {
    const { kind, simulated } = number;
    const poor =
      kind === 'zernio'
        ? { enabling: 'wrong-plan', forwardTo: undefined }
        : { messagingLimit: 250 };
    const withered = { ...number, simulated: Object.assign({ ...simulated }, poor) };
    const { provider } = await openContract(withered);
    const to = 'tel:+551150209999';
    const change = { calling: true, ...(kind === 'zernio' && { forwarding: { to } }) };
    const enable = provider.settings?.set(change);
    expect(await failureOf(enable)).toMatchObject({
      code: expect.stringMatching(/^(?:138015|enable-422)$/),
      message: expect.stringMatching(/calling/i),
    });
  });
});

describe.each([numberOf('meta'), numberOf('d360')])('a $kind number', (number) => {
  it('reports settings changed elsewhere, and a restriction', async () => {
    const { listener, simulator, provider } = await openContract(number);
    simulator.changeSettings({ calling: { call_icon_visibility: 'DISABLE_ALL' } });
    await listener.event(undefined, 'number', ({ change }) => change.what === 'settings');
    expect(await valueOf(provider.settings?.get())).toMatchObject({ iconVisible: false });
    const type = 'RESTRICTED_BUSINESS_INITIATED_CALLING';
    await simulator.announce({ what: 'restriction', type, expiresAt: Date.now() + 60_000 });
    const reported = await listener.event(
      undefined,
      'number',
      (one) => one.change.what === 'restricted',
    );
    expect(reported.change).toMatchObject({ restrictions: [{ type }] });
    expect(await valueOf(provider.settings?.get())).toMatchObject({ restrictions: [{ type }] });
  });
});

describe.each(able('recording'))('recordings of a $kind number', (number) => {
  it('can be fetched once they are there', async () => {
    const contract = await openContract(number);
    const call = await contract.rung({ hangUpAfterMs: 600 });
    await contract.take(call);
    const mediaId = await contract.recorded(call.callId);
    const found = await valueOf(
      contract.provider.recording?.({ providerCallId: call.callId, mediaId }),
    );
    const answer = await fetch(found?.url ?? '', { headers: { ...found?.headers } });
    expect(answer.headers.get('content-type')).toContain('audio/ogg');
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).toBe('OggS');
  });
});

describe.each(able('cost'))('bills of a $kind number', (number) => {
  it('come with a call’s end, can be read again, and are estimated beforehand', async () => {
    const contract = await openContract(number, {
      customers: [{ ...ANA, permission: 'temporary', answerAfterMs: 20, hangUpAfterMs: 1200 }],
    });
    const callId = await contract.placed();
    const { bill } = await contract.end(callId);
    expect(bill).toMatchObject({ billable: expect.stringMatching(/^0\.\d+$/), meta: '0.00141' });
    const read = (await valueOf(contract.provider.reads?.call(callId))) ?? [];
    expect(read.map(({ event }) => event)).toContainEqual(expect.objectContaining({ bill }));
    expect(await valueOf(contract.provider.estimate?.({ waId: ANA.waId }, 2))).toMatchObject({
      perMinute: expect.stringMatching(/^0\.\d+$/),
      bill: { meta: '0.0282' },
    });
  });
});

it.each(able('analytics'))('a $kind number reports costs only as sums', async (number) => {
  const contract = await openContract(number);
  const call = await contract.rung({ hangUpAfterMs: 1200 });
  await contract.take(call);
  await contract.end(call.callId);
  const hour = 3_600_000;
  const now = Date.now();
  expect(await valueOf(contract.provider.analytics?.(now - hour, now + hour))).toMatchObject([
    { count: 1, averageSeconds: 1, cost: 0 },
  ]);
});

describe.each(able('play'))('the audio of a $kind number', (number) => {
  it('is a socket for one connection, once the call is active', async () => {
    const contract = await openContract(number);
    const call = await contract.rung({ kind: 'tone', hz: 440 });
    const stream = () => contract.provider.stream?.(call.callId);
    expect(await failureOf(stream())).toMatchObject({ message: expect.stringMatching(/active/) });
    await contract.take(call);
    const { url, sampleRate, frameMs } = await valueOf(stream());
    const socket = new WebSocket(url);
    const frame = await new Promise<Buffer>((resolve, reject) => {
      socket.on('message', (data, binary) => binary && Buffer.isBuffer(data) && resolve(data));
      socket.on('error', reject);
    });
    expect(frame).toHaveLength((2 * sampleRate * frameMs) / 1000);
    socket.close();
    const second = new WebSocket(url);
    const refused = new Promise((resolve) => second.on('error', resolve));
    expect(String(await refused)).toContain('401');
  });

  it('can be played into the call', async () => {
    const contract = await openContract(number);
    const call = await contract.rung();
    await contract.take(call);
    const mediaUrl = 'https://example.com/welcome.mp3';
    await valueOf(contract.provider.play?.(call.callId, mediaUrl));
    expect(contract.simulator.requests().at(-1)).toMatchObject({
      action: 'play',
      body: { mediaUrl },
    });
  });

  it('is gone while the number is not connected', async () => {
    const contract = await openContract(number);
    const call = await contract.rung();
    contract.simulator.setFaults({ api: { disconnected: true } });
    expect(await failureOf(contract.provider.calls.accept(call.callId))).toMatchObject({
      code: 'WHATSAPP_INSTANCE_NOT_CONNECTED',
    });
  });
});
