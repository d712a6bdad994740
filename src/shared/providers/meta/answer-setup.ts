/**
 * Meta's answers to calls we place have been seen with `a=setup:actpass`, which RFC 8842 forbids in
 * an answer and browsers refuse. `active` and `passive` are kept as they come; only `actpass` is
 * rewritten (docs/providers/meta.md#media).
 *
 * To what is not settled. The default is `active`, Meta as the DTLS client: Meta's own sample
 * answer of this very flow says so, and so does the rewriting of the production code nearest to
 * ours. Other products write `passive`, and Meta's general advice is that the business starts DTLS;
 * hence it is a setting of the account.
 */
export function legalAnswer(sdp: string, actpassMeans: 'active' | 'passive' = 'active'): string {
  return sdp.replace(/^a=setup:actpass(?=[ \t]*\r?$)/gm, `a=setup:${actpassMeans}`);
}
