import type { AnchorEvent, CallBridge } from '../media/call-bridge.ts';
import { MediaEngine, type MediaEngineOptions } from '../media/engine.ts';
import type { MediaHost } from './host.ts';

const NO_MEDIA = { ok: false, error: 'the call has no media here' } as const;

/** Media in this process. */
export async function openLocalHost(
  options: MediaEngineOptions,
  listener: (call: string, event: AnchorEvent) => void,
): Promise<MediaHost> {
  const engine = await MediaEngine.open(options);
  const anchors = new Map<string, CallBridge>();
  const open = (call: string): CallBridge => {
    const existing = anchors.get(call);
    if (existing) return existing;
    const anchor = engine.openAnchor((event) => listener(call, event));
    anchors.set(call, anchor);
    return anchor;
  };
  return {
    outlivesRelay: false,
    async listen() {},
    calls: async () => [...anchors.keys()],
    answerCustomer: (call, offerSdp) => open(call).answerCustomer(offerSdp),
    offerCustomer: (call) => open(call).offerCustomer(),
    async startCustomer(call) {
      anchors.get(call)?.startCustomer();
    },
    applyCustomerAnswer: async (call, sdp) =>
      anchors.get(call)?.applyCustomerAnswer(sdp) ?? NO_MEDIA,
    async openGate(call) {
      anchors.get(call)?.openGate();
    },
    addLeg: async (call, leg, offerSdp) => anchors.get(call)?.addLeg(leg, offerSdp) ?? NO_MEDIA,
    async removeLeg(call, leg) {
      await anchors.get(call)?.removeLeg(leg);
    },
    route: async (call, routing) =>
      anchors.get(call)?.route(routing) ?? { ok: false, error: 'unknown-leg' },
    report: async (call) => anchors.get(call)?.report(),
    async end(call) {
      const anchor = anchors.get(call);
      anchors.delete(call);
      await anchor?.close();
    },
    async close() {
      anchors.clear();
      await engine.close();
    },
  };
}
