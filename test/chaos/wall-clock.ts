import { readFileSync } from 'node:fs';
import { setWallClock } from '../helpers/wall-clock.ts';

/**
 * Preload with `--import`: sets this process's wall clock ahead of the machine's by the ms in
 * `CHAOS_CLOCK_FILE`, which is read at the start and at each SIGUSR2.
 */
const file = process.env['CHAOS_CLOCK_FILE'];
if (file === undefined) throw new Error('CHAOS_CLOCK_FILE is missing');

const readClock = (): void => setWallClock(Number(readFileSync(file, 'utf8')));

readClock();
process.on('SIGUSR2', readClock);
