import type { NumberSettings, SettingsChange } from '../../shared/providers/number-settings.ts';

/** The relay's endpoint for a provider's media server; the last part is the secret (src/relay/streams). */
const ENDPOINT = /^(wss?:\/\/[^/\s]+(?:\/[^/\s]+)*\/v1\/streams\/zernio\/[^/\s]+\/)[^/\s?]+$/i;
const HIDDEN = '…';

/** An address of the relay's without its secret; any other as it is. */
function withoutSecret(address: string): string {
  return address.replace(ENDPOINT, `$1${HIDDEN}`);
}

/** Settings as windows and the database may have them. */
export function shown(settings: NumberSettings): NumberSettings {
  const { forwarding } = settings;
  if (forwarding?.to === undefined) return settings;
  return { ...settings, forwarding: { ...forwarding, to: withoutSecret(forwarding.to) } };
}

/**
 * A window's change with the secret put back where the relay's address is this console's own; otherwise an address without
 * its secret changes nothing.
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
