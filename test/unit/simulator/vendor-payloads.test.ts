import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { newCall, type Call } from '../../../src/simulator/calls/call.ts';
import type { Message } from '../../../src/simulator/customers/chat-service.ts';
import { type FileType, madeFile } from '../../../src/simulator/customers/sample-files.ts';
import { Directory } from '../../../src/simulator/customers/directory.ts';
import type { PermissionChange } from '../../../src/simulator/customers/permission-service.ts';
import { newRecord, type Grant } from '../../../src/simulator/customers/permission-rules.ts';
import type { HttpReply } from '../../../src/simulator/http/server.ts';
import { graphError } from '../../../src/simulator/meta/errors.ts';
import * as metaAccount from '../../../src/simulator/meta/account-payloads.ts';
import * as metaCalls from '../../../src/simulator/meta/call-payloads.ts';
import { envelope } from '../../../src/simulator/meta/envelope.ts';
import * as metaMessages from '../../../src/simulator/meta/message-payloads.ts';
import { mediaReply } from '../../../src/simulator/meta/files.ts';
import { permissionState } from '../../../src/simulator/meta/permission-state.ts';
import { PcmSession } from '../../../src/simulator/pcm/session.ts';
import { PilotCalls } from '../../../src/simulator/pilot/calls.ts';
import { notSupported } from '../../../src/simulator/pilot/errors.ts';
import { messageReceived } from '../../../src/simulator/pilot/payloads.ts';
import { plainError, tooOften, zernioError } from '../../../src/simulator/zernio/errors.ts';
import { structuralDifferences } from '../../helpers/structure.ts';
import { vendorFile, type VendorFolder } from '../../helpers/vendor.ts';

const T0 = Date.UTC(2026, 10, 28, 12);
const number = {
  id: 'shop',
  provider: 'meta',
  phoneNumberId: '105615555715855',
  wabaId: '102290129340398',
  displayPhoneNumber: '+1 555-111-2222',
  accessToken: 'token',
  appSecret: 'secret',
  verifyToken: 'verify',
  messagingLimit: 2000,
} as const;
const carlos = { waId: '16505551234', name: 'Carlos', username: 'carlos', undeliverable: 131026 };
const directory = new Directory([carlos]);
const ana = directory.findOrAdd({ waId: '16315553602', name: 'Ana', username: 'ana' });
const bia = directory.findOrAdd({ waId: '16501230000', name: 'Bia' });
const media = new PcmSession({
  format: { sampleRate: 16_000, frameMs: 20 },
  voice: { kind: 'silent' },
  speechFile: '',
});

const userCall = (more: Partial<Call> = {}): Call =>
  newCall({
    id: 'wacid.uic',
    accountId: 'shop',
    direction: 'user-initiated',
    customer: ana,
    createdAt: T0,
    phase: 'offered',
    media,
    offerSdp: 'v=0\r\n',
    ...more,
  });
const businessCall = (more: Partial<Call> = {}): Call =>
  userCall({
    id: 'wacid.bic',
    direction: 'business-initiated',
    customer: bia,
    answerSdp: 'v=0\r\n',
    callbackData: 'ringdesk:out/1',
    ...more,
  });
const talked = { startedAt: T0 + 5000, endedAt: T0 + 125_000 };
const permission = (more: Partial<PermissionChange> = {}): PermissionChange => ({
  accountId: 'shop',
  customer: ana,
  response: 'accept',
  permanent: false,
  expiresAt: undefined,
  source: 'user_action',
  context: undefined,
  ...more,
});
const written: Message = {
  id: 'wamid.m-12345678',
  accountId: 'shop',
  customer: ana,
  from: 'customer',
  at: T0,
  type: 'text',
  text: 'Where is my order?',
  payload: undefined,
  status: undefined,
};
/** A message with a file of that type. */
const sending = (type: FileType, text?: string): Message => {
  const name = type === 'document' ? 'invoice.pdf' : undefined;
  return { ...written, type, text, file: madeFile({ type, name, base64: 'AAAA' }, '') };
};
const file = { id: '1', type: 'audio/ogg; codecs=opus', sha256: 'x', url: 'https://example.com' };

const on = (field: string, value: Record<string, unknown>) => envelope(number, field, value, T0);
const calls = (value: Record<string, unknown>) => on('calls', value);
const messages = (value: Record<string, unknown>) => on('messages', value);
const bodyOf = (reply: HttpReply): unknown => (reply.kind === 'json' ? reply.body : undefined);
const mayCall = (grant: Grant) => permissionState(newRecord(grant), T0, true);
const pilot = new PilotCalls();

const made: readonly [folder: VendorFolder, name: string, body: unknown][] = [
  [
    'meta',
    'connect-user',
    calls(metaCalls.connect(number, userCall({ ctaPayload: 'order-991' }), T0)),
  ],
  ['meta', 'connect-business', calls(metaCalls.connect(number, businessCall(), T0))],
  ['meta', 'status-ringing', calls(metaCalls.status(number, businessCall(), 'RINGING', T0))],
  ['meta', 'status-accepted', calls(metaCalls.status(number, businessCall(), 'ACCEPTED', T0))],
  ['meta', 'status-rejected', calls(metaCalls.status(number, businessCall(), 'REJECTED', T0))],
  ['meta', 'terminate-user', calls(metaCalls.terminate(number, userCall(talked), T0))],
  ['meta', 'terminate-unanswered', calls(metaCalls.terminate(number, businessCall(), T0))],
  [
    'meta',
    'terminate-failed',
    calls(
      metaCalls.terminate(
        number,
        userCall({ ...talked, end: { by: 'network', reason: 'no-media' } }),
        T0,
      ),
    ),
  ],
  [
    'meta',
    'permission-temporary',
    messages(
      metaMessages.permissionReply(
        number,
        permission({ expiresAt: T0 + 1e6, context: 'wamid.0' }),
        'wamid.p',
        T0,
      ),
    ),
  ],
  [
    'meta',
    'permission-permanent',
    messages(
      metaMessages.permissionReply(
        number,
        permission({ permanent: true, context: 'wamid.0' }),
        'wamid.p',
        T0,
      ),
    ),
  ],
  [
    'meta',
    'permission-declined',
    messages(
      metaMessages.permissionReply(
        number,
        permission({ response: 'reject', context: 'wamid.0' }),
        'wamid.p',
        T0,
      ),
    ),
  ],
  [
    'meta',
    'permission-revoked',
    messages(
      metaMessages.permissionReply(
        number,
        permission({ response: 'reject', source: 'automatic' }),
        'wamid.p',
        T0,
      ),
    ),
  ],
  [
    'meta',
    'settings',
    on(
      'account_settings_update',
      metaAccount.settingsUpdate(
        number,
        { status: 'ENABLED', call_icon_visibility: 'DEFAULT' },
        T0,
      ),
    ),
  ],
  ['meta', 'message-text', messages(metaMessages.message(number, written))],
  [
    'meta',
    'message-reply',
    messages(metaMessages.message(number, { ...written, replyTo: 'wamid.before' })),
  ],
  ['meta', 'message-image', messages(metaMessages.message(number, sending('image', 'Like this')))],
  ['meta', 'message-audio', messages(metaMessages.message(number, sending('audio')))],
  ['meta', 'message-sticker', messages(metaMessages.message(number, sending('sticker')))],
  [
    'meta',
    'message-document',
    messages(metaMessages.message(number, sending('document', 'The invoice'))),
  ],
  [
    'meta',
    'message-status',
    messages(metaMessages.messageStatus(number, written, 'delivered', T0)),
  ],
  [
    'meta',
    'message-status-failed',
    messages(
      metaMessages.messageStatus(
        number,
        { ...written, customer: directory.findOrAdd({ waId: carlos.waId }) },
        'failed',
        T0,
      ),
    ),
  ],
  [
    'meta',
    'recording',
    calls(metaCalls.recordingAvailable(number, userCall(), { ...file, what: 'audio' }, T0)),
  ],
  [
    'meta',
    'transcript',
    calls(metaCalls.recordingAvailable(number, userCall(), { ...file, what: 'transcript' }, T0)),
  ],
  [
    'meta',
    'account-restriction',
    on(
      'account_update',
      metaAccount.accountUpdate(
        number,
        { what: 'restriction', type: 'R', expiresAt: T0, remediation: 'Wait' },
        T0,
      ),
    ),
  ],
  [
    'meta',
    'account-violation',
    on(
      'account_update',
      metaAccount.accountUpdate(number, { what: 'violation', type: 'V', remediation: 'Wait' }, T0),
    ),
  ],
  [
    'meta',
    'account-tier',
    on(
      'account_update',
      metaAccount.accountUpdate(
        number,
        { what: 'price-tier', tier: '1:2', month: '2026-11', region: 'Brazil' },
        T0,
      ),
    ),
  ],
  ['meta-answers', 'error', bodyOf(graphError(138006, 'Ask for one', 1))],
  [
    'meta-answers',
    'media',
    bodyOf(mediaReply('1', { type: 'image/png', content: Buffer.from('x') }, 'https://x.example')),
  ],
  ['meta-answers', 'permission-temporary', mayCall({ kind: 'temporary', expiresAt: T0 + 1e6 })],
  ['meta-answers', 'permission-none', mayCall({ kind: 'none' })],
  ['pilot-status', 'message', messageReceived(number, written)],
  ['pilot-status-answers', 'call', pilot.object(userCall(talked), true)],
  ['pilot-status-answers', 'list', { calls: [pilot.object(userCall(talked), false)] }],
  ['pilot-status-answers', 'error', bodyOf(notSupported())],
  ['zernio-answers', 'error', bodyOf(zernioError(429, 'Slow down', { code: 'rate_limited' }))],
  ['zernio-answers', 'error', bodyOf(tooOften(T0))],
  ['zernio-answers', 'error-plain', bodyOf(plainError(409, 'No permission'))],
];

describe('the simulator’s payloads', () => {
  it.each(made)('%s/%s has the documented keys and types', (folder, name, body) => {
    const { mark, optional, body: documented } = vendorFile(folder, name);
    expect(mark).toBe('documented');
    expect(structuralDifferences(body, documented, optional)).toEqual([]);
  });
});

const FOLDERS: readonly VendorFolder[] = [
  'meta',
  'meta-answers',
  'pilot-status',
  'pilot-status-answers',
  'zernio',
  'zernio-answers',
];
const simulator = path.join(import.meta.dirname, '../../../src/simulator');
const builders = readdirSync(simulator, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?:payloads|envelope|errors|records)\.ts$/.test(name))
  .flatMap((name) => {
    const text = readFileSync(path.join(simulator, name), 'utf8');
    const exported =
      /(?:^\/\*\*((?:(?!\*\/)[^])*)\*\/\n)?^export (?:function|const) (\w+)(?= ?=? ?\()([^]*?)(?:=> ?[^:]|\{\n)/gm;
    return [...text.matchAll(exported)]
      .filter(([, , , head = '']) =>
        /\): (?:Json|HttpReply|ZernioWebhook|FlatEvent|Record<string, unknown>)/.test(head),
      )
      .map(([, doc = '', builder = '']) => ({
        builder: `${name}#${builder}`,
        vendor: /@vendor ([\w/ -]+)/.exec(doc)?.[1]?.trim().split(' ') ?? [],
      }));
  });

describe('payload builders', () => {
  it('are all found', () => {
    expect(builders.length).toBeGreaterThanOrEqual(23);
  });

  it.each(builders)('$builder states how its form is known', ({ vendor: [mark, ...files] }) => {
    expect(['documented', 'third-party', 'guess']).toContain(mark);
    expect(files.length > 0).toBe(mark === 'documented');
    const marks = files.map((one) => {
      const [folder, name = ''] = one.split('/');
      const found = FOLDERS.find((known) => known === folder);
      return found && vendorFile(found, name).mark;
    });
    expect(marks.every((one) => one === 'documented')).toBe(true);
  });
});
