import { setWallClock } from './wall-clock.ts';

/**
 * Preload with `--import`: each SIGUSR2 sets this process's wall clock, an hour ahead first, then an
 * hour behind, then right.
 */
const HOUR_MS = 3_600_000;
const offsets = [HOUR_MS, -HOUR_MS, 0];

process.on('SIGUSR2', () => {
  const offset = offsets.shift() ?? 0;
  setWallClock(offset);
  process.stdout.write(`${JSON.stringify({ event: 'clock.jumped', offset })}\n`);
});
