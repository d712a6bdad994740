/** How a provider signs its webhooks: HMAC-SHA256 over the raw body, in hex. */
export interface WebhookSignature {
  /** Lower case, as in Node's HTTP server. */
  header: string;
  /** Older names of the header. */
  aliases: readonly string[];
}
