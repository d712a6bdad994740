import type { BridgeEvent, CallBridge } from '../media/call-bridge.ts';
import { MediaEngine, type MediaEngineOptions } from '../media/engine.ts';
import type { MediaHost } from './host.ts';

const NO_MEDIA = { ok: false, error: 'the call has no media here' } as const;

/** Media in this process. */
export async function openLocalHost(
  options: MediaEngineOptions,
  listener: (call: string, event: BridgeEvent) => void,
): Promise<MediaHost> {
  const engine = await MediaEngine.open(options);
  const bridges = new Map<string, CallBridge>();
  const open = (call: string): CallBridge => {
    const existing = bridges.get(call);
    if (existing) return existing;
    const bridge = engine.openBridge((event) => listener(call, event));
    bridges.set(call, bridge);
    return bridge;
  };
  return {
    outlivesRelay: false,
    processes: () => [{ isAlive: true, calls: bridges.size }],
    async listen() {},
    calls: async () => [...bridges.keys()],
    answerCustomer: (call, offerSdp) => open(call).answerCustomer(offerSdp),
    offerCustomer: (call) => open(call).offerCustomer(),
    async startCustomer(call) {
      bridges.get(call)?.startCustomer();
    },
    applyCustomerAnswer: async (call, sdp) =>
      bridges.get(call)?.applyCustomerAnswer(sdp) ?? NO_MEDIA,
    async openGate(call) {
      bridges.get(call)?.openGate();
    },
    addLeg: async (call, leg, offerSdp) => bridges.get(call)?.addLeg(leg, offerSdp) ?? NO_MEDIA,
    async removeLeg(call, leg) {
      await bridges.get(call)?.removeLeg(leg);
    },
    route: async (call, routing) =>
      bridges.get(call)?.route(routing) ?? { ok: false, error: 'unknown-leg' },
    async record(call, request) {
      bridges.get(call)?.record(request);
    },
    report: async (call) => bridges.get(call)?.report(),
    echo: (agentId, offerSdp) => engine.openEcho(agentId, offerSdp),
    async end(call) {
      const bridge = bridges.get(call);
      bridges.delete(call);
      await bridge?.close();
    },
    async close() {
      bridges.clear();
      await engine.close();
    },
  };
}
