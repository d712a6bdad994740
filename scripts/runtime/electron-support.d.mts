export function supportEnds(version: string): number;
export function outOfSupport(version: string, now: number): string | undefined;
