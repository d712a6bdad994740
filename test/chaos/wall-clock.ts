import { readFileSync } from 'node:fs';

/**
 * Preload with `--import`: sets this process's wall clock ahead of the machine's by the ms in
 * `CHAOS_CLOCK_FILE`, which is read at the start and at each SIGUSR2. Everything that asks for the
 * time of day is affected, since Node has only `Date` for that; the monotonic clock and timers are
 * not, just as on a machine whose clock is set.
 */
const file = process.env['CHAOS_CLOCK_FILE'];
if (file === undefined) throw new Error('CHAOS_CLOCK_FILE is missing');

const readOffset = (): number => Number(readFileSync(file, 'utf8'));

const RealDate = Date;
let offset = readOffset();
const now = (): number => RealDate.now() + offset;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], newTarget: NewableFunction) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});

process.on('SIGUSR2', () => {
  offset = readOffset();
});
