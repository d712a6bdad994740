import { t } from '../../shared/i18n/i18n.ts';
/** What a request asks for. */
export interface Target {
  /** Without redundant slashes: those at the end, and all but one where there are several. */
  path: string;
  query: URLSearchParams;
}

/** Longer ones are no address of ours, in characters: an account id and a secret have 64 and 128 at most. */
const LONGEST_TARGET = 4_096;

/**
 * Reads a request's target (RFC 9112, 3.2). Only the usual form is served, a path with perhaps a query: `*`, another
 * server's address and what is no address at all are refused.
 */
export function readTarget(
  target: string | undefined,
): Target | { status: 400 | 414; code: string; message: string } {
  if (target === undefined || !target.startsWith('/')) {
    return { status: 400, code: 'target', message: t('relay.notAPath') };
  }
  if (target.length > LONGEST_TARGET) {
    return {
      status: 414,
      code: 'target-too-long',
      message: t('relay.addressTooLong'),
    };
  }
  const [address = '', ...query] = target.split('?');
  const path = `/${address.split('/').filter(Boolean).join('/')}`;
  return { path, query: new URLSearchParams(query.join('?')) };
}

/** Words of our own addresses, which are no secrets. */
const OURS = new Set([
  'webhooks',
  'healthz',
  'readyz',
  'metrics',
  'admin',
  'v1',
  'agents',
  'streams',
  'agent',
  'zernio',
  'meta',
]);
/** A part that is as short as this is no secret: ours have 16 characters and more. */
const SHORT = /^[\w.~-]{1,12}$/;

/** An address for the log: a part that may be a secret is not repeated. */
export function describePath(path: string, known: ReadonlySet<string>): string {
  const parts = path.split('/').slice(1);
  const shown = parts
    .slice(0, 6)
    .map((part) => (OURS.has(part) || known.has(part) || SHORT.test(part) ? part : '…'));
  return `/${shown.join('/')}${parts.length > 6 ? '/…' : ''}`;
}
