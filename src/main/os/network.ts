import { networkInterfaces } from 'node:os';

/** How often the addresses are compared, in ms; Electron has no event for a changed network. */
const LOOK_MS = 1_000;

/**
 * Watches for network changes by this machine's own addresses, without the loopback. Reports at
 * once if there are none.
 *
 * @param onChange `online`: whether there is any address at all
 * @returns stops watching
 */
export function watchNetwork(
  onChange: (online: boolean) => void,
  read: () => string = addresses,
): () => void {
  let last = read();
  if (last === '') onChange(false);
  const timer = setInterval(() => {
    const now = read();
    if (now === last) return;
    last = now;
    onChange(now !== '');
  }, LOOK_MS);
  return () => clearInterval(timer);
}

function addresses(): string {
  return Object.entries(networkInterfaces())
    .flatMap(([name, list]) =>
      (list ?? [])
        .filter((one) => !one.internal && !one.address.startsWith('fe80:'))
        .map((one) => `${name} ${one.address}`),
    )
    .sort()
    .join('\n');
}
