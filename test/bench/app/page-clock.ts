import type { ConsoleApp } from '../../e2e/harness/console-app.ts';

/** When something happened in the window, Unix ms by this machine's clock. */
export interface Moments {
  /** The next frame after Accept was there had been painted. */
  painted?: number;
  /** The next frame after the customer's last message was beside it had been painted. */
  written?: number;
  /** The ring's first sample was played. */
  sounded?: number;
  /** The press on Accept that counted last. */
  pressed?: number;
}

declare global {
  interface Window {
    moments?: Moments;
  }
}

/** Makes the window write down its moments, without asking it again and again, which would slow it down. */
export async function watchMoments({ window: page }: ConsoleApp, message = ''): Promise<void> {
  await page.evaluate((message) => {
    const moments: Moments = {};
    window.moments = moments;
    const accept = () =>
      [...document.querySelectorAll('button')].find(({ textContent }) =>
        textContent?.startsWith('Accept'),
      );
    const calls = () => document.querySelector('[data-region="calls"]')?.textContent ?? '';
    const noteFrame = (moment: 'painted' | 'written') => {
      moments[moment] = 0;
      requestAnimationFrame(() => {
        // After the frame that this callback belongs to.
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => void (moments[moment] = Date.now()));
        port1.start();
        port2.postMessage(null);
      });
    };
    new MutationObserver(() => {
      if (!accept()) return;
      if (moments.painted === undefined) noteFrame('painted');
      if (moments.written === undefined && calls().includes(message)) noteFrame('written');
    }).observe(document.body, { childList: true, subtree: true });
    document.addEventListener(
      'pointerup',
      ({ target }) => {
        if (target instanceof Node && accept()?.contains(target)) moments.pressed = Date.now();
      },
      true,
    );
    // oxlint-disable-next-line typescript/unbound-method -- called with its element below
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      const look = () => {
        if (moments.sounded !== undefined || this.srcObject !== null) return;
        if (this.currentTime > 0) moments.sounded = Date.now() - this.currentTime * 1000;
        else if (!this.paused) setTimeout(look, 1);
      };
      const playing = play.call(this);
      look();
      return playing;
    };
  }, message);
}

/** What the window has written down. */
export const momentsOf = ({ window: page }: ConsoleApp) =>
  page.evaluate(() => window.moments ?? {});

/** Forgets it, before the next call. */
export const forgetMoments = ({ window: page }: ConsoleApp) =>
  page.evaluate(() => {
    for (const name of ['painted', 'written', 'sounded', 'pressed'] as const)
      delete window.moments?.[name];
  });
