import type { Clips } from './clips.ts';
import type { Leg } from './leg.ts';
import { HoldMusicPlayer } from './hold-music-player.ts';
import { OutputStream } from './output.ts';
import { buildCustomerAnswer, buildCustomerOffer, newLocalTrack, OPUS } from './sdp-build.ts';
import { parseSdp, type RemoteMedia, type SdpResult } from './sdp-parse.ts';

/** The customer's end of a call: one leg, one stream to it, and our own audio on that stream. */
export class CustomerEnd {
  readonly leg: Leg;
  readonly output: OutputStream;
  readonly holdMusic: HoldMusicPlayer;
  readonly #offer: RemoteMedia | undefined;
  #answer: RemoteMedia | undefined;

  /** `offer` is WhatsApp's, or undefined when the offer is ours. */
  constructor(leg: Leg, offer: RemoteMedia | undefined, clips: Clips) {
    this.leg = leg;
    this.#offer = offer;
    const payloadType = offer?.tracks[0].opus ?? OPUS;
    this.output = new OutputStream(leg.transport, newLocalTrack(), payloadType, false);
    this.holdMusic = new HoldMusicPlayer(this.output, clips);
    leg.outputs = [this.output];
  }

  /** Our offer, or our answer to WhatsApp's; identical each time except for the session version. */
  describe(): string {
    const { local } = this.leg.transport;
    return this.#offer
      ? buildCustomerAnswer(this.#offer, local, this.output.track)
      : buildCustomerOffer(local, this.output.track);
  }

  /**
   * Connects after our answer; we are always the DTLS client, as it says. Does nothing without
   * WhatsApp's offer.
   */
  start(): void {
    if (this.#offer) this.leg.connect(this.#offer, true, 'client');
  }

  /** Connects with WhatsApp's answer. An ice-lite peer is always controlled. */
  applyAnswer(sdp: string, actpassMeans: 'active' | 'passive'): SdpResult<true> {
    const answer = parseSdp(sdp);
    if (!answer.ok) return answer;
    this.#answer = answer.value;
    const setup = answer.value.setup === 'actpass' ? actpassMeans : answer.value.setup;
    this.leg.connect(answer.value, true, setup === 'active' ? 'server' : 'client');
    return { ok: true, value: true };
  }

  /** Opus parameters that the customer requests, once they are known. */
  get opusParameters(): string | undefined {
    return (this.#offer ?? this.#answer)?.tracks[0].opusParameters;
  }
}
