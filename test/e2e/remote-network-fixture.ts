import {
  whyNoRemoteNetwork,
  type RemoteNetwork,
  openRemoteNetwork,
} from './harness/remote-network.ts';
import { type Coturn, openCoturn } from '../helpers/coturn.ts';
import { test as base } from './team-fixture.ts';

const SECRET = 'north';

interface RemoteNetworkTest {
  /** A network other than the relay's, for consoles that join with it. */
  remoteNetwork: RemoteNetwork;
  /** The TURN server that the relay announces to consoles. */
  coturn: Coturn;
}

/** Consoles reach the backend over a virtual cable, with a TURN server beside the relay. */
export const test = base.extend<RemoteNetworkTest>({
  remoteNetwork: async ({ folder }, use, info) => {
    const impossible = whyNoRemoteNetwork();
    info.skip(impossible !== undefined, `This test needs a second network: ${impossible}`);
    const network = await openRemoteNetwork(folder);
    await use(network);
    await network.close();
  },
  coturn: async ({ remoteNetwork }, use) => {
    const server = await openCoturn(SECRET, remoteNetwork.host);
    await use(server);
    await server.close();
  },
  relayReach: async ({ remoteNetwork, coturn: { port } }, use) => {
    const { host } = remoteNetwork;
    const urls = ['udp', 'tcp'].map((transport) => `turn:${host}:${port}?transport=${transport}`);
    await use({
      host,
      forwardPort: (one) => remoteNetwork.forwardPort(one),
      turn: { urls, secret: SECRET },
    });
  },
});

export { expect } from './team-fixture.ts';
