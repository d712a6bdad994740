import { z } from 'zod';

/** The URL of a call's file, valid for 5 minutes (docs/providers/meta.md#recording). */
export const mediaAnswer = z.object({ url: z.string().regex(/^https?:\/\/\S+$/) });

const META_HOSTS = /(?:^|\.)(?:facebook\.com|fbsbx\.com|fbcdn\.net|whatsapp\.net|whatsapp\.com)$/;

/** Scheme and host with port of a URL. No other part may pose as the host. */
function originOf(url: string): { scheme: string; host: string } | undefined {
  const found = /^(https?):\/\/([a-z\d.-]+(?::\d+)?)(?:[/?#]|$)/i.exec(url);
  const [, scheme, host] = found ?? [];
  return scheme === undefined || host === undefined
    ? undefined
    : { scheme: scheme.toLowerCase(), host: host.toLowerCase() };
}

/** The host a URL appears to name. */
export function hostOf(url: string): string {
  return originOf(url)?.host ?? 'an unreadable address';
}

/**
 * Whether the account's token may be sent to a file's URL: only to Meta's own hosts or the API's
 * own host.
 */
export function mayHaveToken(url: string, apiBase: string): boolean {
  const at = originOf(url);
  if (at === undefined) return false;
  const api = originOf(apiBase);
  if (at.host === api?.host && at.scheme === api.scheme) return true;
  return at.scheme === 'https' && META_HOSTS.test(at.host);
}
