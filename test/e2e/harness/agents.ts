import { join } from 'node:path';
import { writeTone } from '../../../scripts/resources/tone.mjs';
import type { ConsoleApp } from './console-app.ts';
import type { RelayAgent } from './relay.ts';

/** An agent whose microphone sends a pitch of their own, so a test can hear who speaks. */
export interface TestAgent extends RelayAgent {
  hz: number;
}

export const ana: TestAgent = { id: 'ana', name: 'Ana Lima', hz: 1000 };
export const bea: TestAgent = { id: 'bea', name: 'Bea Rocha', hz: 1500 };
export const cara: TestAgent = { id: 'cara', name: 'Cara Nunes', hz: 2200 };
export const sol: TestAgent = { id: 'sol', name: 'Sol Prado', hz: 3100, role: 'supervisor' };
export const testAgents = [ana, bea, cara, sol];

/** Writes a WAV file with the agent's tone and returns its path. */
export function microphoneOf({ id, hz }: TestAgent, folder: string): string {
  const path = join(folder, `microphone-${id}.wav`);
  writeTone(path, hz, 4);
  return path;
}

/**
 * Turns off noise suppression and echo cancellation from the next call on. Chromium removes steady
 * tones, above all beside other tones, which voices are not.
 */
export async function sendTonesUnprocessed({ window }: ConsoleApp): Promise<void> {
  await window.evaluate(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = ({ audio, ...others } = {}) => {
      const asked = typeof audio === 'object' ? audio : {};
      const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      return open({ ...others, audio: { ...asked, ...plain } });
    };
  });
}
