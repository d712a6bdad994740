/** What an echo call showed, in which the relay sends back what this console says. */
export type EchoReport =
  | {
      /** The console was connected for as long as it takes. */
      end: 'heard';
      /** The loudest that was said, and that came back: 0–1, logarithmic. */
      spoken: number;
      heard: number;
      /** From here to the relay and back; missing if it was not measured. */
      rttMs?: number | undefined;
      /** On the worse of both ways. */
      lossPercent: number;
      /** How the packets left this machine. */
      by: 'udp' | 'tcp';
    }
  /** The relay answered, and no packet got through. */
  | { end: 'blocked' }
  /** The relay carries no sound. */
  | { end: 'no-media' }
  /** Too many try now. */
  | { end: 'busy' }
  /** The relay did not answer, or its answer cannot be used. */
  | { end: 'unanswered' }
  /** There is no microphone, or it cannot be used. */
  | { end: 'no-microphone' };
