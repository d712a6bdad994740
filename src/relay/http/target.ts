import { t } from '../../shared/i18n/i18n.ts';
/** The target of a request. */
export interface Target {
  /** Without redundant slashes: trailing ones, and repeated ones. */
  path: string;
  query: URLSearchParams;
}

/**
 * Longer targets are never ours, in characters: account ids and secrets have at most 64 and 128.
 */
const LONGEST_TARGET = 4_096;

/**
 * Reads a request's target (RFC 9112, 3.2). Only a path with an optional query is served: `*`,
 * another server's address and malformed targets are refused.
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

/** Parts of our own addresses that are not secret. */
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
/** A part as short as this is not a secret: ours have at least 16 characters. */
const SHORT = /^[\w.~-]{1,12}$/;

/** An address for the log, with parts that may be secret left out. */
export function describePath(path: string, known: ReadonlySet<string>): string {
  const parts = path.split('/').slice(1);
  const shown = parts
    .slice(0, 6)
    .map((part) => (OURS.has(part) || known.has(part) || SHORT.test(part) ? part : '…'));
  return `/${shown.join('/')}${parts.length > 6 ? '/…' : ''}`;
}
