import { writeFileSync } from 'node:fs';
import OpusScript from 'opusscript';
import { toPcm16 } from './wav.mjs';

/** The sample rate of all our encoded media; WebRTC's Opus clock has the same rate. */
export const RATE = 48000;
/** Samples in the 20 ms of one packet. */
export const FRAME = RATE / 50;

/**
 * Encodes mono 48 kHz samples into Opus packets of 20 ms. The last one is padded with silence.
 * @param {Float64Array} samples
 * @param {{ bitrate: number; music?: boolean }} options
 * @returns {Buffer[]}
 */
export function encode(samples, { bitrate, music = false }) {
  const { AUDIO, VOIP } = OpusScript.Application;
  const encoder = new OpusScript(RATE, 1, music ? AUDIO : VOIP);
  encoder.setBitrate(bitrate);
  const packets = [];
  for (let at = 0; at < samples.length; at += FRAME) {
    const frame = new Float64Array(FRAME);
    frame.set(samples.subarray(at, at + FRAME));
    packets.push(encoder.encode(toPcm16(frame), FRAME));
  }
  encoder.delete();
  return packets;
}

/**
 * Writes packets as an `.opus20` file: each is a 16-bit big-endian length and that many bytes.
 * @param {string} path
 * @param {Buffer[]} packets
 */
export function writeOpus20(path, packets) {
  const parts = packets.flatMap((packet) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(packet.length);
    return [length, packet];
  });
  writeFileSync(path, Buffer.concat(parts));
}
