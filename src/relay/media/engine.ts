import { type BridgeEvent, type BridgeSettings, CallBridge } from './call-bridge.ts';
import { loadClips } from './clips.ts';
import { Echo } from './echo.ts';
import { Metronome } from './metronome.ts';
import type { MediaNetwork } from './network.ts';
import { FRAME_MS } from './rtp.ts';
import type { SdpResult } from './sdp-parse.ts';
import { newCertificate } from './transport.ts';

export interface MediaEngineOptions {
  network: MediaNetwork;
  /** Hold music in the `.opus20` format (`resources/speech/hold.opus20`). */
  holdFile: string;
  /** The folder of `recorded-*.opus20`; by default that of the hold music. */
  speechFolder?: string;
  /** Media of a leg counts as lost after this many ms without a packet. */
  lostAfterMs?: number;
  /** A leg is given up after this many ms without a connection. */
  connectTimeoutMs?: number;
  actpassMeans?: BridgeSettings['actpassMeans'];
}

/** Much longer than a roaming between networks takes, much shorter than WhatsApp's 30 s. In ms. */
const LOST_AFTER_MS = 3000;
/**
 * Longer than any network's first packets take; a leg without a path by then never gets one. In ms.
 */
const CONNECT_TIMEOUT_MS = 30_000;
/** Echo calls at once: a whole team tries before the shift, and calls need ports, too. */
const MOST_ECHOES = 20;

/**
 * A relay's media: one bridge per call. Bridges share the clock, the certificate and the hold
 * music.
 */
export class MediaEngine {
  readonly #settings: BridgeSettings;
  readonly #metronome = new Metronome(FRAME_MS);
  readonly #bridges = new Set<CallBridge>();
  /** By agent. */
  readonly #echoes = new Map<string, Echo>();

  private constructor(settings: BridgeSettings) {
    this.#settings = settings;
  }

  static async open(options: MediaEngineOptions): Promise<MediaEngine> {
    return new MediaEngine({
      network: options.network,
      certificate: await newCertificate(),
      clips: loadClips(options.holdFile, options.speechFolder),
      lostAfterMs: options.lostAfterMs ?? LOST_AFTER_MS,
      connectTimeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      actpassMeans: options.actpassMeans ?? 'active',
    });
  }

  /** Opens the media of one call. `onEvent` is called from then on until the bridge's `close`. */
  openBridge(onEvent: (event: BridgeEvent) => void): CallBridge {
    const bridge = new CallBridge(
      this.#settings,
      (task) => {
        const stop = this.#metronome.add(task);
        return () => {
          stop();
          this.#bridges.delete(bridge);
        };
      },
      onEvent,
    );
    this.#bridges.add(bridge);
    return bridge;
  }

  /**
   * Answers a console that wants to hear itself; the agent's echo call before is over. Refused with `too-many`, or
   * with what is wrong with the offer.
   */
  async openEcho(agentId: string, offerSdp: string): Promise<SdpResult<string>> {
    await this.#echoes.get(agentId)?.close();
    if (this.#echoes.size >= MOST_ECHOES) return { ok: false, error: 'too-many' };
    const echo: Echo = new Echo({
      ...this.#settings,
      onTick: (task) => this.#metronome.add(task),
      onClosed: () => {
        if (this.#echoes.get(agentId) === echo) this.#echoes.delete(agentId);
      },
    });
    this.#echoes.set(agentId, echo);
    const answer = await echo.answer(offerSdp);
    if (!answer.ok) await echo.close();
    return answer;
  }

  /** Ends every call's media. */
  async close(): Promise<void> {
    const all = [...this.#bridges, ...this.#echoes.values()];
    await Promise.all(all.map((one) => one.close()));
  }
}
