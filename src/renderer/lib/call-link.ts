/** A link that opens a call to us on a phone; `payload` comes back with the call (Meta, call buttons and deep links). */
export function callLink(number: string, payload: string): string {
  const link = `https://wa.me/call/${number.replace(/\D/g, '')}`;
  return payload === '' ? link : `${link}?biz_payload=${encodeURIComponent(payload)}`;
}
