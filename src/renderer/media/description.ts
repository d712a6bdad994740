import { outgoingSdp } from './sdp.ts';

/** In ms. Host candidates arrive within milliseconds; later ones are not worth waiting for. */
const GATHERING_LIMIT_MS = 2000;

/** Our description with all gathered candidates: none can be sent later. */
export async function localSdp(pc: RTCPeerConnection, kind: 'answer' | 'offer'): Promise<string> {
  if (pc.iceGatheringState !== 'complete') {
    const complete = new Promise<void>((resolve) => {
      pc.addEventListener('icegatheringstatechange', () => {
        if (pc.iceGatheringState === 'complete') resolve();
      });
    });
    await Promise.race([complete, after(GATHERING_LIMIT_MS)]);
  }
  const description = pc.localDescription;
  if (!description) throw new Error('no local description');
  return outgoingSdp(description.sdp, kind);
}

/** The customer's voice and ours, or the first of a leg's. What is rejected may stand before it. */
export function audioOf(pc: RTCPeerConnection): RTCRtpTransceiver | undefined {
  return pc
    .getTransceivers()
    .find(({ receiver, direction }) => receiver.track.kind === 'audio' && direction !== 'stopped');
}

/** Opus and DTMF only; Meta guarantees nothing else (docs/providers/meta.md#media). */
export function speechCodecs(): RTCRtpCodec[] {
  const codecs = RTCRtpSender.getCapabilities('audio')?.codecs ?? [];
  return codecs.filter(
    ({ mimeType, clockRate }) =>
      mimeType === 'audio/opus' || (mimeType === 'audio/telephone-event' && clockRate === 8000),
  );
}

/** Resolves after a while. */
export function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms);
  });
}
