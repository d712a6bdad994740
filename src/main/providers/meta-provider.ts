import type { Permission } from '../../shared/ipc/model.ts';
import { MetaClient, type Answer } from '../../shared/providers/meta/client.ts';
import { permissionOf } from '../../shared/providers/meta/permission.ts';
import { ProviderFailure, type Provider } from '../calls/ports.ts';
import type { Account } from './account.ts';
import type { ProviderDeps } from './index.ts';

/** A number at Meta's Cloud API, called directly: the shared client in the call service's terms. */
export class MetaProvider implements Provider {
  private readonly client: MetaClient;
  private readonly deps: ProviderDeps;

  constructor(account: Account, token: string, deps: ProviderDeps) {
    this.client = new MetaClient({ ...account, ...deps, accessToken: token });
    this.deps = deps;
  }

  async place(call: {
    to: string;
    sdp: string;
    opaque: string;
  }): Promise<{ providerCallId: string }> {
    return taken(await this.client.place(call));
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

  async permission(to: string): Promise<Permission> {
    return permissionOf(taken(await this.client.permission(to)), this.deps.clock.now());
  }

  async requestPermission(to: string, text: string): Promise<void> {
    taken(await this.client.requestPermission(to, text));
  }
}

function taken<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new ProviderFailure(answer.error);
  return answer.value;
}
