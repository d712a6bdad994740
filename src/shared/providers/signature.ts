/** How a provider signs its webhooks: HMAC-SHA256 over the raw body, in hex. */
export interface WebhookSignature {
  /** Lower case, as in Node's HTTP server. */
  header: string;
  /** Older names of the header. */
  aliases: readonly string[];
}

/**
 * The 32 bytes claimed in a signature header as 64 lower-case hex digits; undefined if it claims
 * none.
 */
export function claimedDigest(header: string): string | undefined {
  return /^(?:sha256=)?([0-9a-f]{64})$/.exec(header.trim().toLowerCase())?.[1];
}
