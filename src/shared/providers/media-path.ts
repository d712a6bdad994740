/**
 * Where a call's sound travels. The number decides it (`src/main/calls/path-of.ts`), so it is known before the call begins.
 *
 * - `direct`: between this window and WhatsApp, by SDP. Such a call cannot be moved.
 * - `relayed`: the relay is the media end towards the customer; the agent's leg behind it may come and go.
 * - `streamed`: a media server has the call and passes its sound on over a WebSocket.
 * - `external`: it is spoken on another telephone or media server; the console only watches.
 */
export const mediaPaths = ['direct', 'relayed', 'streamed', 'external'] as const;
export type MediaPath = (typeof mediaPaths)[number];

/**
 * Who has a streamed call. The relay picks every call up at once, before any agent does, so what the provider says of
 * when a customer's call was answered means nothing there.
 */
export type MediaServer = 'provider' | 'relay';

/** The path of a number's calls, or of one call. */
export type Routing =
  | { path: Exclude<MediaPath, 'streamed'>; mediaServer?: undefined }
  | { path: 'streamed'; mediaServer: MediaServer };
