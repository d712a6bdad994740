import type { ConsoleFacts, NumberChecksFacts } from '../../../../src/shared/checks/facts.ts';
import { capabilities } from '../../../../src/shared/providers/capabilities.ts';
import { providerIds, type ProviderId } from '../../../../src/shared/rules/data/providers.ts';

/** A Monday, 15:00 UTC. */
export const NOW = Date.UTC(2026, 10, 30, 15);

export const kinds: readonly ProviderId[] = providerIds;

/** An echo call in which the agent was heard well. */
export const heardEcho = {
  end: 'heard',
  spoken: 0.7,
  heard: 0.7,
  rttMs: 40,
  lossPercent: 0,
  by: 'udp',
} as const;

/** A console that is well in every way. */
export const wellConsole = (more: Partial<ConsoleFacts> = {}): ConsoleFacts => ({
  agentId: 'ana',
  connection: { state: 'connected', since: NOW - 60_000, provenAt: NOW },
  relayUrl: 'wss://relay.example/v1/agents',
  relay: {
    clockAheadMs: 0,
    numbers: kinds.map((accountId) => ({ accountId, takenAt: NOW - 60_000 })),
  },
  ringer: { state: 'ready', at: NOW - 20_000 },
  devices: {
    microphone: 'ready',
    speaker: 'ready',
    microphoneLabel: 'Headset',
    speakerLabel: 'Headset',
  },
  network: {
    at: NOW,
    stun: 'answered',
    turn: 'answered',
    turnByUdp: 'answered',
    host: 'relay.example',
  },
  echo: { at: NOW, report: heardEcho },
  prices: { name: 'card.csv', from: Date.UTC(2026, 9, 1) },
  ...more,
});

/** A number of a kind that is well in every way; its id is the kind. */
export function wellNumber(
  provider: ProviderId,
  more: Partial<NumberChecksFacts> = {},
): NumberChecksFacts {
  const able = capabilities[provider];
  return {
    id: provider,
    provider,
    number: '+551150201234',
    path: able.path,
    capabilities: able,
    hasKey: true,
    phoneNumberId: provider === 'meta' ? '1065403522' : undefined,
    business: { number: '+551150201234', label: 'Support', facts: [], graphVersion: 'v26.0' },
    settings:
      able.settings === 'available'
        ? {
            calling: true,
            ...(provider === 'zernio'
              ? { forwarding: { to: 'tel:+55115020', recording: false, sipPasswordSet: false } }
              : { iconVisible: true, hours: {}, sip: 'off', keyExchange: 'dtls' }),
          }
        : undefined,
    readings: {
      ...(provider === 'meta' && {
        token: { at: NOW, value: {} },
        subscribed: { at: NOW, value: true },
        tier: { at: NOW, value: 'TIER_10K' },
        webhook: {
          at: NOW,
          value: { address: 'https://relay.example/webhooks/meta/meta', reaches: 'relay' as const },
        },
      }),
      ...(provider === 'pilot-web' && { phone: { at: NOW, value: true as const } }),
    },
    ...more,
  };
}
