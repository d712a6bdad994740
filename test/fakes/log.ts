import type { Log } from '../../src/main/log.ts';

/** A log that keeps its lines. */
export class FakeLog implements Log {
  readonly lines: string[] = [];

  info(text: string): void {
    this.lines.push(`info ${text}`);
  }

  warn(text: string): void {
    this.lines.push(`warn ${text}`);
  }

  error(text: string): void {
    this.lines.push(`error ${text}`);
  }

  /** Lines of one level. */
  at(level: 'info' | 'warn' | 'error'): string[] {
    return this.lines.filter((line) => line.startsWith(level));
  }
}
