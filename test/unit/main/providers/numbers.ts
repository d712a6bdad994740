import type { Provider } from '../../../../src/main/calls/ports.ts';
import type { Account } from '../../../../src/main/providers/account.ts';
import { createProvider } from '../../../../src/main/providers/index.ts';
import type { ProviderId } from '../../../../src/shared/rules/data/providers.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { type Received, scriptedServer, type Reply } from '../../../fakes/http-server.ts';
import { FakeLog } from '../../../fakes/log.ts';

export const SECRET = 'a-$&-secret';

const common = { id: 'support', label: 'Support', number: '+16315553601' };

/** One number of each kind. */
export const accounts = {
  meta: {
    ...common,
    provider: 'meta',
    phoneNumberId: '106540352242922',
    wabaId: '102290129340398',
  },
  d360: { ...common, provider: 'd360' },
  'pilot-meta': { ...common, provider: 'pilot-meta' },
  'pilot-web': { ...common, provider: 'pilot-web' },
  zernio: { ...common, provider: 'zernio', zernioAccountId: 'acc_1' },
} as const satisfies Record<ProviderId, Account>;

/** An account's adapter in front of a scripted server. */
export async function adapterOf(
  reported: Account | { account: Account; relayAddress?: string | undefined },
  ...replies: Reply[]
) {
  const { account, relayAddress } =
    'account' in reported ? reported : { account: reported, relayAddress: undefined };
  const server = await scriptedServer(...replies);
  const deps = {
    fetch: globalThis.fetch,
    clock: new FakeClock(),
    log: new FakeLog(),
    relayAddress,
  };
  const provider: Provider = createProvider(
    { ...account, apiBase: `${server.url}/` },
    SECRET,
    deps,
  );
  const received: readonly Received[] = server.received;
  return { url: server.url, received, provider, ...deps };
}
