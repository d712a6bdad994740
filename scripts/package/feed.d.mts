import type { KeyObject } from 'node:crypto';

export function updateKey(): Promise<KeyObject | undefined>;
export function publicHalf(key: KeyObject): string;
export function signFeed(
  folder: string,
  version: string,
  key: KeyObject,
): Promise<readonly string[]>;
