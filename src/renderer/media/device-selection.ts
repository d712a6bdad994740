import type { Settings } from '../../shared/ipc/model.ts';
import { type AudioDevice, type FoundDevices, isAlias } from './devices.ts';

type Role = 'microphone' | 'speaker' | 'ringer';

/** A device chosen by the agent; an empty id means the system default. */
export interface ChosenDevice {
  id: string;
  label: string;
}

/** The device to use for each role. */
export type UsedDevices = Readonly<Record<Role, UsedDevice>>;

export interface UsedDevice {
  /** Empty: the system default. */
  id: string;
  /** Changes whenever the device must be reopened, even under the same id. */
  key: string;
}

/** A chosen device was lost or came back. */
export interface DeviceChange {
  role: Role;
  what: 'lost' | 'back';
  label: string;
}

/**
 * Finds the chosen device by id, or by name, because ids can change. Among equal names the first
 * wins; without a match the default is used and `missing` is true.
 */
export function resolve(
  choice: ChosenDevice,
  devices: readonly AudioDevice[],
): { device: AudioDevice | undefined; missing: boolean } {
  if (isAlias(choice.id)) return { device: undefined, missing: false };
  const device =
    devices.find(({ id }) => id === choice.id) ??
    devices.find(({ label }) => label !== '' && label === choice.label);
  return { device, missing: device === undefined };
}

const kinds = { microphone: 'audioinput', speaker: 'audiooutput', ringer: 'audiooutput' } as const;
const roles: readonly Role[] = ['microphone', 'speaker', 'ringer'];

export interface DeviceSelectionPorts {
  find: () => Promise<FoundDevices>;
  use: (devices: UsedDevices) => void;
  notify: (news: DeviceChange) => void;
  /** A chosen device's name became known, or its id changed. */
  update: (role: Role, choice: ChosenDevice) => void;
}

/** Uses the chosen devices whenever they are present, as devices come and go. */
export class DeviceSelection {
  #choices: Readonly<Record<Role, ChosenDevice>> | undefined;
  #found: FoundDevices | undefined;
  readonly #missing = new Map<Role, boolean>();
  /** Counts changes that left the same devices in place: one was unplugged and plugged back in. */
  #again = 0;
  #lastUsed = '';
  readonly #ports: DeviceSelectionPorts;

  constructor(ports: DeviceSelectionPorts) {
    this.#ports = ports;
  }

  /** Applies the choice from the settings. */
  choose(settings: DeviceSettings): void {
    const choices = choicesOf(settings);
    if (JSON.stringify(choices) === JSON.stringify(this.#choices)) return;
    for (const role of roles) {
      if (choices[role].id !== this.#choices?.[role].id) this.#missing.delete(role);
    }
    this.#choices = choices;
    this.#apply();
  }

  /** Reads the devices, at the start and after each change. */
  async refresh(): Promise<void> {
    const found = await this.#ports.find();
    if (this.#found && JSON.stringify(found) === JSON.stringify(this.#found)) this.#again += 1;
    this.#found = found;
    this.#apply();
  }

  #apply(): void {
    const choices = this.#choices;
    const found = this.#found;
    if (!choices) return;
    const used = {
      microphone: this.#used('microphone', choices.microphone, found),
      speaker: this.#used('speaker', choices.speaker, found),
      ringer: this.#used('ringer', choices.ringer, found),
    };
    const next = JSON.stringify(used);
    if (next === this.#lastUsed) return;
    this.#lastUsed = next;
    this.#ports.use(used);
  }

  #used(role: Role, choice: ChosenDevice, found: FoundDevices | undefined): UsedDevice {
    const id = isAlias(choice.id) ? '' : choice.id;
    if (!found) return { id, key: id };
    const kind = kinds[role];
    const { device, missing } = resolve(
      choice,
      found.devices.filter((one) => one.kind === kind),
    );
    const was = this.#missing.get(role);
    this.#missing.set(role, missing);
    const label = choice.label || (device?.label ?? '');
    if (was === false && missing) this.#ports.notify({ role, what: 'lost', label });
    if (was === true && !missing) this.#ports.notify({ role, what: 'back', label });
    if (device && (device.id !== choice.id || device.label !== choice.label)) {
      this.#ports.update(role, { id: device.id, label: device.label });
    }
    return device
      ? { id: device.id, key: `${device.id} ${this.#again}` }
      : { id: '', key: `default ${found.defaults[kind]} ${this.#again}` };
  }
}

type DeviceSettings = Pick<
  Settings,
  'microphoneId' | 'speakerId' | 'ringerId' | 'microphoneLabel' | 'speakerLabel' | 'ringerLabel'
>;

function choicesOf(settings: DeviceSettings): Record<Role, ChosenDevice> {
  return {
    microphone: { id: settings.microphoneId, label: settings.microphoneLabel },
    speaker: { id: settings.speakerId, label: settings.speakerLabel },
    ringer: { id: settings.ringerId, label: settings.ringerLabel },
  };
}
