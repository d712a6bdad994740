import type { Result } from '../../shared/lib/result.ts';
import { reasonOf } from '../log.ts';
import { MediaConnection, type MediaConnectionPorts } from './connection.ts';
import type { MediaHost } from './host.ts';
import { replies, type HostRequest } from './wire.ts';

/** A host in another process, which may still have to be found or started. */
export interface RemoteHost {
  host: MediaHost;
  /** Rejects when it can neither be found nor started. */
  opened: Promise<unknown>;
  /** Keeps trying to connect. */
  reopen(): Promise<void>;
}

/**
 * Media in a separate process. If it cannot be asked, a request is answered as if the call had no
 * media.
 */
export function remoteHost(ports: MediaConnectionPorts): RemoteHost {
  const media = new MediaConnection(ports);

  /** Makes a leg of a call, which has media from then on. */
  const makeLeg = (
    request: HostRequest & { method: 'answerCustomer' | 'offerCustomer' | 'addLeg' },
  ) => {
    media.track(request.call);
    return answered(async () => replies[request.method].parse(await media.ask(request)));
  };

  const host: MediaHost = {
    outlivesRelay: true,
    processes: () => [{ isAlive: media.isAlive, calls: media.callCount }],
    async calls() {
      const alive = replies.calls.parse(await media.ask({ method: 'calls' }));
      media.track(...alive);
      return alive;
    },
    listen: () => media.listen(),
    answerCustomer: (call, offer) => makeLeg({ method: 'answerCustomer', call, sdp: offer }),
    offerCustomer: (call) => makeLeg({ method: 'offerCustomer', call }),
    startCustomer: (call) => media.tell({ method: 'startCustomer', call }),
    applyCustomerAnswer: (call, sdp) =>
      answered(async () =>
        replies.applyCustomerAnswer.parse(
          await media.ask({ method: 'applyCustomerAnswer', call, sdp }),
        ),
      ),
    openGate: (call) => media.tell({ method: 'openGate', call }),
    addLeg: (call, leg, offer) => makeLeg({ method: 'addLeg', call, leg, sdp: offer }),
    removeLeg: (call, leg) => media.tell({ method: 'removeLeg', call, leg }),
    async route(call, routing) {
      try {
        return replies.route.parse(await media.ask({ method: 'route', call, routing }));
      } catch {
        return { ok: false, error: 'unknown-leg' };
      }
    },
    record: (call, request) => media.tell({ method: 'record', call, request }),
    async report(call) {
      try {
        return replies.report.parse(await media.ask({ method: 'report', call }));
      } catch {
        return undefined;
      }
    },
    echo: (agentId, sdp) =>
      answered(async () => replies.echo.parse(await media.ask({ method: 'echo', agentId, sdp }))),
    end: (call) => media.end(call),
    close: () => media.close(),
  };
  return { host, opened: media.open(), reopen: () => media.reopen() };
}

async function answered<T>(ask: () => Promise<Result<T, string>>): Promise<Result<T, string>> {
  try {
    return await ask();
  } catch (error) {
    return { ok: false, error: reasonOf(error) };
  }
}
