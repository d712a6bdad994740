import { capabilities, type Capabilities } from '../../../src/shared/providers/capabilities.ts';
import type { Account } from '../../../src/main/providers/account.ts';
import type { SimulatorConfigInput } from '../../../src/simulator/simulator.ts';

/**
 * One number of every kind, as WhatsApp and its reseller (the simulator), the relay and the console
 * know it. Only the differences are here; the contract itself knows none of them.
 */
export interface ContractNumber {
  kind: Account['provider'];
  simulated: SimulatorConfigInput['accounts'][number];
  relay: Record<string, unknown>;
  /** `root`: the simulator's. */
  account: (root: string) => Account;
  secret: string;
  /** After `/webhooks/`. */
  webhook: string;
}

const id = 'support';
const number = '+551150201234';
const secret = 'the-key-of-the-number';
const inAddress = 'a-secret-in-the-address';
const signing = 'the-signing-secret';
const cloud = { id, displayPhoneNumber: number, phoneNumberId: '1065403522', wabaId: '1022901293' };
const common = { id, label: 'Support', number };

export const numbers: readonly ContractNumber[] = [
  {
    kind: 'meta',
    simulated: {
      ...cloud,
      provider: 'meta',
      accessToken: secret,
      appSecret: signing,
      verifyToken: 'v',
    },
    relay: {
      id,
      provider: 'meta',
      phoneNumberId: cloud.phoneNumberId,
      appSecret: signing,
      verifyToken: 'v',
    },
    account: (apiBase) => ({
      ...common,
      apiBase,
      provider: 'meta',
      phoneNumberId: cloud.phoneNumberId,
      wabaId: cloud.wabaId,
      recording: { purpose: 'Training of new colleagues' },
    }),
    secret,
    webhook: `meta/${id}`,
  },
  {
    kind: 'd360',
    simulated: { ...cloud, provider: 'd360', apiKey: secret, webhookSecret: signing },
    relay: { id, provider: 'd360', platformSecret: signing },
    account: (apiBase) => ({ ...common, apiBase, provider: 'd360' }),
    secret,
    webhook: `d360/${id}`,
  },
  {
    kind: 'pilot-meta',
    simulated: { ...cloud, provider: 'pilot-meta', apiKey: secret },
    relay: { id, provider: 'pilot-meta', webhookSecret: inAddress },
    account: (apiBase) => ({ ...common, apiBase, provider: 'pilot-meta' }),
    secret,
    webhook: `pilot-meta/${id}/${inAddress}`,
  },
  {
    kind: 'pilot-web',
    simulated: { id, displayPhoneNumber: number, provider: 'pilot-web', apiKey: secret },
    relay: { id, provider: 'pilot-web', webhookSecret: inAddress },
    account: (apiBase) => ({ ...common, apiBase, provider: 'pilot-web' }),
    secret,
    webhook: `pilot-web/${id}/${inAddress}`,
  },
  {
    kind: 'zernio',
    simulated: {
      id,
      displayPhoneNumber: number,
      provider: 'zernio',
      zernioAccountId: 'acc_1',
      phoneNumberDocId: 'doc_1',
      phoneNumberId: cloud.phoneNumberId,
      apiKey: secret,
      webhookSecret: signing,
      forwardTo: 'tel:+551150209999',
      recordingEnabled: true,
      destination: { answerAfterMs: 50 },
    },
    relay: { id, provider: 'zernio', signingSecret: signing },
    account: (root) => ({
      ...common,
      apiBase: `${root}/api`,
      provider: 'zernio',
      zernioAccountId: 'acc_1',
    }),
    secret,
    webhook: `zernio/${id}`,
  },
];

/** A Zernio number whose calls are forwarded to the relay, for the softphone. */
export const inSoftphone: ContractNumber = {
  ...numberOf('zernio'),
  relay: { id, provider: 'zernio', signingSecret: signing, stream: { secret: inAddress } },
  account: (root) => ({
    ...common,
    apiBase: `${root}/api`,
    provider: 'zernio',
    zernioAccountId: 'acc_1',
    softphone: 'relay',
  }),
};
/** After the relay's own address. */
export const streamPath = `/v1/streams/zernio/${id}/${inAddress}`;

/** A part of a call, or something around it, that not every number has. */
export type Ability = Exclude<keyof Capabilities, 'media'>;

/** The kinds of number that have it. */
export const able = (ability: Ability): ContractNumber[] =>
  numbers.filter(({ kind }) => capabilities[kind][ability] === 'available');

export function numberOf(kind: ContractNumber['kind']): ContractNumber {
  const found = numbers.find((number) => number.kind === kind);
  if (!found) throw new Error(`no number of kind ${kind}`);
  return found;
}
