import { type Capabilities, capabilitiesOf } from '../../../src/shared/providers/capabilities.ts';
import { type ProviderId, providerIds } from '../../../src/shared/rules/data/providers.ts';
import type { TestNumberKind } from '../harness/numbers.ts';

/** The number the demo uses and its capabilities. */
export interface DemoNumber {
  provider: ProviderId;
  kind: TestNumberKind;
  capabilities: Capabilities;
}

/**
 * The number for `--provider` and `--softphone`; Meta's by default.
 *
 * @returns an error message if there is no such number
 */
export function demoNumber(asked: string | undefined, softphone = false): DemoNumber | string {
  const provider = providerIds.find((id) => id === (asked ?? 'meta'));
  if (!provider) {
    return `There is no provider “${asked}”. There are: ${providerIds.join(', ')}.`;
  }
  if (!softphone) return { provider, kind: provider, capabilities: capabilitiesOf({ provider }) };
  if (provider !== 'zernio') {
    return '--softphone is for --provider zernio: other calls are spoken here anyway.';
  }
  return {
    provider,
    kind: 'zernio-softphone',
    capabilities: capabilitiesOf({ provider, softphone: 'relay' }),
  };
}
