import type { Import } from './imports.mjs';

export interface Circle {
  members: string[];
  /** The imports that form it. */
  imports: Import[];
}

export function folderCircles(graph: readonly Import[]): Circle[];
export function fileCircles(graph: readonly Import[]): Circle[];
