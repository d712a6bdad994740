import { z } from 'zod';
import { TELEPHONY_PAGE } from '../../shared/headset/hid.ts';
import type { JsonFile } from '../lib/json-file.ts';

const number = z.int().min(0).max(0xffff);
const MOST = 50;
export const headsetsSchema = z
  .array(z.object({ vendorId: number, productId: number }))
  .max(MOST)
  .readonly();
type GrantedHeadsets = z.infer<typeof headsetsSchema>;

/** A device as Electron describes it. Before version 35 it left out the collections. */
export interface OfferedDevice {
  deviceId: string;
  name: string;
  vendorId: number;
  productId: number;
  collections?: readonly { usagePage: number }[] | undefined;
}

/** Which headsets our page may use: those the agent connected, and nothing else with buttons. */
export class HeadsetGrants {
  #granted: GrantedHeadsets;
  readonly #file: Pick<JsonFile<GrantedHeadsets>, 'read' | 'write'>;

  constructor(file: Pick<JsonFile<GrantedHeadsets>, 'read' | 'write'>) {
    this.#file = file;
    this.#granted = file.read() ?? [];
  }

  /** Whether the page may open this device without being asked again. */
  has(device: Pick<OfferedDevice, 'vendorId' | 'productId' | 'collections'>): boolean {
    return mayBeHeadset(device) && this.#granted.some((one) => isSame(one, device));
  }

  /**
   * Grants one of the devices that Chromium found for the page's filter.
   *
   * @param choose asks the agent which, where there are several; undefined if none
   * @returns its id
   */
  async grant(
    devices: readonly OfferedDevice[],
    choose: (names: readonly string[]) => Promise<number | undefined>,
  ): Promise<string | undefined> {
    const headsets = devices.filter(mayBeHeadset);
    const index =
      headsets.length > 1 ? await choose(headsets.map(({ name }) => name)) : headsets.length - 1;
    const chosen = index === undefined ? undefined : headsets[index];
    if (!chosen) return undefined;
    const { vendorId, productId } = chosen;
    const others = this.#granted.filter((one) => !isSame(one, chosen));
    this.#granted = [{ vendorId, productId }, ...others].slice(0, MOST);
    this.#file.write(this.#granted);
    return chosen.deviceId;
  }
}

/** Where the collections are unknown, Chromium itself has checked the page's filter. */
function mayBeHeadset({ collections }: Pick<OfferedDevice, 'collections'>): boolean {
  return collections?.some(({ usagePage }) => usagePage === TELEPHONY_PAGE) ?? true;
}

function isSame(
  one: { vendorId: number; productId: number },
  other: { vendorId: number; productId: number },
): boolean {
  return one.vendorId === other.vendorId && one.productId === other.productId;
}
