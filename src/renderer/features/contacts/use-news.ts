import { useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { ContactItem } from '../../../shared/ipc/contacts.ts';
import { messageText } from './message.tsx';

interface Known {
  items: readonly ContactItem[];
  news: string;
}

/**
 * What a screen reader says about a timeline that changes while it is open: a message that came in, or one
 * of ours that failed. `items`: newest first; undefined while they are read.
 */
export function useNews(items: readonly ContactItem[] | undefined, from: string): string {
  const [known, setKnown] = useState<Known | undefined>();
  if (items === undefined || known?.items === items) return known?.news ?? '';
  if (!known || !hasChanged(known.items, items)) {
    if (!known) setKnown({ items, news: '' });
    return known?.news ?? '';
  }
  const news = newsOf(known.items, items, from);
  setKnown({ items, news: news === '' ? known.news : news });
  return news === '' ? known.news : news;
}

/** The list is made anew at every rendering; its items are not. */
function hasChanged(before: readonly ContactItem[], now: readonly ContactItem[]): boolean {
  return before.length !== now.length || now.some((item, index) => item !== before[index]);
}

function newsOf(before: readonly ContactItem[], now: readonly ContactItem[], from: string): string {
  const states = new Map(before.map((item) => [item.id, stateOf(item)]));
  // Earlier pages are older than all that is known. WhatsApp tells times in whole seconds.
  const since = Math.floor((before[0]?.at ?? 0) / 1000) * 1000;
  const news = now.flatMap((item) => {
    const isNew = !states.has(item.id);
    if (item.kind === 'message-in' && isNew && item.at >= since) {
      return `${t('contacts.author', { name: from })} ${messageText(item)}`;
    }
    const hasFailed = stateOf(item) === 'failed' && states.get(item.id) !== 'failed';
    return item.kind === 'message-out' && hasFailed && (!isNew || item.at >= since)
      ? `${t('contacts.states.failed')}: ${item.text ?? ''}`
      : [];
  });
  return news.toReversed().join('. ');
}

function stateOf(item: ContactItem): string | undefined {
  return item.kind === 'message-out' ? item.state : undefined;
}
