import type { PackageOrder } from './fpm-arguments.d.mts';

export function makeDeb(order: PackageOrder, scratch: string): Promise<void>;
export function controlFile(order: PackageOrder, installedKib: number): string;
