import { expect, test } from 'vitest';
import { ANA, isEvent, isStatus, openPeer, openSimulatedWorld } from './simulated-world.ts';

test('each side of a customer’s call hears the other’s tone after pre-accept and accept', async () => {
  const { simulator, endpoint, graph } = await openSimulatedWorld();
  const peer = openPeer();
  const { callId } = await simulator.startCall({ customer: ANA, kind: 'tone', hz: 440 });

  const webhook = await endpoint.next(isEvent('connect'));
  const sdp = await peer.answer(webhook.calls?.[0]?.session?.sdp ?? '');
  expect(await graph.preAccept(callId, sdp)).toMatchObject({
    status: 200,
    body: { success: true },
  });
  await peer.connected();
  await simulator.waitFor(() => simulator.report(callId)?.media.connected);
  expect(simulator.report(callId)).toMatchObject({
    phase: 'pre-accepted',
    startedAt: null,
    media: { earlyPackets: 0, packetsSent: 0 },
  });

  expect(await graph.accept(callId, sdp)).toMatchObject({ status: 200, body: { success: true } });
  peer.speak(700);
  const report = await simulator.waitFor(() => {
    const now = simulator.report(callId);
    return (now?.media.packetsReceived ?? 0) >= 60 && now;
  });
  expect(report.media.toneHz).toBeCloseTo(700, -0.5);
  expect(report.media.levelDbfs).toBeGreaterThan(-20);
  expect(report.media).toMatchObject({ packetsLost: 0, earlyPackets: 0, undecodablePackets: 0 });
  expect(report.media.ssrcs).toHaveLength(1);
  // How much they are is this machine's affair: under a millisecond when idle.
  expect(report.media.jitterMs).toBeGreaterThanOrEqual(0);
  expect(report.media.acceptToAudioMs).toBeGreaterThanOrEqual(0);
  expect(peer.heard().hz).toBeCloseTo(440, -0.5);
  await simulator.waitFor(() => (simulator.report(callId)?.media.rtcpReceived ?? 0) > 0);

  expect(await graph.terminate(callId)).toMatchObject({ status: 200 });
  const end = await endpoint.next(isEvent('terminate'));
  expect(end.calls?.[0]).toMatchObject({
    status: 'COMPLETED',
    start_time: expect.stringMatching(/^\d{10}$/),
    end_time: expect.stringMatching(/^\d{10}$/),
    duration: expect.any(Number),
  });
});

test('the business’s call gets an SDP answer before pick-up and audio after it', async () => {
  const { simulator, endpoint, graph } = await openSimulatedWorld({
    customers: [
      { ...ANA, permission: 'permanent', answerAfterMs: 400, sends: { kind: 'tone', hz: 520 } },
    ],
  });
  const peer = openPeer();
  const answer = await graph.connect(ANA.waId, await peer.offer());
  const callId = answer.body.calls?.[0]?.id ?? '';
  expect(callId).toMatch(/^wacid\./);

  const connect = await endpoint.next(isEvent('connect'));
  expect(connect.calls?.[0]).toMatchObject({
    id: callId,
    direction: 'BUSINESS_INITIATED',
    biz_opaque_callback_data: 'order-1',
    session: { sdp_type: 'answer' },
  });
  await peer.takeAnswer(connect.calls?.[0]?.session?.sdp ?? '');
  await peer.connected();
  // The business may send while it rings: its own call's clock starts with the pick-up.
  peer.speak(900);
  await endpoint.next(isStatus('RINGING'));
  await simulator.waitFor(() => (simulator.report(callId)?.media.earlyPackets ?? 0) > 0);
  expect(simulator.report(callId)).toMatchObject({ startedAt: null, violations: [] });
  await endpoint.next(isStatus('ACCEPTED'));
  const report = await simulator.waitFor(() => {
    const now = simulator.report(callId);
    return (now?.media.packetsReceived ?? 0) >= 60 && now;
  });
  expect(report.media.toneHz).toBeCloseTo(900, -0.5);
  expect(peer.heard().hz).toBeCloseTo(520, -0.5);

  expect(simulator.hangUp(callId)).toBe(true);
  await endpoint.next(isEvent('terminate'));
  expect(endpoint.labels()).toEqual(['connect', 'RINGING', 'ACCEPTED', 'terminate']);
});
