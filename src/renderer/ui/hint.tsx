import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import css from './hint.module.css';

/** A tooltip on hover and focus. The control itself carries the same text for screen readers. */
export function Hint({ text, children }: { text: string; children: ReactElement }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger delay={400} render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={8} className={css.positioner}>
          <Tooltip.Popup className={css.popup}>{text}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
