import { onTestFinished } from 'vitest';
import { type Coturn, openCoturn } from '../../helpers/coturn.ts';

/** A real coturn on loopback; ends with the test. */
export async function startCoturn(secret: string): Promise<Coturn> {
  const server = await openCoturn(secret, '127.0.0.1');
  onTestFinished(() => server.close());
  return server;
}
