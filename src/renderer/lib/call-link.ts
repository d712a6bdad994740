/** A link that calls our number from a phone; the call's webhook repeats `payload` (Meta). */
export function callLink(number: string, payload: string): string {
  const link = `https://wa.me/call/${number.replace(/\D/g, '')}`;
  return payload === '' ? link : `${link}?biz_payload=${encodeURIComponent(payload)}`;
}
