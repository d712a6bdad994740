import type { DeviceFacts } from '../../shared/checks/facts.ts';
import type { Settings } from '../../shared/ipc/model.ts';
import { resolve } from './device-selection.ts';
import { type AudioDevice, findDevices } from './devices.ts';

type Chosen = Pick<Settings, 'microphoneId' | 'microphoneLabel' | 'speakerId' | 'speakerLabel'>;

/** What this machine has to speak and to listen with, and what of it is in use. */
export async function deviceFacts(chosen: Chosen | undefined): Promise<DeviceFacts> {
  const [{ devices }, isDenied] = await Promise.all([findDevices(), isMicrophoneDenied()]);
  const of = (kind: AudioDevice['kind']) => devices.filter((one) => one.kind === kind);
  const [inputs, outputs] = [of('audioinput'), of('audiooutput')];
  const used = (all: readonly AudioDevice[], id = '', label = '') =>
    (resolve({ id, label }, all).device ?? all[0])?.label ?? '';
  return {
    microphone: inputs.length === 0 ? 'none' : isDenied ? 'denied' : 'ready',
    speaker: outputs.length === 0 ? 'none' : 'ready',
    microphoneLabel: used(inputs, chosen?.microphoneId, chosen?.microphoneLabel),
    speakerLabel: used(outputs, chosen?.speakerId, chosen?.speakerLabel),
  };
}

async function isMicrophoneDenied(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'microphone' });
    return state === 'denied';
  } catch {
    return false;
  }
}
