import { basename } from 'node:path';
import { exportColumns } from '../../../shared/ipc/export.ts';
import type { ExportRequest } from '../reader-protocol.ts';
import { isoOf } from './columns.ts';

interface Content extends ExportRequest {
  rows: number;
  /** Bytes. */
  size: number;
  sha256: string;
}

/** Where the manifest of an exported file stands. */
export const manifestPath = (path: string) => `${path}.manifest.json`;

/** What a file holds, and how to tell that it is whole and unchanged: for those who receive it. */
export function manifestOf(content: Content): string {
  const { path, format, separator, filter, columns, rows, size, sha256 } = content;
  const { from, to, ...rest } = filter;
  const manifest = {
    file: basename(path),
    format,
    ...(format === 'csv' && { separator: separator ?? 'comma' }),
    calls: rows,
    bytes: size,
    sha256,
    written: isoOf(Date.now()),
    filter: { ...rest, from: isoOf(from), to: isoOf(to) },
    ...(format !== 'jsonl' && { columns: columns ?? exportColumns }),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
