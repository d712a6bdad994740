import { callBlockOf, callBlockText, type CallConditions } from '../../shared/dial/call-block.ts';
import { showValueAt } from '../lib/show-value.ts';

/** Why the agent cannot call now; undefined if they can. */
export function callBlock(conditions: CallConditions): string | undefined {
  const block = callBlockOf(conditions);
  return block && callBlockText(block, showValueAt(conditions.now));
}
