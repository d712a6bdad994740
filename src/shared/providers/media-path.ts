import { assertNever } from '../lib/assert-never.ts';

/**
 * How a call's audio travels. The number determines it, so it is known before the call begins.
 *
 * - `direct`: between this window and WhatsApp, by SDP. Such a call cannot be moved.
 * - `relayed`: between the relay and WhatsApp; the agent's leg to the relay may come and go.
 * - `streamed`: a media server has the call and passes its audio on over a WebSocket.
 * - `external`: on another telephone or media server; the console only watches.
 */
export const mediaPaths = ['direct', 'relayed', 'streamed', 'external'] as const;
export type MediaPath = (typeof mediaPaths)[number];

/**
 * Where a streamed call's audio comes from. The relay answers every call at once, before any agent
 * does, so the provider's time of answer means nothing there.
 */
export type MediaServer = 'provider' | 'relay';

/** The path of a number's calls, or of one call. */
export type Routing =
  | { path: Exclude<MediaPath, 'streamed'>; mediaServer?: undefined }
  | { path: 'streamed'; mediaServer: MediaServer };

interface RoutingFacts {
  /** What the number's provider is capable of. */
  path: Exclude<MediaPath, 'relayed'>;
  /** Whether the provider itself streams the audio of its calls. */
  hasStream: boolean;
  /** The number's path by the relay's welcome, if there is a relay and it knows the number. */
  relayPath: MediaPath | undefined;
  /** Where the agent wants this one call forwarded instead. */
  forwardTo?: string | undefined;
}

/** How the audio of a number's calls travels. */
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

/** Whether the agent talks at the console in calls on this path. */
export function isSpokenHere(path: MediaPath): boolean {
  return path !== 'external';
}
