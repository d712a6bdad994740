import { act, type ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Combobox, SearchList } from '../../../../src/renderer/ui/combobox.tsx';
import { page, root } from '../page.ts';

interface Fruit {
  id: string;
  gone?: boolean;
}
const fruits: readonly Fruit[] = [{ id: 'apple' }, { id: 'banana', gone: true }, { id: 'cherry' }];
const onPick = vi.fn<(fruit: Fruit) => void>();
const onText = vi.fn<(text: string) => void>();

beforeEach(() => {
  vi.clearAllMocks();
});

const draw = (what: ReactNode) => act(async () => root.render(what));
const combobox = () => {
  const found = document.querySelector<HTMLElement>('[role="combobox"]');
  if (!found) throw new Error('no combobox');
  return found;
};
const options = () => [...document.querySelectorAll<HTMLElement>('[role="option"]')];
const highlighted = (input: HTMLElement) =>
  document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.textContent;
const press = (input: HTMLElement, key: string) =>
  act(async () => {
    input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });

describe('a list that is searched', () => {
  const list = (found: readonly Fruit[] = fruits) => (
    <SearchList
      label="Fruits"
      text=""
      onText={onText}
      options={found}
      onPick={onPick}
      keyOf={({ id }) => id}
      textOf={({ id }) => id}
      isBlocked={({ gone = false }) => gone}
      placeholder="Search"
      noMatch="No such fruit"
    >
      {({ id }) => id}
    </SearchList>
  );

  it('has the focus in its field and the first option highlighted', async () => {
    await draw(list());
    expect(document.activeElement).toBe(combobox());
    expect(combobox().getAttribute('aria-label')).toBe('Fruits');
    expect(combobox().getAttribute('aria-expanded')).toBe('true');
    expect(document.querySelector('[role="listbox"]')?.getAttribute('aria-label')).toBe('Fruits');
    await expect.poll(() => highlighted(combobox())).toBe('apple');
  });

  it('is walked with the arrow keys in a circle and picked from with Enter', async () => {
    await draw(list());
    await press(combobox(), 'ArrowUp');
    await expect.poll(() => highlighted(combobox())).toBe('cherry');
    await press(combobox(), 'Enter');
    expect(onPick).toHaveBeenCalledExactlyOnceWith({ id: 'cherry' });
    expect(onText).not.toHaveBeenCalled();
  });

  it('reads out a blocked option, but does not pick it', async () => {
    await draw(list());
    await press(combobox(), 'ArrowDown');
    await expect.poll(() => highlighted(combobox())).toBe('banana');
    expect(options()[1]?.getAttribute('aria-disabled')).toBe('true');
    await press(combobox(), 'Enter');
    await act(async () => options()[1]?.click());
    expect(onPick).not.toHaveBeenCalled();
  });

  it('says so when nothing matches', async () => {
    await draw(list([]));
    expect(page.textContent).toContain('No such fruit');
    await press(combobox(), 'Enter');
    expect(onPick).not.toHaveBeenCalled();
  });
});

describe('a combobox', () => {
  it('shows the chosen option, and opens a named list in which a blocked one cannot be chosen', async () => {
    await draw(
      <Combobox
        label="Fruit"
        options={fruits}
        value={fruits[0]}
        onChange={onPick}
        keyOf={({ id }) => id}
        textOf={({ id }) => id}
        shown="An apple"
        searchPlaceholder="Search"
        noMatch="No such fruit"
        isBlocked={({ gone = false }) => gone}
      >
        {({ id }) => id}
      </Combobox>,
    );
    expect(combobox().textContent).toBe('An apple');
    expect(combobox().getAttribute('aria-label')).toBe('Fruit');
    await act(async () => combobox().click());
    expect(options().map(({ textContent }) => textContent)).toEqual(['apple', 'banana', 'cherry']);
    expect(options()[0]?.getAttribute('aria-selected')).toBe('true');
    await act(async () => options()[1]?.click());
    expect(onPick).not.toHaveBeenCalled();
    await act(async () => options()[2]?.click());
    expect(onPick).toHaveBeenCalledExactlyOnceWith({ id: 'cherry' });
  });
});
