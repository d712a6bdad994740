/**
 * To be preloaded by `--import`: each SIGUSR2 sets this process's wall clock, an hour ahead first,
 * then an hour behind, then right. The monotonic clock is unaffected, as on a real machine.
 */
const HOUR_MS = 3_600_000;
const offsets = [HOUR_MS, -HOUR_MS, 0];
const RealDate = Date;
let offset = 0;

const now = (): number => RealDate.now() + offset;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], newTarget: NewableFunction) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});

process.on('SIGUSR2', () => {
  offset = offsets.shift() ?? 0;
  process.stdout.write(`${JSON.stringify({ event: 'clock.jumped', offset })}\n`);
});
