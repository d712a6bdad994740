import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Clock } from '../../../src/shared/lib/clock.ts';
import { parseConfig } from '../../../src/relay/config/load.ts';
import type { RelayConfig } from '../../../src/relay/config/schema.ts';
import { createLog } from '../../../src/relay/log.ts';
import { createRelay, type Relay } from '../../../src/relay/app.ts';

export const APP_SECRET = 'the-app-secret';
export const VERIFY_TOKEN = 'the-verify-token';
export const NUMBER_ID = '105615555715855';
export const ACCOUNT = 'main';

/** Webhooks are sent again for more than a minute: until a relay that was killed is back, also on a busy machine. */
export const PATIENT_WEBHOOKS = { webhookRetryMs: 20, webhookAttempts: 12 };

/** The number, as a simulator is configured with it. */
export const SIMULATED_NUMBER = {
  id: ACCOUNT,
  provider: 'meta',
  phoneNumberId: NUMBER_ID,
  wabaId: '1',
  displayPhoneNumber: '15551112222',
  accessToken: 'token',
  appSecret: APP_SECRET,
  verifyToken: VERIFY_TOKEN,
} as const;

/** A new folder, removed by `remove`. */
export function temporaryFolder(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(path.join(tmpdir(), 'ringdesk-relay-'));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

export function relayConfig(dataDir: string, more: Record<string, unknown> = {}): RelayConfig {
  return parseConfig(plainConfig(dataDir, more), dataDir);
}

export function plainConfig(
  dataDir: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    version: 1,
    listen: { host: '127.0.0.1', port: 0 },
    dataDir,
    accounts: [
      {
        id: ACCOUNT,
        provider: 'meta',
        phoneNumberId: NUMBER_ID,
        appSecret: APP_SECRET,
        verifyToken: VERIFY_TOKEN,
      },
    ],
    ...more,
  };
}

export interface TestRelay extends Relay {
  /** Every log line so far, parsed. */
  lines: { event: string; [key: string]: unknown }[];
  /** Calls `listener` now and after every further line; the returned function stops. */
  onLine: (listener: () => void) => () => void;
}

export async function startRelay(config: RelayConfig, clock?: Clock): Promise<TestRelay> {
  const lines: TestRelay['lines'] = [];
  const listeners = new Set<() => void>();
  const log = createLog((line) => {
    lines.push(JSON.parse(line));
    for (const listener of listeners) listener();
  });
  const relay = await createRelay(config, { log, clock });
  const onLine = (listener: () => void) => {
    listeners.add(listener);
    queueMicrotask(listener);
    return () => listeners.delete(listener);
  };
  return { ...relay, lines, onLine };
}

export const sign = (body: string | Buffer, secret = APP_SECRET) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** Posts a body as Meta would; `signature: null` omits the header. */
export async function postRaw(
  url: string,
  body: string | Buffer,
  {
    account = ACCOUNT,
    signature = sign(body),
  }: { account?: string; signature?: string | null } = {},
): Promise<{ status: number; json: unknown }> {
  const response = await fetch(`${url}/webhooks/meta/${account}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(signature !== null && { 'x-hub-signature-256': signature }),
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, json: await response.json() };
}

/** Posts a body, signed. */
export const post = (url: string, body: unknown) => postRaw(url, JSON.stringify(body));

/** A change's value in Meta's envelope. */
export function envelope(
  value: Record<string, unknown>,
  { field = 'calls', numberId = NUMBER_ID } = {},
): Record<string, unknown> {
  const metadata = { display_phone_number: '15551112222', phone_number_id: numberId };
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: 'waba',
        changes: [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }],
      },
    ],
  };
}

const seconds = (ms: number) => String(Math.floor(ms / 1000));

export const offer = (id: string, at = Date.now(), more: Record<string, unknown> = {}) =>
  envelope({
    contacts: [{ profile: { name: 'Bia' }, wa_id: '5511999991234' }],
    calls: [
      {
        id,
        from: '5511999991234',
        to: '15551112222',
        event: 'connect',
        timestamp: seconds(at),
        direction: 'USER_INITIATED',
        session: { sdp_type: 'offer', sdp: 'v=0\r\na=setup:actpass\r\n' },
        ...more,
      },
    ],
  });

export const terminate = (id: string, at = Date.now(), more: Record<string, unknown> = {}) =>
  envelope({
    calls: [
      {
        id,
        from: '5511999991234',
        to: '15551112222',
        event: 'terminate',
        timestamp: seconds(at),
        direction: 'USER_INITIATED',
        status: 'COMPLETED',
        ...more,
      },
    ],
  });
