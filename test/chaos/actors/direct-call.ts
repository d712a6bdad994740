import { z } from 'zod';
import { accessTokenOf, type BusinessNumber } from '../fleet.ts';

/** An SDP that carries no audio; the provider only checks its form. */
const sdpWith = (setup: 'active' | 'actpass') =>
  [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP4 0.0.0.0',
    'a=ice-ufrag:abcd',
    'a=ice-pwd:abcdefghijklmnopqrstuvwx',
    `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}`,
    `a=setup:${setup}`,
    'a=mid:audio',
    'a=sendrecv',
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    '',
  ].join('\r\n');

const PATIENCE_MS = 5_000;

/**
 * Asks the provider to accept or end a call whose audio goes to the agent's machine.
 *
 * @returns whether the provider confirmed it
 */
export async function askProvider(
  base: string,
  number: BusinessNumber,
  providerCallId: string,
  action: 'accept' | 'terminate',
  agent: string,
): Promise<boolean> {
  const session = { sdp_type: 'answer', sdp: sdpWith('active') };
  const more = action === 'accept' ? { session, biz_opaque_callback_data: agent } : {};
  const answer = await ask(base, number, { action, call_id: providerCallId, ...more });
  return answer !== undefined;
}

/**
 * Places a call whose audio goes to the agent's machine.
 *
 * @returns the provider's id of the call; undefined if it refused
 */
export async function placeAtProvider(
  base: string,
  number: BusinessNumber,
  to: string,
): Promise<string | undefined> {
  const session = { sdp_type: 'offer', sdp: sdpWith('actpass') };
  const answer = await ask(base, number, { action: 'connect', to, session });
  return placed.safeParse(answer).data?.calls[0]?.id;
}

const placed = z.object({ calls: z.array(z.object({ id: z.string() })) });

/** The answer to a request; undefined if it failed. */
async function ask(base: string, number: BusinessNumber, wanted: object): Promise<unknown> {
  const isMeta = number.provider === 'meta';
  const path = isMeta ? `/v26.0/${number.numberId}/calls` : '/calling/calls';
  const token = accessTokenOf(number);
  try {
    const response = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(isMeta ? { authorization: `Bearer ${token}` } : { 'D360-API-KEY': token }),
      },
      body: JSON.stringify({ messaging_product: 'whatsapp', ...wanted }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer: unknown = await response.json();
    return response.ok ? answer : undefined;
  } catch {
    return undefined;
  }
}
