import type { Page } from '@playwright/test';

/** Peer connections in a page, by name. */
declare global {
  interface Window {
    legs: Record<string, RTCPeerConnection>;
  }
}

/** The offer of a new leg: one audio section both ways, no candidates. */
export function offer(page: Page, name: string): Promise<string> {
  return page.evaluate(async (name) => {
    window.legs ??= {};
    const leg = new RTCPeerConnection();
    window.legs[name] = leg;
    leg.addTransceiver('audio');
    await leg.setLocalDescription();
    return leg.localDescription?.sdp ?? '';
  }, name);
}

/** The answer of a new leg to our offer. Its checks begin. */
export function answer(page: Page, name: string, sdp: string): Promise<string> {
  return page.evaluate(
    async ({ name, sdp }) => {
      window.legs ??= {};
      const leg = new RTCPeerConnection();
      window.legs[name] = leg;
      await leg.setRemoteDescription({ type: 'offer', sdp });
      await leg.setLocalDescription();
      return leg.localDescription?.sdp ?? '';
    },
    { name, sdp },
  );
}

/** Applies our answer to a leg's offer. Its checks begin. */
export function takeAnswer(page: Page, name: string, sdp: string): Promise<void> {
  return page.evaluate(
    ({ name, sdp }) => window.legs[name]?.setRemoteDescription({ type: 'answer', sdp }),
    { name, sdp },
  );
}

/** Waits until each leg has secured its transport or failed, and returns its state. */
export function outcomes(page: Page, names: readonly string[]): Promise<string[]> {
  return page.evaluate(
    (names) =>
      Promise.all(
        names.map((name) => {
          const leg = window.legs[name];
          return new Promise<string>((resolve) => {
            const look = () => {
              const state = leg?.connectionState ?? 'missing';
              if (['connected', 'failed', 'closed', 'missing'].includes(state)) resolve(state);
            };
            leg?.addEventListener('connectionstatechange', look);
            look();
          });
        }),
      ),
    names,
  );
}
