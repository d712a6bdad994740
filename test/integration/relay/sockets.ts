import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** How long a test on a busy machine may wait for sockets. */
export const PATIENT = { timeout: 30_000, interval: 20 };

/**
 * Connects to a relay, writes this, and reads on for as long as the test runs.
 *
 * @param allowHalfOpen keep our side open when the relay closes its own
 */
export async function openSocket(
  url: string,
  text: string,
  allowHalfOpen = false,
): Promise<Socket> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen });
  socket.on('error', () => undefined);
  socket.resume();
  onTestFinished(() => void socket.destroy());
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  socket.write(text);
  return socket;
}
