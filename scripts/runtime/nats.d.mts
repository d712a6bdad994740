export function ensureNats(say: (line: string) => void): Promise<void>;
