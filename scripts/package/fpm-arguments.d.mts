export interface PackageOrder {
  type: 'deb' | 'rpm';
  file: string;
  name: string;
  version: string;
  architecture: string;
  maintainer: string;
  url: string;
  license: string;
  summary: string;
  description: string;
  category: string;
  depends: string[];
  recommends: string[];
  compression: string;
  afterInstall: string | undefined;
  afterRemove: string | undefined;
  files: { from: string; to: string }[];
}

export function readFpmArguments(args: readonly string[]): PackageOrder;
