import { failureOf, valueOf } from '../../unit/main/providers/failure.ts';
import { describe, expect, it } from 'vitest';
import { able, numbers } from './numbers.ts';
import { ANA, openContract } from './contract.ts';

const CALLABLE = { ...ANA, permission: 'temporary' } as const;

describe.each(numbers)('calls of a $kind number', (number) => {
  it('from a customer are announced, accepted, and end when the customer hangs up', async () => {
    const contract = await openContract(number);
    const { callId, reported, sdp } = await contract.rung();
    expect(reported).toMatchObject({ party: { waId: ANA.waId } });
    await contract.take({ callId, sdp });
    contract.simulator.hangUp(callId);
    expect(await contract.end(callId)).toMatchObject({
      party: { waId: ANA.waId },
      direction: 'inbound',
      failed: false,
      endedAt: expect.any(Number),
    });
  });

  it('that were answered end with their duration', async () => {
    const contract = await openContract(number);
    const call = await contract.rung({ hangUpAfterMs: 1200 });
    await contract.take(call);
    expect(await contract.end(call.callId)).toMatchObject({
      startedAt: expect.any(Number),
      durationSeconds: 1,
    });
  });

  it('from a customer who gives up end without a start', async () => {
    const contract = await openContract(number);
    contract.destination({ onCall: 'ignore' });
    const { callId } = await contract.rung({ ringForMs: 100 });
    const end = await contract.end(callId);
    expect(end).toMatchObject({ direction: 'inbound', failed: false });
    expect(end.startedAt).toBeUndefined();
    expect(end.durationSeconds).toBeUndefined();
  });

  it('to a customer ring, are answered and end with their duration', async () => {
    const contract = await openContract(number, {
      customers: [{ ...CALLABLE, answerAfterMs: 300, hangUpAfterMs: 1200 }],
    });
    const callId = await contract.placed();
    await contract.status(callId, 'ringing');
    await contract.status(callId, 'accepted');
    expect(await contract.end(callId)).toMatchObject({
      direction: 'outbound',
      failed: false,
      startedAt: expect.any(Number),
      durationSeconds: 1,
    });
  });

  it('to a customer who declines end with the refusal', async () => {
    const contract = await openContract(number, {
      customers: [{ ...CALLABLE, onCall: 'decline', answerAfterMs: 50 }],
    });
    const callId = await contract.placed();
    const end = await contract.end(callId);
    expect(end).toMatchObject({ direction: 'outbound', failed: false });
    expect(end.startedAt).toBeUndefined();
    expect(contract.listener.events(callId)).toContainEqual(
      expect.objectContaining({ kind: 'status', status: 'rejected' }),
    );
  });

  it('to a customer who does not answer end without a start', async () => {
    const contract = await openContract(number, {
      customers: [{ ...CALLABLE, onCall: 'ignore' }],
      timing: { ringTimeoutMs: 200 },
    });
    const callId = await contract.placed();
    expect((await contract.end(callId)).startedAt).toBeUndefined();
    expect(contract.listener.events(callId)).not.toContainEqual(
      expect.objectContaining({ status: 'rejected' }),
    );
  });

  it('ring once however often webhooks come, and not after their end', async () => {
    const contract = await openContract(number);
    contract.simulator.setFaults({ webhooks: { copies: 2 } });
    const call = await contract.rung();
    await contract.take(call);
    contract.simulator.hangUp(call.callId);
    await contract.end(call.callId);
    const late = await contract.simulator.startCall({
      customer: ANA,
      terminateBeforeConnect: true,
    });
    await contract.begun(late.callId);
    expect(contract.listener.events(late.callId)[0]?.kind).toBe('terminated');
    for (const callId of [call.callId, late.callId]) {
      const reported = contract.listener.events(callId);
      expect(new Set(reported.map((event) => JSON.stringify(event))).size).toBe(reported.length);
      expect(reported.filter(({ kind }) => kind === contract.beginning)).toHaveLength(1);
      // Pilot Status reports the end of an official number's call in two ways; they must agree.
      const ends = reported.filter((event) => event.kind === 'terminated');
      expect(new Set(ends.map(({ startedAt }) => startedAt !== undefined)).size).toBe(1);
    }
    expect(contract.relay.lines.filter(({ event }) => event === 'webhook.malformed')).toEqual([]);
  });

  it('to a customer may be announced before the request to place them is answered', async () => {
    const contract = await openContract(number, {
      customers: [{ ...CALLABLE, answerAfterMs: 50 }],
    });
    contract.simulator.setFaults({ webhooks: { connectBeforeResponse: true } });
    const callId = await contract.placed();
    expect(contract.simulator.webhooks()[0]).toMatchObject({ callId, state: 'delivered' });
    await contract.status(callId, 'accepted');
  });

  it('are refused with a wrong key, in the provider’s words', async () => {
    const { stranger, path } = await openContract(number);
    const sdp = path === 'direct' ? 'v=0' : '';
    const place = stranger.calls.place({
      to: { waId: ANA.waId },
      sdp,
      callbackData: 'ours',
      once: 'once',
    });
    expect(await failureOf(place)).toMatchObject({
      message: expect.stringMatching(/key|token/i),
      transient: false,
    });
  });
});

describe.each(able('reject'))('calls of a $kind number that ring here', (number) => {
  it('can be rejected', async () => {
    const contract = await openContract(number);
    const { callId } = await contract.rung();
    await valueOf(contract.provider.calls.reject(callId));
    expect((await contract.end(callId)).startedAt).toBeUndefined();
    expect(contract.simulator.report(callId)?.end).toEqual({ by: 'business', reason: 'rejected' });
  });

  it('can be taken once', async () => {
    const contract = await openContract(number);
    const call = await contract.rung();
    await contract.take(call);
    expect(await failureOf(contract.provider.calls.accept(call.callId, call.sdp))).toMatchObject({
      transient: false,
    });
  });

  it('can be hung up; a second time does no harm', async () => {
    const contract = await openContract(number);
    const call = await contract.rung();
    await contract.take(call);
    await valueOf(contract.provider.calls.terminate(call.callId));
    await valueOf(contract.provider.calls.terminate(call.callId));
    expect(await contract.end(call.callId)).toMatchObject({ failed: false });
    expect(contract.simulator.report(call.callId)?.end).toMatchObject({ by: 'business' });
  });

  it('are refused in the provider’s words when they are unknown', async () => {
    const contract = await openContract(number);
    const { message, details = '' } = await failureOf(
      contract.provider.calls.accept('no-such', 'v=0'),
    );
    expect(`${message} ${details}`).toMatch(/call/i);
  });
});

describe.each(able('preAccept'))('calls of a $kind number by SDP', (number) => {
  it('can be prepared while they ring', async () => {
    const contract = await openContract(number);
    const { callId, sdp } = await contract.rung();
    await valueOf(contract.provider.calls.preAccept(callId, sdp));
    expect(contract.simulator.report(callId)).toMatchObject({ phase: 'pre-accepted' });
    await contract.take({ callId, sdp });
  });
});
