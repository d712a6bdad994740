// Timers exist wherever shared code runs but are in neither of its type libraries.
declare function setTimeout(task: () => void, ms: number): unknown;
declare function clearTimeout(timer: unknown): void;
declare const performance: { now(): number };
