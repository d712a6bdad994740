import { capabilities } from '../../shared/providers/capabilities.ts';
import { D360Client } from '../../shared/providers/d360/client.ts';
import type { D360Account } from './account.ts';
import { CloudProvider } from './cloud-provider.ts';
import type { ProviderOptions } from './options.ts';

/** A number at 360dialog, which passes Meta's requests on. */
export class D360Provider extends CloudProvider {
  readonly capabilities = capabilities.d360;

  constructor({ apiBase }: D360Account, apiKey: string, deps: ProviderOptions) {
    super(new D360Client({ apiBase, apiKey, ...deps }), deps);
  }
}
