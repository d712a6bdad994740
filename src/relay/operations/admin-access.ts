import type { IncomingHttpHeaders } from 'node:http';
import type { RelayConfig } from '../config/schema.ts';
import { sameText } from '../http/constant-time.ts';

/** What an admin may see: everything, or one workspace. */
export type AdminScope = { kind: 'all' } | { kind: 'workspace'; id: string };

/** Whether the config has any admin token. */
export const hasAdmins = ({ adminToken, workspaces }: RelayConfig): boolean =>
  adminToken !== undefined || workspaces.some((one) => one.adminToken !== undefined);

/**
 * The scope of a request's admin token: after `Bearer`, or, so that a browser can ask for it, as
 * the password after `Basic` (RFC 7617) with any username.
 *
 * @returns undefined for an unknown token
 */
export function adminScope(
  { adminToken, workspaces }: RelayConfig,
  { authorization = '' }: IncomingHttpHeaders,
): AdminScope | undefined {
  const token = tokenOf(authorization);
  if (token === undefined) return undefined;
  const known: (readonly [AdminScope, string | undefined])[] = [
    [{ kind: 'all' }, adminToken],
    ...workspaces.map((one) => [{ kind: 'workspace', id: one.id }, one.adminToken] as const),
  ];
  // All tokens are compared, so that timing reveals nothing.
  const found = known.filter(([, own]) => own !== undefined && sameText(own, token));
  return found[0]?.[0];
}

function tokenOf(authorization: string): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer;
  const basic = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  if (basic === undefined) return undefined;
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : undefined;
}
