import { capabilities } from '../../shared/providers/capabilities.ts';
import { MetaClient } from '../../shared/providers/meta/client.ts';
import { ProviderFailure, type AnalyticsPoint } from '../calls/ports.ts';
import type { MetaAccount } from './account.ts';
import { taken } from './answers.ts';
import { CloudProvider } from './cloud-provider.ts';
import type { ProviderOptions } from './options.ts';
import { ownErrors } from '../../shared/providers/own-errors.ts';

/** A number at Meta's Cloud API, called directly. */
export class MetaProvider extends CloudProvider {
  readonly capabilities = capabilities.meta;
  private readonly client: MetaClient;
  private readonly account: MetaAccount;
  private readonly token: string;

  constructor(account: MetaAccount, token: string, deps: ProviderOptions) {
    const recording = deps.recording ?? (() => account.recording);
    const client = new MetaClient({ ...account, ...deps, recording, accessToken: token });
    super(client, deps);
    this.client = client;
    this.account = account;
    this.token = token;
  }

  /** Of a recording or transcript that a webhook named. The address works for 5 minutes and wants the token. */
  async recording({
    mediaId,
  }: {
    mediaId?: string | undefined;
  }): Promise<{ url: string; headers: Record<string, string> }> {
    if (mediaId === undefined) {
      throw new ProviderFailure(ownErrors.noRecording);
    }
    const { url } = taken(await this.client.media(mediaId));
    return { url, headers: { authorization: `Bearer ${this.token}` } };
  }

  async analytics(from: number, to: number): Promise<readonly AnalyticsPoint[]> {
    const number = this.account.number.replace(/\D/g, '');
    return taken(await this.client.analytics({ from, to, number }));
  }
}
