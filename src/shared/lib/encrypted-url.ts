/** Names of this machine that cannot mean another one. */
export function isLoopback(host: string): boolean {
  return /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?::1\]?|localhost)$/i.test(host);
}

const ENCRYPTED = { http: 'https:', ws: 'wss:' } as const;
const CLEAR = { http: 'http:', ws: 'ws:' } as const;

/**
 * Why a token must not be sent to a URL; undefined if it may. Only encrypted URLs and this machine
 * are allowed: a private network is shared with everybody on it.
 *
 * @param kind `ws` for WebSocket URLs
 * @returns the rest of a sentence that begins with the URL
 */
export function addressProblem(text: string, kind: 'http' | 'ws'): string | undefined {
  const wanted = `${ENCRYPTED[kind]}//`;
  if (/\s/.test(text) || !URL.canParse(text)) {
    return `is not an address; it should look like ${wanted}example.com`;
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    return 'must not hold a name or password; they would end up in logs';
  }
  if (url.hostname === '') return `is not an address; it should look like ${wanted}example.com`;
  if (url.protocol === ENCRYPTED[kind]) return undefined;
  if (url.protocol !== CLEAR[kind]) return `must start with ${wanted}`;
  if (isLoopback(url.hostname)) return undefined;
  return `would send tokens in clear over the network; use ${wanted} (${CLEAR[kind]}// is accepted only for this computer)`;
}
