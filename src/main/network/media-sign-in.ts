import type { SignIn } from './proxy-sign-in.ts';

/** Asks for an address through Chromium, which gives the proxy this password if it wants one. */
export type AskThroughChromium = (address: string, signIn: SignIn) => void;

/**
 * Chromium opens the lines of media to TURN servers itself, through the same proxy. It asks nobody for its password then,
 * and knows only the one that a request of its own was let through with. So it makes such a request as soon as a proxy has
 * taken a password.
 */
export class MediaSignIn {
  readonly #ask: AskThroughChromium;
  /** The password that Chromium knows of each proxy. */
  readonly #told = new Map<string, string>();

  constructor(ask: AskThroughChromium) {
    this.#ask = ask;
  }

  /** A proxy let us through to a host. */
  handleTook(proxy: string, to: { host: string; port: number }, signIn: SignIn | undefined): void {
    if (!signIn) return;
    const said = `${signIn.user}:${signIn.password}`;
    if (this.#told.get(proxy) === said) return;
    this.#told.set(proxy, said);
    const host = to.host.includes(':') ? `[${to.host}]` : to.host;
    this.#ask(`https://${host}:${to.port}/healthz`, signIn);
  }
}
