// AbortSignal exists wherever shared code runs but is in neither of its type libraries.
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
declare const AbortSignal: { timeout(ms: number): AbortSignal };
