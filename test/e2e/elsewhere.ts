import { noNetworkBecause, type OtherNetwork, openNetwork } from './harness/network.ts';
import { type Coturn, openCoturn } from '../helpers/coturn.ts';
import { test as base } from './teams.ts';

const SECRET = 'north';

interface ElsewhereTest {
  /** Another network than the relay's; consoles that join by it are there. */
  elsewhere: OtherNetwork;
  /** The relay tells consoles of it. */
  coturn: Coturn;
}

/** The world is reached over a real cable between two networks, and a TURN server stands beside the relay. */
export const test = base.extend<ElsewhereTest>({
  elsewhere: async ({ folder }, use, info) => {
    const impossible = noNetworkBecause();
    info.skip(impossible !== undefined, `This test needs another network: ${impossible}`);
    const network = await openNetwork(folder);
    await use(network);
    await network.close();
  },
  coturn: async ({ elsewhere }, use) => {
    const server = await openCoturn(SECRET, elsewhere.host);
    await use(server);
    await server.close();
  },
  reach: async ({ elsewhere, coturn: { port } }, use) => {
    const { host } = elsewhere;
    const urls = ['udp', 'tcp'].map((transport) => `turn:${host}:${port}?transport=${transport}`);
    await use({ host, carry: (one) => elsewhere.carry(one), turn: { urls, secret: SECRET } });
  },
});

export { expect } from './teams.ts';
