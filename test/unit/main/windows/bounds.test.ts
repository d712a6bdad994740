import { describe, expect, it } from 'vitest';
import { firstBounds } from '../../../../src/main/windows/bounds.ts';

describe('window positions', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1040 };
  const saved = { x: 100, y: 100, width: 200, height: 200, maximized: false };

  it('are restored, but never too small', () => {
    expect(firstBounds(saved, [screen])).toEqual({ x: 100, y: 100, width: 360, height: 520 });
  });

  it('are reset when their screen is gone', () => {
    expect(firstBounds({ ...saved, x: 3000 }, [screen])).toEqual({ width: 360, height: 520 });
  });
});
