import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import css from './dialog.module.css';

interface QuestionProps {
  title: string;
  text: string;
  /** Between the text and the buttons. */
  content?: ReactNode;
  /** Where no answer changes nothing: the Escape key closes it. */
  onClose?: (() => void) | undefined;
  children: ReactNode;
}

/** A question to answer before going on. Calls still ring above it. */
export function Question({ title, text, content, onClose, children }: QuestionProps) {
  return (
    <AlertDialog.Root open onOpenChange={(isOpen) => !isOpen && onClose?.()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={css.scrim} />
        <AlertDialog.Popup className={css.popup}>
          <AlertDialog.Title className={css.title}>{title}</AlertDialog.Title>
          <AlertDialog.Description className={css.text}>{text}</AlertDialog.Description>
          {content}
          <div className={css.actions}>{children}</div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
