/** How a provider proves that a webhook is its own. The relay does the cryptography, over the body as it arrived. */
export type WebhookSignature =
  | {
      scheme: 'hmac-sha256';
      /** Lower case, as Node's HTTP server gives it. */
      header: string;
      /** Older names of the same header. */
      aliases: readonly string[];
      over: 'raw-body';
      encoding: 'hex';
    }
  /** Nothing is documented: the relay relies on a secret in the webhook's address. */
  | { scheme: 'none' };

/** The 32 bytes that a signature header claims, as 64 lower-case hex digits; undefined if it is no such header. */
export function claimedDigest(header: string): string | undefined {
  return /^(?:sha256=)?([0-9a-f]{64})$/.exec(header.trim().toLowerCase())?.[1];
}
