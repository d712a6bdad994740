import { z } from 'zod';

const size = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

/** The URL of a file, valid for 5 minutes (docs/providers/meta.md#recording, #files). */
export const mediaAnswer = z
  .object({
    url: z.string().regex(/^https?:\/\/\S+$/),
    file_size: size.optional().catch(undefined),
  })
  .transform(({ url, file_size: bytes }) => ({ url, bytes }));

export type MediaFile = z.infer<typeof mediaAnswer>;

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

/** The same file at another host: resellers pass files on (docs/providers/d360.md#files). */
export function movedTo(base: string, url: string): string {
  return base.replace(/\/+$/, '') + url.replace(/^https?:\/\/[^/?#]*/i, '');
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
