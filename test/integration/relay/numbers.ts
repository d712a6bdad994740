import type { LogBody } from '../../../src/shared/protocol/log-entry.ts';
import { sign } from './harness.ts';

/** One number of every kind, and the proof that its webhooks carry. */
export const SECRET = 'a-secret-in-the-address';
export const SIGNING = 'the secret of the subscription';
export const PLATFORM = 'the secret of the partner';
const OTHER = 'another-secret-of-its-own';

export const accounts = [
  {
    id: 'meta',
    provider: 'meta',
    phoneNumberId: '105615555715855',
    appSecret: SIGNING,
    verifyToken: 'v',
  },
  { id: 'dialog', provider: 'd360', webhookSecret: SECRET },
  { id: 'partner', provider: 'd360', platformSecret: PLATFORM, phoneNumberId: '105615555715855' },
  { id: 'official', provider: 'pilot-meta', webhookSecret: SECRET },
  { id: 'web', provider: 'pilot-web', webhookSecret: SECRET },
  { id: 'forwarded', provider: 'zernio', signingSecret: SIGNING, zernioAccountId: 'acc_1' },
  {
    id: 'streamed',
    provider: 'zernio',
    signingSecret: SIGNING,
    zernioAccountId: 'acc_2',
    stream: { secret: OTHER },
  },
];

/** Pilot Status's official number as a relayed one. */
export const relayed = {
  id: 'official',
  provider: 'pilot-meta',
  webhookSecret: SECRET,
  path: 'relayed',
  apiKey: 'key',
};

/** Where and how each provider posts. */
export const posts = {
  meta: { path: 'meta/meta', header: 'x-hub-signature-256', key: SIGNING },
  dialog: { path: `d360/dialog/${SECRET}` },
  partner: { path: 'd360/partner', header: 'x-360dialog-signature', key: PLATFORM },
  official: { path: `pilot-meta/official/${SECRET}` },
  web: { path: `pilot-web/web/${SECRET}` },
  forwarded: { path: 'zernio/forwarded', header: 'x-zernio-signature', key: SIGNING },
  streamed: { path: 'zernio/streamed', header: 'x-zernio-signature', key: SIGNING },
} as const;
export type NumberName = keyof typeof posts;

interface Answer {
  status: number;
  json: unknown;
}

/** Posts a raw body; `headers` are sent as given. */
export async function postTo(
  url: string,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/webhooks/${path}`, { method: 'POST', body, headers });
  return { status: response.status, json: await response.json() };
}

/** Posts a body as the number's provider would: to its address, with its signature. */
export function deliver(url: string, name: NumberName, body: unknown): Promise<Answer> {
  const text = JSON.stringify(body);
  const to = posts[name];
  if (!('header' in to)) return postTo(url, to.path, text);
  const signature = sign(text, to.key);
  // Only Meta writes the name of the hash before it.
  const bare = to.header === 'x-hub-signature-256' ? signature : signature.replace('sha256=', '');
  return postTo(url, to.path, text, { [to.header]: bare });
}

/** The entries of a log, in short. */
export const kindsOf = (bodies: readonly LogBody[]) =>
  bodies.map((body) => (body.type === 'provider' ? body.event.kind : body.type));
