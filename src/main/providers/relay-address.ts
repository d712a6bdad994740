import type { NumberSettings, SettingsChange } from '../../shared/providers/number-settings.ts';

/** The relay's endpoint for a provider's media server; its last part is the secret. */
const ENDPOINT = /^(wss?:\/\/[^/\s]+(?:\/[^/\s]+)*\/v1\/streams\/zernio\/[^/\s]+\/)[^/\s?]+$/i;
const HIDDEN = '…';

/** Removes the secret from an address of the relay. */
function withoutSecret(address: string): string {
  return address.replace(ENDPOINT, `$1${HIDDEN}`);
}

/** Settings without secrets, for windows and the database. */
export function shown(settings: NumberSettings): NumberSettings {
  const { forwarding } = settings;
  if (forwarding?.to === undefined) return settings;
  return { ...settings, forwarding: { ...forwarding, to: withoutSecret(forwarding.to) } };
}

/**
 * Puts the secret back into a window's change if the address is this console's own relay; any other
 * address without its secret changes nothing.
 */
export function completed(
  change: SettingsChange,
  relayAddress: string | undefined,
): SettingsChange {
  const to = change.forwarding?.to;
  if (to === undefined || !to.endsWith(`/${HIDDEN}`)) return change;
  const { to: _, ...forwarding } = { ...change.forwarding };
  if (relayAddress === undefined || withoutSecret(relayAddress) !== to) {
    return { ...change, forwarding };
  }
  return { ...change, forwarding: { ...forwarding, to: relayAddress } };
}
