/**
 * The scheme and host under which our pages are served. Not `file:`, whose pages could read other
 * files.
 */
export const APP_SCHEME = 'app';
export const APP_HOST = 'ringdesk';

/** The documents of the console and of the ring window. */
const PAGES = ['index.html', 'ring.html'];

/**
 * The origin of the windows' pages: `app://ringdesk`, or Vite's server in development. Only this
 * origin may talk to main, use the microphone or be navigated to.
 */
export class PageOrigin {
  readonly #devServer: URL | undefined;

  /** @param devServer address of Vite's server; only in development */
  constructor(devServer: string | undefined) {
    this.#devServer = devServer === undefined ? undefined : new URL(devServer);
  }

  /** @param name file name of a page, e.g. `index.html` */
  page(name: string): string {
    return this.#devServer
      ? new URL(name, this.#devServer).href
      : `${APP_SCHEME}://${APP_HOST}/${name}`;
  }

  /** Whether an address has our origin. */
  owns(address: string | undefined): boolean {
    if (address === undefined || !URL.canParse(address)) return false;
    const url = new URL(address);
    if (this.#devServer) return url.origin === this.#devServer.origin;
    return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST;
  }

  /** Whether an address is one of our documents: only these may fill a window or talk to main. */
  isPage(address: string | undefined): boolean {
    if (!this.owns(address) || address === undefined) return false;
    const { pathname, username, password, port } = new URL(address);
    if (!this.#devServer && (username !== '' || password !== '' || port !== '')) return false;
    return PAGES.some((page) => pathname === `/${page}`);
  }

  /** Who may read what main serves besides the pages: Vite's server, in development. */
  get reader(): string | undefined {
    return this.#devServer?.origin;
  }

  /** The content security policy of every page. */
  contentSecurityPolicy(): string {
    // In development Vite injects styles and a reload client.
    const dev = this.#devServer
      ? {
          script: " 'unsafe-inline'",
          style: " 'unsafe-inline'",
          connect: ` ws://${this.#devServer.host} ${APP_SCHEME}:`,
          media: ` ${APP_SCHEME}:`,
        }
      : { script: '', style: '', connect: '', media: '' };
    return [
      "default-src 'none'",
      `script-src 'self'${dev.script}`,
      `style-src 'self'${dev.style}`,
      // Pictures of customers, whose bytes main has checked.
      "img-src 'self' data: blob:",
      "font-src 'self'",
      `media-src 'self' blob: mediastream:${dev.media}`,
      `connect-src 'self'${dev.connect}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; ');
  }
}
