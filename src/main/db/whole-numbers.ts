import { z } from 'zod';
import type { Db } from '../../sqlite/migrate.ts';
import { JsonSetting } from './json-settings.ts';

/** The numbers of which this file has everything of a kind that the relay knows. */
export class WholeNumbers {
  readonly #stored: JsonSetting<readonly string[]>;

  constructor(db: Db, key: string) {
    this.#stored = new JsonSetting(db, key, z.array(z.string()), []);
  }

  /**
   * Whether everything of these is here; if not, the relay has to be asked. From now on only what happens at these is
   * told.
   */
  include(numbers: readonly string[]): boolean {
    const whole = this.#stored.get();
    if (!numbers.every((id) => whole.includes(id))) return false;
    if (whole.length > numbers.length) this.#stored.set(numbers);
    return true;
  }

  set(numbers: readonly string[]): void {
    this.#stored.set(numbers);
  }
}
