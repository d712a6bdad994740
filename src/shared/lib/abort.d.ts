// Signals exist wherever our code runs, but belong to neither of the type libraries that shared code may see.
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare const AbortSignal: { timeout(ms: number): AbortSignal };
