import { expect, test } from 'vitest';
import type { StartCall } from '../../../src/simulator/calls/plan.ts';
import { ANA, isEvent, openPeer, openSimulatedWorld } from './simulated-world.ts';

type SimulatedWorld = Awaited<ReturnType<typeof openSimulatedWorld>>;

/** A ringing customer and a peer's answer to their offer. */
async function ringing(world: SimulatedWorld, plan: Partial<StartCall> = {}) {
  const peer = openPeer();
  const { callId, offerSdp } = await world.simulator.startCall({ customer: ANA, ...plan });
  return { callId, peer, sdp: await peer.answer(offerSdp) };
}

test('an accept must carry the very SDP of its pre-accept', async () => {
  const world = await openSimulatedWorld();
  const { callId, sdp } = await ringing(world);
  await world.graph.preAccept(callId, sdp);
  const answer = await world.graph.accept(callId, sdp.replace('s=-', 's=other'));
  expect(answer).toMatchObject({
    status: 400,
    body: { error: { code: 100, type: 'OAuthException', fbtrace_id: expect.any(String) } },
  });
  expect(answer.body.error?.error_data?.details).toContain('same as in pre_accept');
  expect(await world.graph.accept(callId, sdp)).toMatchObject({ status: 200 });
});

test('a call is accepted once, and an ended call takes no action', async () => {
  const world = await openSimulatedWorld();
  const { graph } = world;
  const { callId, sdp } = await ringing(world);
  await graph.accept(callId, sdp);
  expect((await graph.accept(callId, sdp)).body.error).toMatchObject({ code: 100 });
  expect((await graph.reject(callId)).body.error).toMatchObject({ code: 100 });
  expect(await graph.terminate(callId)).toMatchObject({ status: 200 });
  const again = await graph.terminate(callId);
  expect(again.body.error?.error_data?.details).toContain('already terminated');
  expect((await graph.accept('wacid.unknown', sdp)).body.error?.error_data?.details).toBe(
    'Invalid call id',
  );
});

test.each([
  ['no fingerprint', /a=fingerprint.*\r\n/, '', 'No fingerprint found in SDP', undefined],
  ['sha-512', /a=fingerprint:sha-256/, 'a=fingerprint:sha-512', 'not SHA256', 2494010],
  ['line feeds only', /\r\n/g, '\n', 'CRLF', undefined],
  ['actpass in an answer', /a=setup:active/, 'a=setup:actpass', 'actpass', undefined],
])('refuses an SDP with %s', async (_, from, to, details, subcode) => {
  const world = await openSimulatedWorld();
  const { callId, sdp } = await ringing(world);
  const { status, body } = await world.graph.accept(callId, sdp.replace(from, to));
  expect(status).toBe(400);
  expect(body.error?.error_data?.details).toContain(details);
  expect(body.error?.error_subcode).toBe(subcode);
});

test('sdp_type is answer on accept and offer on connect', async () => {
  const { graph, simulator } = await openSimulatedWorld();
  const { callId, offerSdp } = await simulator.startCall({ customer: ANA });
  const session = { sdp_type: 'offer', sdp: offerSdp };
  const accept = await graph.call({ action: 'accept', call_id: callId, session });
  expect(accept.body.error?.error_data?.details).toContain('session.sdp_type');
  const connect = await graph.call({
    action: 'connect',
    to: ANA.waId,
    session: { ...session, sdp_type: 'answer' },
  });
  expect(connect.body.error?.error_data?.details).toContain('session.sdp_type');
  expect(await graph.call({ action: 'pre-accept', call_id: callId })).toMatchObject({
    status: 400,
  });
});

test('a wrong token is 401 code 190, a wrong number an unknown object', async () => {
  const { graph, simulator } = await openSimulatedWorld();
  expect(await graph.request('POST', 'calls', {}, 'wrong')).toMatchObject({
    status: 401,
    body: { error: { code: 190, type: 'OAuthException' } },
  });
  const answer = await fetch(`${simulator.baseUrl}/v23.0/999/calls`, { method: 'POST' });
  expect(await answer.json()).toMatchObject({ error: { code: 100, error_subcode: 33 } });
  expect(JSON.stringify(simulator.requests())).not.toContain('EAAtest');
});

test('media before accept is recorded and starts the caller’s timer', async () => {
  const world = await openSimulatedWorld();
  const { callId, peer, sdp } = await ringing(world);
  await world.graph.preAccept(callId, sdp);
  await peer.connected();
  peer.speak(600);
  const report = await world.simulator.waitFor(() => {
    const now = world.simulator.report(callId);
    return (now?.media.earlyPackets ?? 0) > 0 && now;
  });
  expect(report).toMatchObject({
    phase: 'pre-accepted',
    acceptedAt: null,
    startedAt: expect.any(Number),
    violations: [{ kind: 'early-media' }],
  });
});

test('a call nobody accepts is missed: terminate without start_time', async () => {
  const { simulator, endpoint } = await openSimulatedWorld({ timing: { acceptDeadlineMs: 30 } });
  await simulator.startCall({ customer: ANA });
  const end = await endpoint.next(isEvent('terminate'));
  expect(end.calls?.[0]).toMatchObject({ status: 'COMPLETED', direction: 'USER_INITIATED' });
  expect(end.calls?.[0]).not.toHaveProperty('start_time');
  expect(end).not.toHaveProperty('errors');
});

test('an accepted call without media fails with 138021', async () => {
  const world = await openSimulatedWorld({ timing: { noMediaAtStartMs: 40 } });
  const { callId, sdp } = await ringing(world);
  await world.graph.accept(
    callId,
    sdp
      .replace(/a=ice-pwd:.*/, `a=ice-pwd:${'x'.repeat(24)}`)
      .replace(/a=ice-ufrag:.*/, 'a=ice-ufrag:none'),
  );
  const end = await world.endpoint.next(isEvent('terminate'));
  expect(end.calls?.[0]).toMatchObject({ status: 'FAILED', start_time: expect.any(String) });
  expect(end.errors).toMatchObject([{ code: 138021, error_data: { details: expect.any(String) } }]);
  expect(world.simulator.report(callId)?.end).toEqual({ by: 'network', reason: 'no-media' });
});

test('a call that falls silent in the middle fails, RTCP included', async () => {
  const world = await openSimulatedWorld({
    timing: { noMediaAtStartMs: 1000, noMediaMidCallMs: 100 },
  });
  const { callId, peer, sdp } = await ringing(world);
  await world.graph.accept(callId, sdp);
  await peer.connected();
  peer.speak(600);
  await world.simulator.waitFor(
    () => world.simulator.report(callId)?.media.acceptToAudioMs !== null,
  );
  await peer.close();
  const end = await world.endpoint.next(isEvent('terminate'));
  expect(end.errors).toMatchObject([{ code: 138021 }]);
});

test('reject ends the call and sends terminate', async () => {
  const world = await openSimulatedWorld();
  const { callId } = await ringing(world);
  expect(await world.graph.reject(callId)).toMatchObject({ status: 200, body: { success: true } });
  const end = await world.endpoint.next(isEvent('terminate'));
  expect(end.calls?.[0]).not.toHaveProperty('start_time');
  expect(world.simulator.report(callId)).toMatchObject({
    end: { by: 'business', reason: 'rejected' },
  });
});

test('a caller gives up early, hangs up late, and types', async () => {
  const world = await openSimulatedWorld();
  const early = await world.simulator.startCall({ customer: ANA, ringForMs: 10 });
  await world.endpoint.next(isEvent('terminate'));
  expect(world.simulator.report(early.callId)?.end).toEqual({ by: 'customer', reason: 'hung-up' });

  const { callId, peer, sdp } = await ringing(world, {
    kind: 'dtmf',
    digits: [
      { digit: '4', atMs: 0 },
      { digit: '#', atMs: 200 },
    ],
    hangUpAfterMs: 900,
  });
  await world.graph.accept(callId, sdp);
  await world.simulator.waitFor(() => world.simulator.report(callId)?.phase === 'ended');
  expect(peer.listener.digits).toBe('4#');
  expect(world.simulator.report(callId)).toMatchObject({ durationSeconds: 1 });
});

test('an echoing customer sends back what it hears', async () => {
  const world = await openSimulatedWorld();
  const { callId, peer, sdp } = await ringing(world, { kind: 'echo' });
  await world.graph.accept(callId, sdp);
  await peer.connected();
  peer.speak(650);
  await world.simulator.waitFor(
    () => (world.simulator.report(callId)?.media.packetsSent ?? 0) > 50,
  );
  expect(peer.heard().hz).toBeCloseTo(650, -0.5);
});

test('a second SSRC is a violation', async () => {
  const world = await openSimulatedWorld();
  const { callId, peer, sdp } = await ringing(world);
  await world.graph.accept(callId, sdp);
  await peer.connected();
  peer.speak(600);
  await world.simulator.waitFor(() => world.simulator.report(callId)?.media.ssrcs.length === 1);
  peer.changeSsrc();
  const report = await world.simulator.waitFor(() => {
    const now = world.simulator.report(callId);
    return now?.violations.length === 1 && now;
  });
  expect(report.violations).toMatchObject([{ kind: 'several-ssrcs' }]);
});

test('a business calls somebody known by user id only', async () => {
  const bsuid = 'US.13491208655302741918';
  const { graph, endpoint } = await openSimulatedWorld({
    customers: [{ bsuid, permission: 'permanent' }],
  });
  const sdp = await openPeer().offer();
  const session = { sdp_type: 'offer', sdp };
  await graph.call({ action: 'connect', recipient: bsuid, session });
  const { calls, contacts } = await endpoint.next(isEvent('connect'));
  expect(calls?.[0]).toMatchObject({ to_user_id: bsuid, from: '16315553601' });
  expect(calls?.[0]).not.toHaveProperty('to');
  expect(contacts?.[0]).not.toHaveProperty('wa_id');
});

test('a DTLS certificate that is not the announced one fails the call', async () => {
  const world = await openSimulatedWorld();
  const { callId, peer, sdp } = await ringing(world);
  const other = 'AB:'.repeat(31) + 'CD';
  await world.graph.accept(callId, sdp.replace(/(a=fingerprint:sha-256 ).*/, `$1${other}`));
  const end = await world.endpoint.next(isEvent('terminate'));
  expect(end.errors).toMatchObject([{ code: 138007 }]);
  await peer.close();
});

test('a username hides the number: no from, no wa_id', async () => {
  const { simulator, endpoint } = await openSimulatedWorld();
  const customer = { bsuid: 'US.13491208655302741918', name: 'Bo', username: 'bo' };
  await simulator.startCall({ customer, ctaPayload: 'order-991', deeplinkPayload: 'spring' });
  const { calls, contacts } = await endpoint.next(isEvent('connect'));
  expect(calls?.[0]).toMatchObject({
    from_user_id: customer.bsuid,
    cta_payload: 'order-991',
    deeplink_payload: 'spring',
  });
  expect(calls?.[0]).not.toHaveProperty('from');
  expect(contacts?.[0]).toEqual({
    profile: { name: 'Bo', username: 'bo' },
    user_id: customer.bsuid,
  });
});
