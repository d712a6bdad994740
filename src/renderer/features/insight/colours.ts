import type { Colour } from './picture.ts';

/** The colours of the page as it is now: a canvas knows no tokens. */
export interface Colours {
  of: (token: Colour) => string;
  text: string;
  line: string;
  ground: string;
  font: string;
}

/** @param element one inside the page */
export function coloursIn(element: HTMLElement): Colours {
  const probe = document.createElement('span');
  element.append(probe);
  const read = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const known = new Map<Colour, string>();
  const all: readonly Colour[] = ['good', 'bad', 'soon', 'accent', 'text-quiet', 'line-strong'];
  for (const token of all) known.set(token, read(token));
  const colours: Colours = {
    of: (token) => known.get(token) ?? 'gray',
    text: read('text'),
    line: read('line'),
    ground: read('ground'),
    font: getComputedStyle(probe).fontFamily,
  };
  probe.remove();
  return colours;
}
