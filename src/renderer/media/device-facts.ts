import type { DeviceFacts } from '../../shared/checks/facts.ts';
import { type AudioDevice, findDevices } from './devices.ts';

/**
 * What this machine has to speak and to listen with.
 *
 * @param inUse names of the devices in use; empty for the system's default
 */
export async function deviceFacts(inUse: {
  microphone: string;
  speaker: string;
}): Promise<DeviceFacts> {
  const [{ devices }, isDenied] = await Promise.all([findDevices(), isMicrophoneDenied()]);
  const of = (kind: AudioDevice['kind']) => devices.filter((one) => one.kind === kind);
  const [inputs, outputs] = [of('audioinput'), of('audiooutput')];
  return {
    microphone: inputs.length === 0 ? 'none' : isDenied ? 'denied' : 'ready',
    speaker: outputs.length === 0 ? 'none' : 'ready',
    microphoneLabel: inUse.microphone || (inputs[0]?.label ?? ''),
    speakerLabel: inUse.speaker || (outputs[0]?.label ?? ''),
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
