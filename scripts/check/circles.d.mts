import type { Import } from './imports.mjs';

export interface Circle {
  folders: string[];
  /** Those that make it. */
  imports: Import[];
}

export function folderCircles(graph: readonly Import[]): Circle[];
