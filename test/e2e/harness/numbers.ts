import { assertNever } from '../../../src/shared/lib/assert-never.ts';
import type { ProviderId } from '../../../src/shared/rules/data/providers.ts';
import type { Simulator, SimulatorConfigInput } from '../../../src/simulator/simulator.ts';

/** Kinds of number under test. `zernio-softphone` forwards its calls to the relay. */
export type TestNumberKind = ProviderId | 'zernio-softphone';

/** One business number as simulator, relay and console are configured with it. */
export interface TestNumber {
  simulated: SimulatorConfigInput['accounts'][number];
  /** Its account in the relay's config. `root`: base URL of the simulator. */
  relay: (root: string, path: 'direct' | 'relayed') => Record<string, unknown>;
  /** Its account in a console's profile. */
  profile: (root: string) => Record<string, unknown>;
  /** Path below the relay's `/webhooks/`. */
  webhook: string;
  /** Configures the number at the provider once both are running. */
  setUp?: (simulator: Simulator, relayUrl: string) => void;
}

export const account = {
  id: 'support',
  label: 'Support',
  number: '+551150201234',
  phoneNumberId: '106540352242922',
  wabaId: '102290129340398',
};

/** Secrets that must appear nowhere in clear text; tests search for them. */
export const secrets = {
  accessToken: 'EAAGstageaccesstoken0123456789abcdefghij',
  appSecret: 'stage-app-secret-5e3c',
  verifyToken: 'stage-verify-token',
};

/** The same for numbers at other providers. */
export const resellerSecrets = {
  apiKey: 'stage-key-of-the-number-71b2',
  webhookSecret: 'stage-secret-in-the-address',
  signingSecret: 'stage-signing-secret-09af',
  streamSecret: 'stage-secret-of-the-stream',
};

const { apiKey, webhookSecret, signingSecret, streamSecret } = resellerSecrets;
const zernioAccountId = 'acc_stage';
const { id, label, number, phoneNumberId, wabaId } = account;
const shown = { id, label, number };
const cloud = { id, phoneNumberId, wabaId, displayPhoneNumber: number.slice(1) };

export function testNumber(kind: TestNumberKind): TestNumber {
  switch (kind) {
    case 'meta': {
      const { accessToken, appSecret, verifyToken } = secrets;
      return {
        simulated: { ...cloud, provider: kind, ...secrets },
        relay: (root, path) => ({
          id,
          provider: kind,
          phoneNumberId,
          appSecret,
          verifyToken,
          ...(path === 'relayed' && { path, accessToken, apiBase: root }),
        }),
        profile: (root) => ({ ...account, provider: kind, accessToken, apiBase: `${root}/v23.0` }),
        webhook: `meta/${id}`,
      };
    }
    case 'd360':
    case 'pilot-meta':
      return {
        simulated: { ...cloud, provider: kind, apiKey },
        relay: (root, path) => ({
          id,
          provider: kind,
          webhookSecret,
          ...(path === 'relayed' && { path, apiKey, apiBase: root }),
        }),
        profile: (root) => ({ ...shown, provider: kind, apiKey, apiBase: root }),
        webhook: `${kind}/${id}/${webhookSecret}`,
      };
    case 'pilot-web':
      return {
        simulated: { id, provider: kind, displayPhoneNumber: cloud.displayPhoneNumber, apiKey },
        relay: () => ({ id, provider: kind, webhookSecret }),
        profile: (root) => ({ ...shown, provider: kind, apiKey, apiBase: root }),
        webhook: `${kind}/${id}/${webhookSecret}`,
      };
    case 'zernio':
    case 'zernio-softphone': {
      const inSoftphone = kind === 'zernio-softphone';
      return {
        simulated: {
          id,
          provider: 'zernio',
          displayPhoneNumber: cloud.displayPhoneNumber,
          phoneNumberId,
          phoneNumberDocId: 'doc_stage',
          zernioAccountId,
          apiKey,
          webhookSecret: signingSecret,
          forwardTo: 'tel:+551150209999',
        },
        relay: () => ({
          id,
          provider: 'zernio',
          signingSecret,
          ...(inSoftphone && { stream: { secret: streamSecret } }),
        }),
        profile: (root) => ({
          ...shown,
          provider: 'zernio',
          apiKey,
          zernioAccountId,
          apiBase: `${root}/api`,
          ...(inSoftphone && { softphone: 'relay' }),
        }),
        webhook: `zernio/${id}`,
        ...(inSoftphone && { setUp: forwardToRelay }),
      };
    }
    default:
      return assertNever(kind, 'kind of number');
  }
}

function forwardToRelay(simulator: Simulator, relayUrl: string): void {
  const base = relayUrl.replace(/^http/, 'ws');
  simulator.changeSettings({ forwardTo: `${base}/v1/streams/zernio/${id}/${streamSecret}` }, id);
}
