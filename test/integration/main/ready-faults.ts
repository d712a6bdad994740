import {
  checked,
  cloud,
  elsewhere,
  type Fault,
  type Kind,
  press,
  quietFor,
  refusal,
  rejected,
  webhookComes,
  wellAgain,
} from './ready-acts.ts';
import { NEIGHBOUR } from './ready-world.ts';

export const every: readonly Kind[] = ['meta', 'd360', 'pilot-meta', 'pilot-web', 'zernio'];
const signed: readonly Kind[] = ['meta', 'd360', 'zernio'];

export const faults: readonly Fault[] = [
  {
    name: 'the relay is away',
    plays: [],
    of: every,
    check: 'relay',
    play: (world) => world.stopRelay(),
    repair: (world) => world.startRelay(),
  },
  {
    name: 'the relay’s clock is behind',
    plays: [],
    of: cloud,
    check: 'relay-clock',
    async play(world) {
      world.setRelayAhead(-200_000);
      await checked(world);
    },
    async repair(world) {
      world.setRelayAhead(0);
      await checked(world);
    },
  },
  {
    name: 'webhooks go elsewhere',
    plays: [],
    of: ['meta'],
    check: 'webhook-address',
    async play(world) {
      await world.simulator.setWebhookUrl(`${world.simulator.baseUrl}/nowhere`);
      await checked(world);
    },
    async repair(world) {
      await world.simulator.setWebhookUrl(world.webhookUrl);
      await checked(world);
    },
  },
  {
    name: 'webhooks go to the address of another number',
    plays: [],
    of: every,
    check: 'webhook-address',
    async play(world) {
      await quietFor(world, 60_000);
      await world.simulator.setWebhookUrl(world.webhookUrl.replace(world.id, NEIGHBOUR));
      await webhookComes(world);
    },
    async repair(world) {
      await world.simulator.setWebhookUrl(world.webhookUrl);
      await webhookComes(world);
    },
  },
  {
    name: 'the signing secret is wrong',
    plays: ['webhooks.damage', 'webhooks.damage.bad-signature'],
    of: signed,
    check: 'webhook-signature',
    async play(world) {
      await quietFor(world, 60_000);
      world.simulator.setFaults({ webhooks: { damage: 'bad-signature' } });
      await webhookComes(world);
    },
    async repair(world) {
      wellAgain(world);
      await webhookComes(world);
    },
  },
  {
    name: 'webhooks are not signed',
    plays: ['webhooks.damage', 'webhooks.damage.unsigned'],
    of: signed,
    check: 'webhook-signature',
    async play(world) {
      await quietFor(world, 60_000);
      world.simulator.setFaults({ webhooks: { damage: 'unsigned' } });
      await webhookComes(world);
    },
    async repair(world) {
      wellAgain(world);
      await webhookComes(world);
    },
  },
  {
    name: 'webhooks cannot be read',
    plays: ['webhooks.damage', 'webhooks.damage.garbage'],
    of: ['meta', 'd360', 'pilot-meta', 'pilot-web', 'zernio'],
    check: 'webhook-signature',
    async play(world) {
      world.simulator.setFaults({ webhooks: { damage: 'garbage' } });
      await webhookComes(world);
    },
    async repair(world) {
      wellAgain(world);
      await webhookComes(world);
    },
  },
  {
    name: 'the app is not subscribed',
    plays: [],
    of: ['meta'],
    check: 'subscription',
    async play(world) {
      await fetch(`${world.simulator.baseUrl}/v26.0/1022901293/subscribed_apps`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${world.number.secret}` },
      });
      await checked(world);
    },
    repair: (world) => press(world, 'subscribe'),
  },
  {
    name: 'calls are switched off elsewhere',
    plays: ['138000'],
    of: cloud,
    check: 'calling',
    play: (world) => elsewhere(world, { status: 'DISABLED' }),
    repair: (world) => press(world, 'switch-calling-on'),
  },
  {
    name: 'calls are switched off in the provider’s own pages',
    plays: [],
    of: ['zernio'],
    check: 'calling',
    async play(world) {
      const path = '/api/v1/whatsapp/phone-numbers/doc_1/calling?accountId=acc_1';
      await fetch(`${world.simulator.baseUrl}${path}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${world.number.secret}` },
      });
      await checked(world);
    },
    repair: (world) => press(world, 'switch-calling-on'),
  },
  {
    name: 'SIP is on',
    plays: ['131055'],
    of: ['meta', 'd360'],
    check: 'sip',
    play: (world) =>
      elsewhere(world, { sip: { status: 'ENABLED', servers: [{ hostname: 'sip.example' }] } }),
    repair: (world) => elsewhere(world, { sip: { status: 'DISABLED' } }),
  },
  {
    name: 'keys are exchanged by SDES',
    plays: ['138008'],
    of: ['meta', 'd360'],
    check: 'key-exchange',
    async play(world) {
      world.simulator.setFaults({ api: { fail: { connect: { code: 138_008 } } } });
      await elsewhere(world, { srtp_key_exchange_protocol: 'SDES' });
      await world.dial();
    },
    async repair(world) {
      wellAgain(world);
      await elsewhere(world, { srtp_key_exchange_protocol: 'DTLS' });
    },
  },
  {
    name: 'the telephone is not connected',
    plays: ['api.disconnected', 'WHATSAPP_INSTANCE_NOT_CONNECTED'],
    of: ['pilot-web'],
    check: 'phone',
    async play(world) {
      world.simulator.setFaults({ api: { disconnected: true } });
      await checked(world);
    },
    async repair(world) {
      wellAgain(world);
      await checked(world);
    },
  },
  {
    name: 'nothing can be played',
    plays: [],
    of: ['meta', 'pilot-web'],
    check: 'ring',
    play(world) {
      world.setPlays(false);
      world.workspace.ringer.probe();
    },
    repair(world) {
      world.setPlays(true);
      world.workspace.ringer.probe();
    },
  },
  {
    name: 'the microphone is unplugged',
    plays: [],
    of: ['meta', 'pilot-web'],
    check: 'microphone',
    play: (world) => world.setDevices({ microphone: 'none' }),
    repair: (world) => world.setDevices({ microphone: 'ready' }),
  },
  {
    name: 'there is no speaker',
    plays: [],
    of: ['d360'],
    check: 'speaker',
    play: (world) => world.setDevices({ speaker: 'none' }),
    repair: (world) => world.setDevices({ speaker: 'ready' }),
  },
  {
    name: 'UDP is blocked',
    plays: [],
    of: cloud,
    check: 'udp',
    play: (world) => world.setNetwork({ stun: 'silent', turnByUdp: 'silent' }),
    repair: (world) => world.setNetwork({}),
  },
  {
    name: 'the messaging limit is too low',
    plays: ['api.messagingLimit'],
    of: ['meta'],
    check: 'tier',
    async play(world) {
      world.simulator.setFaults({ api: { messagingLimit: 250 } });
      await checked(world);
    },
    async repair(world) {
      wellAgain(world);
      await checked(world);
    },
  },
  {
    name: 'the webhook’s secret is an old one',
    plays: [],
    of: ['pilot-meta', 'pilot-web'],
    check: 'webhook-signature',
    async play(world) {
      await quietFor(world, 60_000);
      await world.simulator.setWebhookUrl(`${world.webhookUrl}-of-last-year`);
      await webhookComes(world);
    },
    async repair(world) {
      await world.simulator.setWebhookUrl(world.webhookUrl);
      await webhookComes(world);
    },
  },
  {
    name: 'the provider rejects the key',
    plays: ['190', 'http-401', 'authentication_error', 'api.fail'],
    of: every,
    check: 'key',
    async play(world) {
      world.failAll(rejected[world.number.kind]);
      await checked(world);
    },
    async repair(world) {
      wellAgain(world);
      await checked(world);
    },
  },
  {
    name: 'the access token has ended',
    plays: ['api.tokenEndsAt'],
    of: ['meta'],
    check: 'key',
    async play(world) {
      world.simulator.setFaults({ api: { tokenEndsAt: Date.now() - 60_000 } });
      await checked(world);
    },
    async repair(world) {
      wellAgain(world);
      await checked(world);
    },
  },
  {
    ...refusal('no payment method is set up', 'payment', 131044),
    plays: ['131044', 'META_CALLING_PAYMENT_REQUIRED'],
  },
  refusal('another responder has its calls', 'routing', 138038),
  refusal('nothing is subscribed to its calls', 'subscription', 138018),
  refusal('its country may not call customers', 'country', 138013),
  refusal('WhatsApp has paused its calls', 'restriction', 138014),
  refusal('its account is locked', 'restriction', 131031),
  refusal('calls do not connect in time', 'udp', 138007),
  refusal('WhatsApp hears nothing from us', 'udp', 138021),
  refusal('calls are answered, and no sound comes', 'udp', 138023),
  {
    name: 'calls cannot be switched on below the limit',
    plays: ['138015'],
    of: ['d360', 'pilot-meta'],
    check: 'tier',
    async play(world) {
      world.simulator.setFaults({ api: { messagingLimit: 250 } });
      await elsewhere(world, { status: 'DISABLED' });
      await press(world, 'switch-calling-on').catch(() => undefined);
    },
    async repair(world) {
      wellAgain(world);
      await press(world, 'switch-calling-on');
    },
  },
  {
    name: 'the number is in the WhatsApp Business app as well',
    plays: [],
    of: cloud,
    check: 'coexistence',
    async play(world) {
      await elsewhere(world, { status: 'DISABLED' });
      const details = 'Not available for numbers of the WhatsApp Business app';
      const code = 100;
      world.simulator.setFaults({ api: { fail: { settings: { code, details, times: 1 } } } });
      await press(world, 'switch-calling-on').catch(() => undefined);
    },
    repair: (world) => press(world, 'switch-calling-on'),
  },
  {
    // The last: for the provider it lasts.
    name: 'WhatsApp restricts the number',
    plays: ['notice.restriction'],
    of: ['meta'],
    check: 'restriction',
    play: (world) =>
      world.simulator.announce({
        what: 'restriction',
        type: 'RESTRICTED_USER_INITIATED_CALLING',
        expiresAt: Date.now() + 60_000,
      }),
    async repair(world) {
      world.setAhead(61_000);
      await checked(world);
    },
  },
];
