/** How a provider proves that a webhook is its own: HMAC-SHA256 over the body as it arrived, in hex. */
export interface WebhookSignature {
  /** Lower case, as Node's HTTP server gives it. */
  header: string;
  /** Older names of the same header. */
  aliases: readonly string[];
}

/** The 32 bytes that a signature header claims, as 64 lower-case hex digits; undefined if it is no such header. */
export function claimedDigest(header: string): string | undefined {
  return /^(?:sha256=)?([0-9a-f]{64})$/.exec(header.trim().toLowerCase())?.[1];
}
