import {
  type HeadsetAction,
  type HeadsetCalls,
  HeadsetControl,
  lightsFor,
  quiet,
} from '../../shared/headset/control.ts';
import {
  type Control,
  type Headset,
  type HidCollection,
  readHeadset,
  readReport,
  TELEPHONY_PAGE,
  writeReports,
} from '../../shared/headset/hid.ts';

/** The part of WebHID's `HIDDevice` that is used. */
export interface HidDevice {
  readonly opened: boolean;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  addEventListener(type: 'inputreport', listener: (event: HidInput) => void): void;
  removeEventListener(type: 'inputreport', listener: (event: HidInput) => void): void;
}

export interface HidInput {
  reportId: number;
  data: DataView;
}

/** The part of `navigator.hid` that is used. */
export interface Hid {
  getDevices(): Promise<readonly HidDevice[]>;
  requestDevice(options: {
    filters: readonly { usagePage: number }[];
  }): Promise<readonly HidDevice[]>;
  addEventListener(
    type: 'connect' | 'disconnect',
    listener: (event: { device: HidDevice }) => void,
  ): void;
}

/** A headset whose buttons act on calls. */
export interface HeadsetView {
  name: string;
  controls: readonly Control[];
  /** It can show that the microphone is off. */
  hasMuteLight: boolean;
  /** Another program has it. */
  failed: boolean;
}

export interface HeadsetsPorts {
  hid: Hid | undefined;
  act: (action: Exclude<HeadsetAction, { do: 'correct' }>) => void;
  changed: (headsets: readonly HeadsetView[]) => void;
  /** Ms, monotonic. */
  now: () => number;
}

/** The buttons and lights of every headset that the agent allowed, as they come and go. */
export class Headsets {
  readonly #linked = new Map<HidDevice, Link>();
  #calls: HeadsetCalls = quiet;
  readonly #ports: HeadsetsPorts;

  constructor(ports: HeadsetsPorts) {
    this.#ports = ports;
  }

  /** Whether this system lets pages use headsets at all. */
  get isPossible(): boolean {
    return this.#ports.hid !== undefined;
  }

  /** Links the headsets that are there, and each one that comes. */
  async start(): Promise<void> {
    const { hid } = this.#ports;
    if (!hid) return;
    hid.addEventListener('connect', ({ device }) => void this.#link(device));
    hid.addEventListener('disconnect', ({ device }) => {
      if (this.#linked.delete(device)) this.#tell();
    });
    await this.#linkAll(await hid.getDevices().catch(() => []));
  }

  /** Asks for headsets; main decides which. @returns whether one was linked */
  async ask(): Promise<boolean> {
    const { hid } = this.#ports;
    if (!hid) return false;
    try {
      await this.#linkAll(await hid.requestDevice({ filters: [{ usagePage: TELEPHONY_PAGE }] }));
    } catch {
      return false;
    }
    return this.#linked.size > 0;
  }

  /** Shows the calls on every headset. */
  setCalls(calls: HeadsetCalls): void {
    if (JSON.stringify(calls) === JSON.stringify(this.#calls)) return;
    this.#calls = calls;
    for (const link of this.#linked.values()) link.setCalls(calls);
  }

  async #linkAll(devices: readonly HidDevice[]): Promise<void> {
    await Promise.all(devices.map((device) => this.#link(device)));
  }

  async #link(device: HidDevice): Promise<void> {
    if (this.#linked.has(device)) return;
    const layout = readHeadset(device.collections);
    if (!layout) return;
    const link = new Link(device, layout, this.#ports);
    this.#linked.set(device, link);
    await link.open();
    link.setCalls(this.#calls);
    this.#tell();
  }

  #tell(): void {
    this.#ports.changed([...this.#linked.values()].map((link) => link.view));
  }
}

/** One headset. */
class Link {
  readonly #device: HidDevice;
  readonly #layout: Headset;
  readonly #ports: Pick<HeadsetsPorts, 'act' | 'now'>;
  readonly #control = new HeadsetControl();
  #calls = quiet;
  #failed = false;
  /** Reports are sent one after the other, so that the last lights win. */
  #sent: Promise<void> = Promise.resolve();

  constructor(device: HidDevice, layout: Headset, ports: Pick<HeadsetsPorts, 'act' | 'now'>) {
    this.#device = device;
    this.#layout = layout;
    this.#ports = ports;
  }

  get view(): HeadsetView {
    return {
      name: this.#device.productName,
      controls: [...this.#layout.controls.keys()],
      hasMuteLight: this.#layout.lights.has('mute'),
      failed: this.#failed,
    };
  }

  async open(): Promise<void> {
    this.#device.addEventListener('inputreport', (event) => this.#handle(event));
    try {
      if (!this.#device.opened) await this.#device.open();
    } catch {
      this.#failed = true;
    }
  }

  setCalls(calls: HeadsetCalls): void {
    this.#calls = calls;
    this.#control.setCalls(calls, this.#ports.now());
    this.#show();
  }

  #handle({ reportId, data }: HidInput): void {
    const action = this.#control.handle(
      readReport(this.#layout, reportId, data),
      this.#ports.now(),
    );
    if (action?.do === 'correct') this.#show();
    else if (action) this.#ports.act(action);
  }

  #show(): void {
    const reports = writeReports(this.#layout, lightsFor(this.#calls));
    this.#sent = this.#sent.then(() => this.#send(reports));
  }

  async #send(reports: ReturnType<typeof writeReports>): Promise<void> {
    for (const { reportId, data } of reports) {
      // One that was just unplugged has no lights to show.
      await this.#device.sendReport(reportId, data).catch(() => undefined);
    }
  }
}
