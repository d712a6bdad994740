/**
 * Meta has been seen to answer outbound calls with `a=setup:actpass`, which RFC 8842 forbids in an
 * answer and browsers reject. `active` and `passive` stay; only `actpass` is rewritten
 * (docs/providers/meta.md#media).
 *
 * The right value is unsettled. The default is `active`, Meta as DTLS client, as in Meta's own
 * sample answer of this flow and in the closest production code. Other products write `passive`,
 * and Meta's general advice is that the business starts DTLS, so it is an account setting.
 */
export function legalAnswer(sdp: string, actpassMeans: 'active' | 'passive' = 'active'): string {
  return sdp.replace(/^a=setup:[ \t]*actpass(?=[ \t]*\r?$)/gim, `a=setup:${actpassMeans}`);
}
