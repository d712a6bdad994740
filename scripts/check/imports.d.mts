/** One import of one file by another; paths from the project's root with `/`. */
export interface Import {
  from: string;
  to: string;
  /** Nothing of it is left when the program runs. */
  isType: boolean;
}

export function importGraph(root: string, folders: readonly string[]): Import[];
