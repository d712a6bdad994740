import type { NoteContent } from '../../shared/ipc/model.ts';

/** A note's outcome and tags in one line; empty if there are none. */
export function noteLabels({
  disposition,
  tags,
}: Pick<NoteContent, 'disposition' | 'tags'>): string {
  return [...(disposition === undefined ? [] : [disposition]), ...tags].join(' · ');
}
