import { boundedText } from '../lib/bounded-text.ts';
import type { Fetch } from '../providers/client.ts';

/** How long the relay may take to answer at the address of a webhook, in ms. */
const WITHIN_MS = 8_000;
/** A proof is 64 letters; whatever else answers there may send a page, in bytes. */
const LARGEST_PROOF = 1_024;

/**
 * A console, or `relay doctor`, asks for this at the address to which a provider sends a number's webhooks, with 32 hex
 * digits. Only its own relay can answer, because nobody else knows its log's epoch: with the SHA-256 of
 * {@link probeText} in hex.
 */
export const WEBHOOK_PROBE = 'ringdesk-probe';

export const probeText = (epoch: string, question: string): string => `${epoch}/${question}`;

/** How the asker recognises its relay. */
interface Probe {
  /** Of the relay's log. */
  epoch: string;
  /** 32 random hex digits. */
  question: string;
  /** SHA-256, in hex. */
  hash: (text: string) => string;
  fetch: Fetch;
}

/**
 * Asks for a proof of the relay at the address that a provider has, as the provider's webhooks come: from outside.
 *
 * @returns who answers there; undefined if nothing could be reached
 */
export async function probeAddress(
  address: string,
  { epoch, question, hash, fetch }: Probe,
): Promise<'relay' | 'other' | undefined> {
  const asked = `${address}${address.includes('?') ? '&' : '?'}${WEBHOOK_PROBE}=${question}`;
  try {
    const response = await fetch(asked, {
      method: 'GET',
      headers: {},
      redirect: 'error',
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    const answer = await boundedText(response.body, LARGEST_PROOF);
    return answer?.trim() === hash(probeText(epoch, question)) ? 'relay' : 'other';
  } catch {
    return undefined;
  }
}
