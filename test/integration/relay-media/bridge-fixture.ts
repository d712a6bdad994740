import { onTestFinished } from 'vitest';
import type { BridgeEvent, CallBridge } from '../../../src/relay/media/call-bridge.ts';
import { MediaEngine, type MediaEngineOptions } from '../../../src/relay/media/engine.ts';
import type { MediaNetwork } from '../../../src/relay/media/network.ts';
import type { SdpResult } from '../../../src/relay/media/sdp-parse.ts';
import type { Voice } from '../../../src/simulator/media/sources.ts';
import { ConsolePeer } from './console-peer.ts';
import { CustomerPeer } from './customer-peer.ts';

/** Pitches that remain distinct after Opus. */
export const CUSTOMER_HZ = 440;
export const ANA_HZ = 900;
export const BEN_HZ = 1600;
export const SAM_HZ = 2500;

export function accepted<T>(result: SdpResult<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

/** The media bridge of one call, its events, and factories for its peers. Closed with the test. */
export class BridgeFixture {
  readonly events: BridgeEvent[] = [];
  readonly bridge: CallBridge;
  private readonly waiting = new Set<() => void>();

  private constructor(engine: MediaEngine) {
    this.bridge = engine.openBridge((event) => {
      this.events.push(event);
      for (const check of this.waiting) check();
    });
  }

  static async open(
    options: Partial<MediaEngineOptions> = {},
    network: Partial<MediaNetwork> = {},
  ): Promise<BridgeFixture> {
    const engine = await MediaEngine.open({
      network: { bind: '127.0.0.1', ...network },
      holdFile: 'resources/speech/hold.opus20',
      ...options,
    });
    onTestFinished(() => engine.close());
    return new BridgeFixture(engine);
  }

  /** Resolves with the first matching event, past or future. */
  event<T extends BridgeEvent['type']>(
    type: T,
    fits: (event: Extract<BridgeEvent, { type: T }>) => boolean = () => true,
  ): Promise<Extract<BridgeEvent, { type: T }>> {
    const find = () =>
      this.events.find((event): event is Extract<BridgeEvent, { type: T }> => {
        return isType(event, type) && fits(event);
      });
    return new Promise((resolve) => {
      const check = () => {
        const found = find();
        if (!found) return;
        this.waiting.delete(check);
        resolve(found);
      };
      this.waiting.add(check);
      check();
    });
  }

  /** A customer whose call was answered, up to the provider's 200; the gate is still closed. */
  async customer(voice: Voice = { kind: 'tone', hz: CUSTOMER_HZ }): Promise<CustomerPeer> {
    const customer = await CustomerPeer.open();
    onTestFinished(() => customer.close());
    customer.connect(accepted(await this.bridge.answerCustomer(customer.offer())));
    this.bridge.startCustomer();
    await Promise.all([
      customer.connected(),
      this.event('connected', ({ leg }) => leg.side === 'customer'),
    ]);
    customer.speak(voice);
    return customer;
  }

  /** A console with a leg that is connected and silent. */
  async warm(id: string): Promise<ConsolePeer> {
    const peer = await ConsolePeer.open();
    onTestFinished(() => peer.close());
    await peer.connect(accepted(await this.bridge.addLeg(id, peer.offer)));
    await this.event('connected', ({ leg }) => leg.side === 'agent' && leg.leg === id);
    return peer;
  }

  /** A console with a warm leg: connected and speaking, routed to nobody yet. */
  async agent(id: string, hz: number): Promise<ConsolePeer> {
    const peer = await this.warm(id);
    peer.speak({ kind: 'tone', hz });
    return peer;
  }
}

function isType<T extends BridgeEvent['type']>(
  event: BridgeEvent,
  type: T,
): event is Extract<BridgeEvent, { type: T }> {
  return event.type === type;
}
