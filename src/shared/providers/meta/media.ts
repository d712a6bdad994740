import { z } from 'zod';

/** Where a file of a call is, for 5 minutes (docs/providers/meta.md#recording). */
export const mediaAnswer = z.object({ url: z.string().regex(/^https?:\/\/\S+$/) });

const META_HOSTS = /(?:^|\.)(?:facebook\.com|fbsbx\.com|fbcdn\.net|whatsapp\.net|whatsapp\.com)$/;

/** An address' scheme and host with port; no part of it may pretend to be the host. */
function originOf(url: string): { scheme: string; host: string } | undefined {
  const found = /^(https?):\/\/([a-z\d.-]+(?::\d+)?)(?:[/?#]|$)/i.exec(url);
  const [, scheme, host] = found ?? [];
  return scheme === undefined || host === undefined
    ? undefined
    : { scheme: scheme.toLowerCase(), host: host.toLowerCase() };
}

/** The host for which an address is meant, as far as it can be told. */
export function hostOf(url: string): string {
  return originOf(url)?.host ?? 'an unreadable address';
}

/**
 * Whether the account's token may be sent to where a file is said to be: to Meta's own hosts, or to the host that
 * the API itself is reached at.
 */
export function mayHaveToken(url: string, apiBase: string): boolean {
  const at = originOf(url);
  if (at === undefined) return false;
  const api = originOf(apiBase);
  if (at.host === api?.host && at.scheme === api.scheme) return true;
  return at.scheme === 'https' && META_HOSTS.test(at.host);
}
