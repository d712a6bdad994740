import { t } from '../i18n/i18n.ts';
import { isLoopback } from '../lib/loopback.ts';

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
    return t('address.notAnAddress', { wanted });
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    return t('address.holdsPassword');
  }
  // A fragment goes to no server, and a WebSocket takes none.
  if (url.hostname === '' || text.includes('#')) return t('address.notAnAddress', { wanted });
  if (url.protocol === ENCRYPTED[kind]) return undefined;
  if (url.protocol !== CLEAR[kind]) return t('address.wrongScheme', { wanted });
  if (isLoopback(url.hostname)) return undefined;
  return t('address.inClear', { wanted, clear: `${CLEAR[kind]}//` });
}
