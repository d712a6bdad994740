import { assertNever } from '../shared/lib/assert-never.ts';
import type { Clock } from '../shared/lib/clock.ts';
import { createApiFaultGate } from './api-faults.ts';
import { Switchboard } from './calls/switchboard.ts';
import type { Account, SimulatorConfig } from './config.ts';
import { ChatService } from './customers/chat-service.ts';
import { Directory } from './customers/directory.ts';
import { PermissionService } from './customers/permission-service.ts';
import { D360Provider } from './d360/provider.ts';
import { noFaults, patchFaults } from './faults.ts';
import { Scheduler } from './lib/scheduler.ts';
import { newCertificate } from './media/peer.ts';
import { MetaProvider } from './meta/provider.ts';
import { RealtimeHost } from './pcm/realtime-host.ts';
import { PilotProvider } from './pilot/provider.ts';
import type { Provider, World } from './providers.ts';
import { WebhookSender } from './webhooks/sender.ts';
import { ZernioProvider } from './zernio/provider.ts';

/** Everything that is not specific to a provider: customers, calls, messages, time. */
export async function openWorld(config: SimulatorConfig, clock: Clock): Promise<World> {
  const { timing } = config;
  const directory = new Directory(config.customers);
  const scheduler = new Scheduler(clock);
  const permissions = new PermissionService({
    directory,
    clock,
    scheduler,
    replyAfterMs: timing.permissionReplyAfterMs,
  });
  const switchboard = new Switchboard({
    config,
    clock,
    permissions,
    certificate: await newCertificate(),
    faults: patchFaults(noFaults, config.faults),
  });
  return {
    clock,
    scheduler,
    timing,
    directory,
    permissions,
    chats: new ChatService({ clock, scheduler, timing }),
    switchboard,
    webhooks: new WebhookSender(timing, clock),
    apiFaults: createApiFaultGate({ clock, faultsOf: (call) => switchboard.faultsOf(call) }),
    baseUrl: '',
    realtime: await RealtimeHost.open(config.listen.host, clock),
    speechFile: config.media.speechFile,
    recordingFile: config.media.recordingFile,
  };
}

/** To add a provider, add a case here. */
export function openProvider(account: Account, world: World): Provider {
  switch (account.provider) {
    case 'meta':
      return new MetaProvider(account, world);
    case 'd360':
      return new D360Provider(account, world);
    case 'pilot-meta':
    case 'pilot-web':
      return new PilotProvider(account, world);
    case 'zernio':
      return new ZernioProvider(account, world);
    default:
      return assertNever(account, 'provider');
  }
}
