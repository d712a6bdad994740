import type { PackageOrder } from './fpm-arguments.d.mts';

export function makeRpm(order: PackageOrder, scratch: string): Promise<void>;
export function specFile(
  order: PackageOrder,
  scripts: { afterInstall: string; afterRemove: string },
  files: readonly { path: string }[],
): string;
