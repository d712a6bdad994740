import { RelayClient } from '../relay-client/relay-client.ts';
import type { RelayAddress } from '../recordings/relay-file.ts';
import type { WorkspaceOptions, WorkspacePorts } from './workspace.ts';
import type { WorkspaceStorage } from './workspace-storage.ts';

/** @returns undefined without a token: such a workspace has no relay */
export function openRelay(
  { relay: { url, token } }: WorkspaceOptions,
  { transport, release, clock, log }: WorkspacePorts,
  { callLog }: WorkspaceStorage,
): RelayClient | undefined {
  if (token === undefined) return undefined;
  return new RelayClient({
    url,
    token,
    WebSocket: transport.WebSocket,
    clock,
    random: Math.random,
    cursorStore: callLog.cursor,
    log,
    ...(release !== undefined && { release }),
  });
}

/** Where the relay serves the recordings that it has made. */
export const relayRecordings =
  ({ url, token }: WorkspaceOptions['relay']): RelayAddress =>
  (id, track) => {
    const tail = track === undefined ? '' : `/${track}`;
    return served({ url, token }, `/v1/recordings/${encodeURIComponent(id)}${tail}`);
  };

/** Where the relay serves what customers of a number hear before a recording. */
export const relayAnnouncement = (relay: WorkspaceOptions['relay'], accountId: string) =>
  served(relay, `/v1/announcements/${encodeURIComponent(accountId)}`);

function served({ url, token }: WorkspaceOptions['relay'], path: string) {
  if (token === undefined) return undefined;
  const address = new URL(path, url);
  address.protocol = address.protocol.replace('ws', 'http');
  return { url: address.href, headers: { authorization: `Bearer ${token}` } };
}
