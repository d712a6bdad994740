import type { SafeRateCard } from '../db/storage/safe-stores.ts';
import type { Storage } from '../db/storage/storage.ts';
import { tellingCalls } from '../db/telling-calls.ts';
import type { NumberService } from '../numbers/number-service.ts';
import type { Numbers } from '../numbers/numbers.ts';
import { ReadyService } from '../ready/ready-service.ts';
import { Ringer } from '../ready/ringer.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';
import type { WorkspaceOptions, WorkspacePorts } from './workspace.ts';

export interface ReadyParts {
  workspace: WorkspacePorts;
  options: WorkspaceOptions;
  storage: Storage;
  numbers: Numbers;
  numberService: NumberService;
  rateCard: SafeRateCard;
  relay: RelayClient | undefined;
}

/** Whether this console can ring, and whether the numbers can ring, be heard and call. */
export function openReady(parts: ReadyParts): { ready: ReadyService; ringer: Ringer } {
  const { options, storage, numbers, rateCard, relay } = parts;
  const { clock, log, transport, organisation, devices } = parts.workspace;
  const changed = () => {
    ready.handleChange();
    parts.workspace.readyChanged();
    parts.workspace.changed();
  };
  const ringer = new Ringer({
    clock,
    ask: parts.workspace.askRinger,
    report: (problem, probe) => relay?.reportRinger(problem, probe),
    needsMicrophone: () => numbers.accounts.some(({ id }) => relay?.pathOf(id) !== 'external'),
    changed,
  });
  const found = devices();
  if (found) ringer.handleDevices(found);
  relay?.on('probe', (probe) => ringer.probe(probe));
  const ready: ReadyService = new ReadyService({
    ...numbers,
    numbers: parts.numberService,
    agentId: options.agent.id,
    relayUrl: options.relay.url,
    connection: () => relay?.connection ?? { state: 'unconfigured' },
    askRelay: async () => relay?.checks(),
    echo: async (sdp) => (await relay?.echo(sdp)) ?? { end: 'unanswered' },
    epoch: () => relay?.epoch,
    pathOf: (accountId) => relay?.pathOf(accountId),
    ringer: () => ringer.state,
    iceServers: () => relay?.iceServers ?? [],
    socksSignedIn: () => transport.socksSignedIn?.(),
    onlyTurn: organisation.policy.route?.media === 'turn',
    earlierCalls: (accountId) => storage.read(({ db }) => tellingCalls(db, accountId), []),
    devices,
    rateCard: () => rateCard.get(),
    fetch: transport.fetch,
    clock,
    log,
    changed,
  });
  relay?.on('webhooks', (webhooks) => ready.handleWebhooks(webhooks));
  return { ready, ringer };
}
