import type { IceServer } from '../../shared/protocol/frames.ts';

/** The browser treats undefined members unlike missing ones. */
export const rtcServers = (servers: readonly IceServer[]): RTCIceServer[] =>
  servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  }));
