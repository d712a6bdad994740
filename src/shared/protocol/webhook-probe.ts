/**
 * A console asks for this at the address to which a provider sends a number's webhooks, with 32 hex
 * digits. Only its own relay can answer, because nobody else knows its log's epoch: with the SHA-256 of
 * {@link probeText} in hex.
 */
export const WEBHOOK_PROBE = 'ringdesk-probe';

export const probeText = (epoch: string, question: string): string => `${epoch}/${question}`;
