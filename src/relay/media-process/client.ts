import type { Socket } from 'node:net';
import type { Result } from '../../shared/lib/result.ts';
import { reasonOf, type Log } from '../log.ts';
import { MediaConnection } from './connection.ts';
import type { MediaHost, MediaListener } from './host.ts';
import { replies, type HostRequest } from './wire.ts';

/**
 * The media of a process of its own. A request that cannot be asked is answered like one about a call without media.
 *
 * @param connect finds or starts the process
 */
export async function openRemoteHost(
  connect: () => Promise<Socket>,
  listener: MediaListener,
  log: Log,
): Promise<MediaHost> {
  const media = new MediaConnection(connect, listener, log);

  /** Makes a leg of a call, which has media from then on. */
  const makeLeg = (
    request: HostRequest & { method: 'answerCustomer' | 'offerCustomer' | 'addLeg' },
  ) => {
    media.track(request.call);
    return answered(async () => replies[request.method].parse(await media.ask(request)));
  };

  await media.open();
  return {
    outlivesRelay: true,
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
    async report(call) {
      try {
        return replies.report.parse(await media.ask({ method: 'report', call }));
      } catch {
        return undefined;
      }
    },
    end: (call) => media.end(call),
    close: () => media.close(),
  };
}

async function answered<T>(ask: () => Promise<Result<T, string>>): Promise<Result<T, string>> {
  try {
    return await ask();
  } catch (error) {
    return { ok: false, error: reasonOf(error) };
  }
}
