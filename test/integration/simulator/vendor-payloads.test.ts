import { expect, test } from 'vitest';
import { structuralDifferences } from '../../helpers/structure.ts';
import { vendorFile, type VendorFolder } from '../../helpers/vendor.ts';
import { named, openReseller } from './resellers.ts';
import { ANA, openPeer, openSimulatedWorld } from './simulated-world.ts';

const TO = `+${ANA.waId}`;
const account = { accountId: 'acc_1' };

/** How the simulator's payload differs from the vendor's documentation. */
function differences(made: unknown, folder: VendorFolder, name: string): string[] {
  const { mark, optional, body } = vendorFile(folder, name);
  return mark === 'documented'
    ? structuralDifferences(made, body, optional)
    : [`${name} is not documented but ${mark}`];
}

test('Zernio’s configuration, dial, webhooks, record, list and recording match its documentation', async () => {
  const { ask, inbox } = await openReseller('zernio');
  expect(
    differences(
      (await ask('GET', '/calling?accountId=acc_1')).body,
      'zernio-answers',
      'configuration',
    ),
  ).toEqual([]);
  expect(
    differences(
      (await ask('GET', '/calls/estimate?accountId=acc_1&to=%2B5511')).body,
      'zernio-answers',
      'estimate',
    ),
  ).toEqual([]);
  const dialled = await ask('POST', '/calls', { ...account, to: TO, recordOverride: true });
  expect(differences(dialled.body, 'zernio-answers', 'dial')).toEqual([]);
  expect(
    differences((await inbox.next(named('call.received'))).body, 'zernio', 'received'),
  ).toEqual([]);
});

test('Zernio’s ended and listed calls match its documentation', async () => {
  const { ask, inbox, simulator } = await openReseller('zernio', {}, { recordingEnabled: true });
  const { callId } = await simulator.startCall({ customer: ANA, hangUpAfterMs: 1100 });
  expect(differences((await inbox.next(named('call.ended'))).body, 'zernio', 'ended')).toEqual([]);
  expect(
    differences((await ask('GET', '/calls?accountId=acc_1')).body, 'zernio-answers', 'list'),
  ).toEqual([]);
  const recording = await ask('GET', `/calls/${callId}/recording?accountId=acc_1&as=json`);
  expect(differences(recording.body, 'zernio-answers', 'recording')).toEqual([]);
});

test('Zernio’s reply to a permission request matches its documentation', async () => {
  const customers = [{ ...ANA, permission: 'none' as const }];
  const { ask, inbox } = await openReseller('zernio', { customers });
  const action = 'send_call_permission_request';
  await ask('POST', '/calls', { ...account, to: TO, action });
  const reply = await inbox.next(named('call.permission_request'));
  expect(differences(reply.body, 'zernio', 'permission')).toEqual([]);
});

test('Pilot Status’ dial, accept and realtime session match its documentation', async () => {
  const { ask, inbox, simulator } = await openReseller('pilot-web');
  const dialled = await ask('POST', '', { to: TO });
  expect(differences(dialled.body, 'pilot-status-answers', 'dial')).toEqual([]);
  await inbox.next(named('call.connected'));
  const path = `/${String(dialled.body['id'])}`;
  const session = await ask('POST', `${path}/realtime-session`, { mode: 'talk' });
  expect(differences(session.body, 'pilot-status-answers', 'realtime-session')).toEqual([]);
  await ask('POST', `${path}/terminate`);
  const { callId } = await simulator.startCall({ customer: ANA });
  expect(
    differences((await ask('POST', `/${callId}/accept`)).body, 'pilot-status-answers', 'accept'),
  ).toEqual([]);
});

test('360dialog’s answer to connect and its text errors match its documentation', async () => {
  const { ask } = await openReseller('d360');
  const session = { sdp_type: 'offer', sdp: await openPeer().offer() };
  const body = { messaging_product: 'whatsapp', to: ANA.waId, action: 'connect', session };
  const placed = await ask('POST', '/calling/calls', body);
  expect(differences(placed.body, 'd360-answers', 'connect')).toEqual([]);
  const twice = await ask('POST', '/calling/calls', body);
  expect(differences(twice.body, 'd360-answers', 'error')).toEqual([]);
});

test('Meta’s answers to connect, to other actions and to a message match its documentation', async () => {
  const customers = [{ ...ANA, permission: 'temporary' as const }];
  const meta = await openSimulatedWorld({ customers });
  const offer = await openPeer().offer();
  const placed = await meta.graph.connect(ANA.waId, offer);
  expect(differences(placed.body, 'meta-answers', 'connect')).toEqual([]);
  const ended = await meta.graph.terminate(placed.body.calls?.[0]?.id ?? '');
  expect(differences(ended.body, 'meta-answers', 'action')).toEqual([]);
  const asked = await meta.graph.requestPermission(ANA.waId);
  expect(differences(asked.body, 'meta-answers', 'message')).toEqual([]);
});
