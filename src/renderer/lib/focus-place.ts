/** A place in the page that outlives the element there. */
export interface Place {
  /** Focuses what is there now. */
  focus: () => void;
}

/** Where the focus is, or undefined if nothing has it. */
export function focusPlace(): Place | undefined {
  const path: number[] = [];
  let element = document.activeElement;
  if (element === document.body) return undefined;
  for (; element?.parentElement && element !== document.body; element = element.parentElement)
    path.unshift([...element.parentElement.children].indexOf(element));
  return {
    focus() {
      let found: Element | undefined = document.body;
      for (const at of path) found = found?.children[at];
      if (found instanceof HTMLElement) found.focus();
    },
  };
}
