import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { APP_HOST, APP_SCHEME, type Origin } from './origin.ts';

const MIME: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Has to run before the app is ready: Chromium reads the list of schemes once. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      // `secure`: microphone and clipboard need a secure context; `stream`: sounds are played from it.
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ]);
}

/** Serves the built pages, or in development only adds our policy to what Vite serves. */
export function servePages(session: Session, root: string, origin: Origin): void {
  const headers = {
    'Content-Security-Policy': origin.contentSecurityPolicy(),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
  session.protocol.handle(APP_SCHEME, async (request) => {
    const file = fileFor(request.url, root);
    if (request.method !== 'GET' || file === undefined) return new Response(null, { status: 404 });
    try {
      const body = await readFile(file.path);
      return new Response(new Uint8Array(body), {
        headers: { ...headers, 'Content-Type': file.type },
      });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
  session.webRequest.onHeadersReceived((details, respond) => {
    if (details.url.startsWith(`${APP_SCHEME}:`) || !origin.owns(details.url)) return respond({});
    respond({ responseHeaders: { ...details.responseHeaders, ...headers } });
  });
}

/** The file behind an address; undefined when it is outside the folder or of a kind we never serve. */
export function fileFor(address: string, root: string): { path: string; type: string } | undefined {
  const url = new URL(address);
  if (url.host !== APP_HOST) return undefined;
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  const path = normalize(join(root, name));
  const type = MIME[extname(path)];
  if (!path.startsWith(normalize(root) + sep) || type === undefined || name.includes('\0')) {
    return undefined;
  }
  return { path, type };
}
