import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { protocol, type ProtocolRequest, type Session } from 'electron';
import { soundOf } from '../../shared/ipc/sounds.ts';
import { fileFor } from './files.ts';
import { APP_SCHEME, type PageOrigin } from './origin.ts';
import type { Sounds } from './sounds.ts';

/** Must run before the app is ready: Chromium reads the list of schemes only once. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      // `secure`: microphone and clipboard need a secure context; `stream`: for playing sounds.
      // `codeCache`: our scripts are compiled once per version, not at every start.
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        // In development the pages come from Vite's server, and sounds from here.
        corsEnabled: true,
        codeCache: true,
      },
    },
  ]);
}

/**
 * Serves the built pages; in development, only adds our policy to what Vite serves.
 *
 * @param sounds of recordings
 */
export function servePages(
  session: Session,
  root: string,
  origin: PageOrigin,
  sounds: Sounds,
): void {
  const headers = {
    'Content-Security-Policy': origin.contentSecurityPolicy(),
    'X-Content-Type-Options': 'nosniff',
    // No `Cross-Origin-Opener-Policy`: Chromium would start a second process for the page. Nobody else can open it anyway.
  };
  // The policy covers 404 responses too.
  const nothing = () => ({ statusCode: 404, headers, data: Readable.from([]) });
  // Not `protocol.handle`: its requests and responses are undici's, which takes 45 ms to be read before the first page.
  session.protocol.registerStreamProtocol(APP_SCHEME, (request, respond) => {
    const answer = soundOf(request.url) ? soundFor(request) : pageFor(request);
    answer.then(respond, () => respond(nothing()));
  });
  const soundFor = async ({ url, method, headers: asked }: ProtocolRequest) => {
    const sound = await sounds.answer({ url, method, headers: new Headers(asked) }, headers);
    if (!sound) return nothing();
    return {
      statusCode: sound.status,
      headers: Object.fromEntries(sound.headers),
      data: sound.body ? Readable.fromWeb(sound.body) : Readable.from([]),
    };
  };
  const pageFor = async ({ url, method }: ProtocolRequest) => {
    const file = fileFor(url, root);
    if (method !== 'GET' || file === undefined) return nothing();
    // It takes a millisecond. Each turn of the loop would wait for what main reads meanwhile.
    const body = readFileSync(file.path);
    return { headers: { ...headers, 'Content-Type': file.type }, data: Readable.from([body]) };
  };
  // The console writes files itself, where the agent chooses; pages never download anything.
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onHeadersReceived((details, respond) => {
    if (details.url.startsWith(`${APP_SCHEME}:`) || !origin.owns(details.url)) return respond({});
    respond({ responseHeaders: { ...details.responseHeaders, ...headers } });
  });
}
