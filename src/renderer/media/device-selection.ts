import type { Settings } from '../../shared/ipc/model.ts';
import { type AudioDevice, type FoundDevices, isAlias } from './devices.ts';

type Role = 'microphone' | 'speaker' | 'ringer';

/** A device as the agent chose it; no id means the system's default. */
export interface ChosenDevice {
  id: string;
  label: string;
}

/** The device to be used for each role. */
export type UsedDevices = Readonly<Record<Role, UsedDevice>>;

export interface UsedDevice {
  /** Empty: the system's default. */
  id: string;
  /** Changes whenever the device has to be opened anew, also when its id stays. */
  key: string;
}

/** What became of a chosen device: to be said. */
export interface DeviceChange {
  role: Role;
  what: 'lost' | 'back';
  label: string;
}

/**
 * The chosen device among those that are there: by its id, else by its name, because ids do not last for ever. Of two of the
 * same name the first; of none the default, and it is `missing`.
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
  /** The name of a chosen device is known now, or its id is another. */
  update: (role: Role, choice: ChosenDevice) => void;
}

/** Keeps to what the agent chose: whenever a device comes or goes, what is there of it is used again. */
export class DeviceSelection {
  #choices: Readonly<Record<Role, ChosenDevice>> | undefined;
  #found: FoundDevices | undefined;
  readonly #missing = new Map<Role, boolean>();
  /** Counts changes after which the same devices are there: one was pulled out and put back. */
  #again = 0;
  #lastUsed = '';
  readonly #ports: DeviceSelectionPorts;

  constructor(ports: DeviceSelectionPorts) {
    this.#ports = ports;
  }

  /** What the agent chose in the settings. */
  choose(settings: DeviceSettings): void {
    const choices = choicesOf(settings);
    if (JSON.stringify(choices) === JSON.stringify(this.#choices)) return;
    for (const role of roles) {
      if (choices[role].id !== this.#choices?.[role].id) this.#missing.delete(role);
    }
    this.#choices = choices;
    this.#apply();
  }

  /** The devices of this machine changed, or are looked at for the first time. */
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
