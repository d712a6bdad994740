import { accessTokenOf, type BusinessNumber } from '../fleet.ts';

/** An SDP answer that carries no audio; the provider only checks its form. */
const ANSWER = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}`,
  'a=setup:active',
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
  const isMeta = number.provider === 'meta';
  const path = isMeta ? `/v26.0/${number.numberId}/calls` : '/calling/calls';
  const token = accessTokenOf(number);
  const session = { sdp_type: 'answer', sdp: ANSWER };
  const body = {
    messaging_product: 'whatsapp',
    action,
    call_id: providerCallId,
    ...(action === 'accept' && { session, biz_opaque_callback_data: agent }),
  };
  try {
    const response = await fetch(`${base}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(isMeta ? { authorization: `Bearer ${token}` } : { 'D360-API-KEY': token }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}
