import { NodeTransport } from '@nats-io/transport-node/lib/node_transport.js';

/*
 * Corrects @nats-io/transport-node 3.4.0: it removes its listeners from a socket before it destroys
 * it, so the error of a write that has just failed finds none and would end the process. Import this
 * before connecting.
 */
const ignore = (): void => undefined;
const { setupHandlers } = NodeTransport.prototype; // oxlint-disable-line typescript/unbound-method -- called with its own `this` below

NodeTransport.prototype.setupHandlers = function setupHandlersThatStay(this: NodeTransport): void {
  setupHandlers.call(this);
  const { socket } = this;
  const removeAllListeners = socket.removeAllListeners.bind(socket);
  socket.removeAllListeners = (event) => removeAllListeners(event).on('error', ignore);
};
