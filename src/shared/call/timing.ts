/** Limits of a call's phases, in ms. Where a provider gives a range or nothing, the reason for our figure is here. */
export const timing = {
  /**
   * Accept is due "about 30–60 s" after the webhook (docs/providers/meta.md#timing); the provider's
   * terminate normally comes first.
   */
  ring: 60_000,
  /**
   * A connect webhook older than this is no longer ringing anywhere (docs/providers/meta.md#timing:
   * compare timestamps).
   */
  outOfDate: 60_000,
  /** Declining can be taken back for so long; only then it is sent. */
  undo: 3_000,
  /** Pressing Accept to the provider's confirmation. */
  accept: 20_000,
  /** Making an SDP offer, gathering included. */
  prepare: 15_000,
  /** The provider's answer to a placed call. */
  place: 30_000,
  /**
   * No documented ring limit for calls we place; observed to be about 60 s
   * (docs/providers/meta.md#timing).
   */
  customerRing: 90_000,
  /**
   * Our own patience with a lost leg of a relayed call. The relay's deadline counts as soon as we hear it; this one
   * is longer than its usual 20 s, for a console that is cut off from it.
   */
  rejoin: 30_000,
  /** The same beyond the relay's own, where that is known. */
  rejoinMargin: 10_000,
  /** An external call rings elsewhere: no limit is documented, and its end is told or read; this is the way out of neither. */
  externalRing: 5 * 60_000,
  /**
   * The same for one that is talked. Where Zernio limits a call at all, it does so itself
   * (docs/providers/zernio.md#configuration).
   */
  externalTalk: 6 * 3_600_000,
  /** After a restart: the time to read what became of a call, before it counts as lost. */
  retell: 60_000,
} as const;
