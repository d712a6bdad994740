import type { MachineClock } from '../clock.ts';
import type { Log } from '../log.ts';
import { watchNetwork } from './network.ts';
import { watchPower } from './power.ts';

/** How often the machine's time is adopted, in ms. */
const FOLLOW_CLOCK_MS = 30_000;
/** Clocks are adjusted all the time; a jump of this many ms means that somebody set it. */
const CLOCK_SET_MS = 1_000;

export interface MachinePorts {
  clock: MachineClock;
  log: Log;
  /** During a call the clock must not jump. */
  isOnCall: () => boolean;
  /** Sockets may have died unnoticed. */
  onStaleSockets: (why: string) => void;
  onLocked: (locked: boolean) => void;
  /** Whether the machine has any network. */
  onNetwork: (online: boolean) => void;
}

/**
 * Watches this machine's clock, power and network.
 *
 * @returns stops watching
 */
export function watchMachine(ports: MachinePorts): () => void {
  const { clock, log, onStaleSockets } = ports;
  const followClock = setInterval(() => {
    if (ports.isOnCall()) return;
    const jump = clock.follow();
    if (Math.abs(jump) < CLOCK_SET_MS) return;
    log.warn(`clock: this machine’s clock was set by ${jump} ms`);
    // The next welcome measures the offset to the relay's clock.
    onStaleSockets('the clock was set');
  }, FOLLOW_CLOCK_MS);
  const closePower = watchPower({
    onWake(why) {
      clock.follow();
      onStaleSockets(why);
    },
    onLocked: ports.onLocked,
  });
  const closeNetwork = watchNetwork((online) => {
    ports.onNetwork(online);
    if (online) onStaleSockets('another network');
  });
  return () => {
    closeNetwork();
    closePower();
    clearInterval(followClock);
  };
}
