import type { Result } from '../../shared/lib/result.ts';
import type { MediaHost } from './host.ts';

/** The media processes of a data folder. */
export interface PooledHosts {
  /** The hosts that get new calls. */
  hosts: readonly MediaHost[];
  /** Hosts from when more were configured: they keep their calls and exit after the last. */
  retired: readonly MediaHost[];
}

/**
 * Several media hosts as one. A call stays in the host that had the fewest calls when it started; a
 * host that is down gets none while another is up.
 */
export function poolMediaHosts({ hosts, retired }: PooledHosts): MediaHost {
  const homes = new Map<string, MediaHost>();
  const all = [...hosts, ...retired];
  const running = () => all.filter(isAlive);

  const callsIn = (host: MediaHost) => {
    let calls = 0;
    for (const home of homes.values()) if (home === host) calls += 1;
    return calls;
  };

  /** The host of a call; chooses one for a new call. */
  const place = (call: string): MediaHost | undefined => {
    const home = homes.get(call) ?? leastBusy(hosts, callsIn);
    if (home) homes.set(call, home);
    return home;
  };

  const leaveIfIdle = async (host: MediaHost) => {
    if (retired.includes(host) && callsIn(host) === 0) await host.close();
  };

  return {
    outlivesRelay: all.every(({ outlivesRelay }) => outlivesRelay),
    processes: () => [...hosts, ...retired.filter(isAlive)].flatMap((host) => host.processes()),
    async listen() {
      await Promise.all(running().map((host) => host.listen()));
    },
    async calls() {
      await Promise.all(
        running().map(async (host) => {
          for (const call of await host.calls()) homes.set(call, host);
          await leaveIfIdle(host);
        }),
      );
      return [...homes.keys()];
    },
    answerCustomer: async (call, offerSdp) =>
      place(call)?.answerCustomer(call, offerSdp) ?? NO_MEDIA,
    offerCustomer: async (call) => place(call)?.offerCustomer(call) ?? NO_MEDIA,
    async startCustomer(call) {
      await homes.get(call)?.startCustomer(call);
    },
    applyCustomerAnswer: async (call, answerSdp) =>
      homes.get(call)?.applyCustomerAnswer(call, answerSdp) ?? NO_MEDIA,
    async openGate(call) {
      await homes.get(call)?.openGate(call);
    },
    addLeg: async (call, leg, offerSdp) => homes.get(call)?.addLeg(call, leg, offerSdp) ?? NO_MEDIA,
    async removeLeg(call, leg) {
      await homes.get(call)?.removeLeg(call, leg);
    },
    route: async (call, routing) =>
      homes.get(call)?.route(call, routing) ?? { ok: false, error: 'unknown-leg' },
    async record(call, request) {
      await homes.get(call)?.record(call, request);
    },
    report: async (call) => homes.get(call)?.report(call),
    echo: async (agentId, offerSdp) =>
      leastBusy(hosts, callsIn)?.echo(agentId, offerSdp) ?? NO_MEDIA,
    async end(call) {
      const home = homes.get(call);
      homes.delete(call);
      // A host that hung when it was asked for its calls may have it.
      await Promise.all((home ? [home] : all).map((host) => host.end(call)));
      if (home) await leaveIfIdle(home);
    },
    async close() {
      await Promise.all(all.map((host) => host.close()));
    },
  };
}

const NO_MEDIA: Result<never, string> = { ok: false, error: 'the call has no media here' };

const isAlive = (host: MediaHost) => host.processes().some(({ isAlive }) => isAlive);

function leastBusy(
  hosts: readonly MediaHost[],
  callsIn: (host: MediaHost) => number,
): MediaHost | undefined {
  const running = hosts.filter(isAlive);
  const candidates = running.length > 0 ? running : hosts;
  return candidates.toSorted((a, b) => callsIn(a) - callsIn(b))[0];
}
