import { t } from '../../shared/i18n/i18n.ts';
import type { IpcMain } from 'electron';
import type { z } from 'zod';
import { REQUEST_CHANNEL } from '../../shared/ipc/channels.ts';
import type { Answered, AppError } from '../../shared/ipc/errors.ts';
import type { Responses } from '../../shared/ipc/responses.ts';
import { requests, type RouteName } from '../../shared/ipc/routes.ts';
import { describe, type Log } from '../log.ts';
import { Refusal } from '../refusal.ts';
import type { Windows } from '../windows/open-windows.ts';

/** The sender as Electron reports it; never taken from the message. */
export interface IpcSender {
  /** Id of the sending `webContents`. */
  id: number;
  /** Address of the sending frame; undefined when the frame is gone. */
  url: string | undefined;
  /** Whether it is the page itself and not a frame inside it. */
  topFrame: boolean;
}

type Parsed = { [N in RouteName]: z.output<(typeof requests)[N]> };

/** One function per route; the compiler names the one that is missing. */
export type Handlers = {
  [N in RouteName]: (input: Parsed[N], from: IpcSender) => Responses[N] | Promise<Responses[N]>;
};

/** A long list may be wrong in every row. */
const MOST_DETAILS = 20;

// The same schemas typed per route, so that the compiler matches each with its handler.
const schemas: { [N in RouteName]: z.ZodType<Parsed[N]> } = requests;

/** Which routes a sender may use; decided by who it is, never by what it sends. */
export type Permitted = (sender: IpcSender) => 'everything' | 'nothing' | ReadonlySet<RouteName>;

/** The routes that the ring window needs. */
export const ringRoutes: ReadonlySet<RouteName> = new Set<RouteName>([
  'app.hello',
  'calls.accept',
  'calls.decline',
  'calls.undo-decline',
  'calls.silence',
  'ring.drag',
]);

/**
 * The main window may ask for everything, the ring window for its own routes, and nobody else for
 * anything.
 */
export function permittedTo({ main, ring, origin }: Windows): Permitted {
  return (sender) => {
    if (!sender.topFrame || !origin.isPage(sender.url)) return 'nothing';
    if (sender.id === main.contentsId) return 'everything';
    return sender.id === ring.contentsId ? ringRoutes : 'nothing';
  };
}

/**
 * Answers every request of a window: checks the sender, parses the input, calls the handler. It
 * never throws, because Electron would pass on only an exception's message.
 */
export class IpcDispatcher {
  readonly #handlers: Handlers;
  readonly #mayAsk: Permitted;
  readonly #hasLogTrouble: () => boolean;
  readonly #log: Log;

  /** @param hasLogTrouble the log of calls cannot be used now, which explains any failure */
  constructor(handlers: Handlers, mayAsk: Permitted, hasLogTrouble: () => boolean, log: Log) {
    this.#handlers = handlers;
    this.#mayAsk = mayAsk;
    this.#hasLogTrouble = hasLogTrouble;
    this.#log = log;
  }

  /** @returns stops answering */
  register(ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>): () => void {
    ipcMain.handle(REQUEST_CHANNEL, (event, name: unknown, input: unknown) => {
      const frame = event.senderFrame;
      return this.handle(name, input, {
        id: event.sender.id,
        url: frame?.url,
        topFrame: frame !== null && frame === event.sender.mainFrame,
      });
    });
    return () => ipcMain.removeHandler(REQUEST_CHANNEL);
  }

  async handle(name: unknown, input: unknown, sender: IpcSender): Promise<Answered<unknown>> {
    const allowed = this.#mayAsk(sender);
    if (allowed === 'nothing') {
      this.#log.warn(`ipc: refused a request from ${sender.url ?? 'a frame that is gone'}`);
      return refuse({ code: 'unknown-sender', message: t('refusals.unknown-sender') });
    }
    if (!isRoute(name)) {
      return refuse({
        code: 'bad-request',
        // Of anything else the text may be endless, or not to be had.
        message: t('requests.noRoute', { name: typeof name === 'string' ? name.slice(0, 40) : '' }),
      });
    }
    if (allowed !== 'everything' && !allowed.has(name)) {
      this.#log.warn(`ipc: refused ${name} to a window that has no need of it`);
      return refuse({ code: 'unknown-sender', message: t('refusals.unknown-sender') });
    }
    try {
      return await this.#call(name, input, sender);
    } catch (error) {
      return refuse(this.#explain(name, error));
    }
  }

  async #call<N extends RouteName>(
    name: N,
    input: unknown,
    sender: IpcSender,
  ): Promise<Answered<Responses[N]>> {
    const parsed = schemas[name].safeParse(input);
    if (!parsed.success) {
      return refuse({
        code: 'bad-request',
        message: t('requests.badRequest', { name }),
        details: parsed.error.issues
          .slice(0, MOST_DETAILS)
          .map((issue) => `${issue.path.join('.')}: ${issue.message}`),
      });
    }
    return { ok: true, value: await this.#handlers[name](parsed.data, sender) };
  }

  #explain(name: RouteName, error: unknown): AppError {
    if (error instanceof Refusal) return error.error;
    this.#log.error(`ipc: ${name} failed: ${describe(error)}`);
    if (this.#hasLogTrouble()) {
      return { code: 'log-unavailable', message: t('refusals.log-unavailable') };
    }
    return {
      code: 'internal',
      message: t('requests.failed', { name }),
    };
  }
}

function isRoute(name: unknown): name is RouteName {
  return typeof name === 'string' && Object.hasOwn(requests, name);
}

function refuse(error: AppError): { ok: false; error: AppError } {
  return { ok: false, error };
}
