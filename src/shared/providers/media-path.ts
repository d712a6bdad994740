import { assertNever } from '../lib/assert-never.ts';

/**
 * Where a call's sound travels. The number decides it (`routingOf`), so it is known before the call begins.
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

interface RoutingFacts {
  /** What the number's provider is capable of. */
  path: Exclude<MediaPath, 'relayed'>;
  /** Whether the provider itself streams the sound of its calls. */
  hasStream: boolean;
  /** The number's path by the relay's welcome, if there is a relay and it knows the number. */
  relayPath: MediaPath | undefined;
  /** Where the agent wants this one call to go instead. */
  forwardTo?: string | undefined;
}

/** Where the sound of a number's calls travels. */
export function routingOf({ path, hasStream, relayPath, forwardTo }: RoutingFacts): Routing {
  switch (path) {
    case 'direct':
      return { path: relayPath === 'relayed' ? 'relayed' : 'direct' };
    case 'streamed':
      if (forwardTo !== undefined) return { path: 'external' };
      return { path: 'streamed', mediaServer: hasStream ? 'provider' : 'relay' };
    case 'external':
      return { path: 'external' };
    default:
      return assertNever(path, 'path');
  }
}

/** Whether the agent speaks calls of this path at the console. */
export function isSpokenHere(path: MediaPath): boolean {
  return path !== 'external';
}
