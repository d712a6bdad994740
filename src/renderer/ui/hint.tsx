import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import css from './hint.module.css';

interface HintProps {
  /** Missing while there is nothing to say. */
  text: string | undefined;
  children: ReactElement;
}

/** A tooltip on hover and focus. The control itself carries the same text for screen readers. */
export function Hint({ text, children }: HintProps) {
  return (
    <Tooltip.Root disabled={text === undefined}>
      <Tooltip.Trigger delay={400} render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={8} className={css.positioner}>
          <Tooltip.Popup className={css.popup}>{text}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
