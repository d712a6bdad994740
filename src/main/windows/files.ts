import { extname, join, normalize, sep } from 'node:path';
import { APP_HOST } from './origin.ts';

const MIME: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wav': 'audio/wav',
  '.opus20': 'application/octet-stream',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** The file for an address; undefined if it is outside the folder or of a type we never serve. */
export function fileFor(address: string, root: string): { path: string; type: string } | undefined {
  const url = new URL(address);
  if (url.host !== APP_HOST) return undefined;
  let name: string;
  try {
    name = decodeURIComponent(url.pathname);
  } catch {
    return undefined;
  }
  const path = normalize(join(root, name));
  const type = MIME[extname(path)];
  if (!path.startsWith(normalize(root) + sep) || type === undefined || name.includes('\0')) {
    return undefined;
  }
  return { path, type };
}
