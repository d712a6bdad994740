import type { InsightRange } from '../../shared/protocol/insight-question.ts';
import type { DayCounts } from '../../shared/insight/hours.ts';
import { dateOfDay, LocalHours } from '../../shared/insight/local-hours.ts';
import {
  PICK_UP_DAYS,
  type PickUpLimits,
  type PickUpStanding,
  pickUpStanding,
} from '../../shared/insight/pick-up.ts';
import { rangeOfDates } from '../../shared/insight/ranges.ts';
import type { Clock } from '../../shared/lib/clock.ts';

interface Ports {
  limits: PickUpLimits;
  /** The zone of the agent's days. */
  zone: () => string;
  /** Each number's days of a range. */
  read: (
    range: InsightRange,
  ) => Promise<readonly { accountId: string; days: readonly DayCounts[] }[]>;
  clock: Clock;
  /** A standing is another one than before. */
  changed: () => void;
  failed: (error: unknown) => void;
}

/** Calls that end together are read once. */
const PAUSE_MS = 2_000;

/** How our numbers stand with their pick-up rate. Read from the log when somebody asks, and after calls. */
export class PickUpWatch {
  readonly #ports: Ports;
  #standings = new Map<string, PickUpStanding>();
  /** The local day that was read. */
  #day: number | undefined;
  #reading: Promise<void> | undefined;
  #cancel: () => void = () => undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get limits(): PickUpLimits {
    return this.#ports.limits;
  }

  /** As it was last read; asking has it read if that was never done, or yesterday. */
  standingOf(accountId: string): PickUpStanding | undefined {
    if (this.#day !== this.#today()) void this.read();
    return this.#standings.get(accountId);
  }

  /** Whether calls from this number are held back now. */
  async isHeld(accountId: string): Promise<boolean> {
    if (this.#ports.limits.holdBelow === undefined) return false;
    if (this.#day !== this.#today()) await this.read();
    return this.#standings.get(accountId)?.state === 'hold';
  }

  /** A call has ended. Nothing is read before anybody asked. */
  handleEnded(): void {
    if (this.#day === undefined) return;
    const { clock } = this.#ports;
    this.#cancel();
    this.#cancel = clock.at(clock.now() + PAUSE_MS, () => void this.read());
  }

  /** Reads the log; all who ask meanwhile wait for the same reading. */
  read(): Promise<void> {
    this.#reading ??= this.#readNow().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  close(): void {
    this.#cancel();
  }

  async #readNow(): Promise<void> {
    const { read, zone, limits, changed, failed } = this.#ports;
    const day = this.#today();
    const today = dateOfDay(day);
    const range = rangeOfDates(dateOfDay(day - 2 * PICK_UP_DAYS), today, zone());
    if (!range) return;
    try {
      const numbers = await read({ ...range, zone: zone() });
      const before = JSON.stringify([...this.#standings]);
      this.#standings = new Map(
        numbers.map(({ accountId, days }) => [accountId, pickUpStanding(days, today, limits)]),
      );
      this.#day = day;
      if (JSON.stringify([...this.#standings]) !== before) changed();
    } catch (error) {
      failed(error);
    }
  }

  #today(): number {
    return new LocalHours(this.#ports.zone()).at(this.#ports.clock.now()).day;
  }
}
