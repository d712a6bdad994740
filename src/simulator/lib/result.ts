/** Success with a value, or a refusal with the reason. */
export type Result<T, F> = { ok: true; value: T } | { ok: false; fault: F };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const refuse = <F>(fault: F): { ok: false; fault: F } => ({ ok: false, fault });
