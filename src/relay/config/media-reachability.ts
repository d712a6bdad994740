import type { RelayConfig } from './schema.ts';
import { isLoopback } from '../../shared/lib/loopback.ts';
import { isRelayed } from './account.ts';

/**
 * What is wrong if media stays on this machine while WhatsApp is elsewhere; undefined if nothing
 * is. Not an error: calls are set up but have no audio, which is enough for trying out everything
 * else.
 */
export function unreachableMedia({
  accounts,
  media,
}: RelayConfig): { field: string; account: string; why: string } | undefined {
  const reached = [media.bind, ...media.announce].some((address) => !address.startsWith('127.'));
  if (reached) return undefined;
  const elsewhere = accounts.filter(isRelayed).find(({ apiBase }) => !isHere(apiBase));
  return (
    elsewhere && {
      field: 'media.bind',
      account: elsewhere.id,
      why: `is ${media.bind}, where WhatsApp cannot send media: calls will have no sound. Name an address of this machine that it reaches`,
    }
  );
}

/** By default it is the provider's own address. */
function isHere(apiBase: string | undefined): boolean {
  if (apiBase === undefined) return false;
  const { hostname } = new URL(apiBase);
  return isLoopback(hostname);
}
