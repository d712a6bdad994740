import { isLive, type Call } from '../../shared/call/model.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import type { Provider } from './ports.ts';
import { refuse, refuseFailure } from './refuse.ts';

/** Has a public sound file played into a call. */
export async function playInto(
  call: Call | undefined,
  provider: Provider | undefined,
  mediaUrl: string,
): Promise<Answered<null>> {
  if (!call) return refuse('no-such-call');
  if (!provider) return refuse('no-such-account');
  if (!isLive(call) || call.providerCallId === undefined) return refuse('too-late');
  if (!provider.play) return refuse('not-offered');
  try {
    await provider.play(call.providerCallId, mediaUrl);
    return { ok: true, value: null };
  } catch (error) {
    return refuseFailure(error);
  }
}
