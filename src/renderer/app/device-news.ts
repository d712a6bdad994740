import { type DeviceChange, merged } from '../../shared/devices/changes.ts';
import { t } from '../../shared/i18n/i18n.ts';
import { setDeviceNews, useLive } from '../state/live.ts';
import { toast } from '../state/ui.ts';

/** A headset's microphone and speaker come and go one after the other, in ms. */
const TOGETHER_MS = 250;
/** How long the card says that a device is back; that one is gone stays. */
const GOOD_NEWS_MS = 15_000;

/** Says what plugging and unplugging changed: in the call's card, else as a message. */
export class DeviceNews {
  #changes: readonly DeviceChange[] = [];
  /** What the call's card says. */
  #said: readonly DeviceChange[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #isOnCall: () => boolean;

  constructor(isOnCall: () => boolean) {
    this.#isOnCall = isOnCall;
  }

  add(changes: readonly DeviceChange[]): void {
    this.#changes = [...this.#changes, ...changes];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#say(), TOGETHER_MS);
  }

  #say(): void {
    const changes = merged(this.#changes);
    this.#changes = [];
    if (!this.#isOnCall()) return toast('info', () => textOf(changes), 'devices');
    // On a busy computer a headset's parts come and go further apart: the second must not hide the first.
    this.#sayOnCard(merged([...this.#stillSaid, ...changes]));
    this.#timer = setTimeout(() => {
      this.#sayOnCard(this.#stillSaid.filter(({ what }) => what === 'lost'));
    }, GOOD_NEWS_MS);
  }

  /** Nothing once its call is over. */
  get #stillSaid(): readonly DeviceChange[] {
    return useLive.getState().deviceNews === '' ? [] : this.#said;
  }

  #sayOnCard(changes: readonly DeviceChange[]): void {
    this.#said = changes;
    setDeviceNews(textOf(changes));
  }
}

const textOf = (changes: readonly DeviceChange[]) => changes.map(changeText).join(' ');

/** One change as a sentence or two. */
function changeText({ what, label, roles, now }: DeviceChange): string {
  return t(`devices.${what}`, {
    device: label,
    roles: roles.map((role) => t(`devices.${role}`)),
    now: now === '' ? t('devices.systemDefault') : now,
  });
}
