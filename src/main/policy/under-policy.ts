import type { MediaCommand } from '../../shared/ipc/events.ts';
import type { ScreenPop } from '../../shared/links/screen-pop.ts';
import { appliedSettings, type Policy } from '../../shared/policy/policy.ts';
import { relayEndpoint } from '../provisioning/provision.ts';

interface Provisioned {
  /** The relay's full endpoint. */
  relayUrl: string;
  screenPop?: ScreenPop | undefined;
}

/** A setting about which a profile and the policy disagree. */
export type Disagreement = 'relay' | 'screenPop';

/** What a profile says, with the policy's word where it has one. */
export function underPolicy(
  { relayUrl, screenPop }: Provisioned,
  policy: Policy,
): Provisioned & { differ: readonly Disagreement[] } {
  const url = policy.relay?.url;
  const endpoint = url === undefined ? relayUrl : relayEndpoint(url);
  const page = appliedSettings(policy).screenPop;
  const differ: Disagreement[] = [];
  if (endpoint !== relayUrl) differ.push('relay');
  if (page !== undefined && screenPop !== undefined && page.address !== screenPop.address) {
    differ.push('screenPop');
  }
  // The policy's own page is among the settings, which a profile's would hide.
  return { relayUrl: endpoint, screenPop: page === undefined ? screenPop : undefined, differ };
}

/** The way to the softphone, by which the policy says how the relay's media is reached. */
export function mediaUnder(
  { route }: Policy,
  send: (command: MediaCommand) => void,
): (command: MediaCommand) => void {
  if (route?.media !== 'turn') return send;
  return (command) => {
    const leg = command.do === 'offer' ? command.leg : undefined;
    send(leg ? { ...command, do: 'offer', leg: { ...leg, onlyTurn: true } } : command);
  };
}
