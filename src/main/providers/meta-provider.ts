import type { Permission } from '../../shared/ipc/model.ts';
import { capabilities } from '../../shared/providers/capabilities.ts';
import type { Answer } from '../../shared/providers/client.ts';
import { MetaClient } from '../../shared/providers/meta/client.ts';
import { permissionOf } from '../../shared/providers/meta/permission.ts';
import {
  ProviderFailure,
  type PermissionRequest,
  type Provider,
  type Recipient,
} from '../calls/ports.ts';
import type { MetaAccount } from './account.ts';
import type { ProviderDeps } from './index.ts';

/** A number at Meta's Cloud API, called directly: the shared client in the call service's terms. */
export class MetaProvider implements Provider {
  readonly capabilities = capabilities.meta;
  private readonly client: MetaClient;
  private readonly deps: ProviderDeps;

  constructor(account: MetaAccount, token: string, deps: ProviderDeps) {
    this.client = new MetaClient({ ...account, ...deps, accessToken: token });
    this.deps = deps;
  }

  async place({
    to,
    sdp,
    opaque,
  }: Parameters<Provider['place']>[0]): Promise<{ providerCallId: string }> {
    return taken(await this.client.place({ to, sdp, opaque }));
  }

  async preAccept(providerCallId: string, sdp: string): Promise<void> {
    taken(await this.client.preAccept(providerCallId, sdp));
  }

  async accept(providerCallId: string, sdp: string): Promise<void> {
    taken(await this.client.accept(providerCallId, sdp));
  }

  async reject(providerCallId: string): Promise<void> {
    taken(await this.client.reject(providerCallId));
  }

  async terminate(providerCallId: string): Promise<void> {
    taken(await this.client.terminate(providerCallId));
  }

  async permission(to: Recipient): Promise<Permission> {
    return permissionOf(taken(await this.client.permission(to.waId ?? '')), this.deps.clock.now());
  }

  async requestPermission(
    to: Recipient,
    request: PermissionRequest,
  ): Promise<{ messageId?: string | undefined }> {
    const text = request.kind === 'free-form' ? request.text : '';
    taken(await this.client.requestPermission(to.waId ?? '', text));
    return {};
  }
}

function taken<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new ProviderFailure(answer.error);
  return answer.value;
}
