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

interface PathTraits {
  /** The agent talks at this console. */
  isSpokenHere: boolean;
  /** The call can be put on hold and transferred. */
  isTransferable: boolean;
  /** This console accepts with its own token, not the relay or provider with theirs. */
  isAcceptedHere: boolean;
}

const traits: Readonly<Record<MediaPath, PathTraits>> = {
  direct: { isSpokenHere: true, isTransferable: false, isAcceptedHere: true },
  relayed: { isSpokenHere: true, isTransferable: true, isAcceptedHere: false },
  streamed: { isSpokenHere: true, isTransferable: false, isAcceptedHere: false },
  external: { isSpokenHere: false, isTransferable: false, isAcceptedHere: false },
};

/** What the path of a call says about it, before it begins and while it lasts. */
export function traitsOf(path: MediaPath): PathTraits {
  return traits[path];
}
