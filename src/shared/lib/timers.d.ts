// Timers exist wherever our code runs, but belong to neither of the type libraries that shared code may see.
declare function setTimeout(task: () => void, ms: number): unknown;
declare function clearTimeout(timer: unknown): void;
declare const performance: { now(): number };
