import type { Listen } from '../config/schema.ts';

/** Where this machine reaches its own relay. */
export function ownUrl({ host, port }: Listen): string {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
