/** Input of the estimate. */
export interface Impairment {
  /** Share of packets lost, 0–1. */
  loss: number;
  jitterMs: number;
  rttMs: number;
}

/** R without impairments: the default of ITU-T G.107, Table 2. */
const BEST_R = 93.2;
/** Opus with 20 ms frames: frame, look-ahead, capture and playout buffers, ms. */
const CODEC_DELAY_MS = 60;
/**
 * Packet-loss robustness Bpl. ITU-T G.113 has no value for Opus; with in-band FEC and concealment
 * it behaves much like G.711 with concealment (25.1 in Appendix I). Slightly lower to be safe.
 */
const LOSS_ROBUSTNESS = 20;

/**
 * Mean opinion score, 1–4.5, by a simplified E-model (ITU-T G.107 06/2015): R = Ro − Id − Ie,eff.
 * Id follows from one-way delay by the usual linear approximation (Cole & Rosenbluth, 2001), Ie,eff
 * from random loss by eq. 7-29 with Ie = 0 for Opus, and MOS from R by Annex B. Jitter counts as
 * delay twice, because the receiver's buffer grows with it. An estimate for comparing calls, not a
 * measurement.
 */
export function estimateMos({ loss, jitterMs, rttMs }: Impairment): number {
  const delay = rttMs / 2 + 2 * jitterMs + CODEC_DELAY_MS;
  const delayImpairment = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  const percent = 100 * Math.min(1, Math.max(0, loss));
  const lossImpairment = (95 * percent) / (percent + LOSS_ROBUSTNESS);
  const r = Math.min(100, Math.max(0, BEST_R - delayImpairment - lossImpairment));
  const mos = 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6;
  return Math.min(4.5, Math.max(1, mos));
}
