import { MediaEngine } from '../../../src/relay/media/engine.ts';
import { ConsolePeer } from './console-peer.ts';
import { CustomerPeer } from './customer-peer.ts';

/** A process that has a call, closes it and must then end by itself. */
const engine = await MediaEngine.open({
  network: { bind: '127.0.0.1' },
  holdFile: new URL('../../../resources/speech/hold.opus20', import.meta.url).pathname,
});
const bridge = engine.openBridge(() => undefined);
const customer = await CustomerPeer.open();
const agent = await ConsolePeer.open();
const stranger = await ConsolePeer.open();
const answer = await bridge.answerCustomer(customer.offer());
const [forAgent] = await Promise.all([
  bridge.addLeg('ana', agent.offer),
  // A leg that never connects must not keep the process alive either.
  bridge.addLeg('ben', stranger.offer),
]);
if (!answer.ok || !forAgent.ok) throw new Error('no answer');
customer.connect(answer.value);
bridge.startCustomer();
await Promise.all([customer.connected(), agent.connect(forAgent.value)]);
bridge.openGate();
bridge.route({ kind: 'talking', agent: 'ana' });
await customer.detector.more(1);
await engine.close();
await Promise.all([customer.close(), agent.close(), stranger.close()]);
