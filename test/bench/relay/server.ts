import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Kind, Reply, Request, Usage } from './wire.ts';

export interface ServerOptions {
  kind: Kind;
  /** Agents, spread evenly over the workspaces. */
  consoles: number;
  workspaces: number;
  nodeOptions: readonly string[];
}

/** A server under measurement, in a process of its own. */
export class MeasuredServer {
  readonly #child: ChildProcess;
  readonly url: string;
  readonly tokens: readonly string[];

  private constructor(child: ChildProcess, { url, tokens }: Extract<Reply, { is: 'ready' }>) {
    this.#child = child;
    this.url = url;
    this.tokens = tokens;
  }

  static async start({
    kind,
    consoles,
    workspaces,
    nodeOptions,
  }: ServerOptions): Promise<MeasuredServer> {
    const args = [kind, String(consoles), String(workspaces)];
    const child = fork(new URL('./server-process.ts', import.meta.url), args, {
      execArgv: ['--expose-gc', ...nodeOptions],
      // Its log is written, as in production, but nobody reads it.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const reply = await replyOf(child);
    if (reply.is !== 'ready') throw new Error(`The server said ${reply.is} before it was ready.`);
    return new MeasuredServer(child, reply);
  }

  /** @param settled after garbage collection */
  async usage({ settled }: { settled: boolean }): Promise<Usage> {
    const reply = replyOf(this.#child);
    this.#ask({ ask: 'usage', settled });
    const usage = await reply;
    if (usage.is !== 'usage') throw new Error(`The server said ${usage.is} of its usage.`);
    return usage;
  }

  async end(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#ask({ ask: 'end' });
    await exit;
  }

  #ask(request: Request): void {
    this.#child.send(request);
  }
}

/** The server's next message; rejects if its process ends instead. */
function replyOf(child: ChildProcess): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('The server under measurement has ended.'));
    child.once('exit', gone);
    child.once('message', (reply: Reply) => {
      child.off('exit', gone);
      resolve(reply);
    });
  });
}
