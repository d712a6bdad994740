/** A link that calls our number from a phone; `payload` comes back with the call (Meta). */
export function callLink(number: string, payload: string): string {
  const link = `https://wa.me/call/${number.replace(/\D/g, '')}`;
  return payload === '' ? link : `${link}?biz_payload=${encodeURIComponent(payload)}`;
}
