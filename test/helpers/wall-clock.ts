/**
 * Replaces this process's wall clock by one that can be set. Everything that asks for the time of day
 * is affected, since Node has only `Date` for that; the monotonic clock and timers are not, just as
 * on a machine whose clock is set.
 */
const RealDate = Date;
let offset = 0;
const now = (): number => RealDate.now() + offset;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], newTarget: NewableFunction) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});

/** @param ms how far the wall clock is ahead of the machine's; negative if it is behind */
export function setWallClock(ms: number): void {
  offset = ms;
}
