import type { WebSocket } from 'ws';
import type { Clock } from '../../shared/lib/clock.ts';
import { RateLimits } from '../../shared/lib/rate-limits.ts';

/** A console that is catching up acknowledges every entry; a stream has 50 to 100 frames of audio a second. */
const FRAMES = { burst: 5_000, perSecond: 1_000 };

/**
 * Limits how fast frames are read from a WebSocket, pings and pongs included; the rest waits in its
 * peer's own network. Nothing is lost, and nobody else is delayed.
 */
export function boundFrames(socket: WebSocket, clock: Clock): void {
  const frames = new RateLimits(FRAMES, clock);
  let cancel: () => void = () => undefined;
  const take = () => {
    if (frames.take('')) return;
    socket.pause();
    cancel();
    cancel = clock.at(clock.now() + 1_000, () => socket.resume());
  };
  for (const frame of ['message', 'ping', 'pong'] as const) socket.on(frame, take);
  socket.once('close', () => cancel());
}
