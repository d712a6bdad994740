/** One import of one file by another; paths from the project's root with `/`. */
export interface Import {
  from: string;
  to: string;
  /** Erased at run time. */
  isType: boolean;
}

export function importGraph(root: string, folders: readonly string[]): Import[];
