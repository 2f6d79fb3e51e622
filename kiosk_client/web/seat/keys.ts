/*
 * The keys of a seat: digits choose by number; arrows move between the choices; Enter and Space
 * press the one in focus, as any button. Escape leaves what was begun only to check the seat.
 *
 * Rule: a key that repeats because it is held down does nothing, whatever key it is.
 */

/** The facts of a key press that matter. */
export interface KeyStroke {
  readonly key: string;
  readonly repeat: boolean;
  /** Whether Control, Alt or Meta is held: such keys belong to the browser. */
  readonly modified: boolean;
  /** Whether a text field has the focus. */
  readonly typing: boolean;
}

/** What a key asks for. `swallow` stops a repeat from pressing a button again. */
export type KeyMeaning =
  | { readonly kind: 'choose'; readonly index: number }
  | { readonly kind: 'move'; readonly by: 1 | -1 }
  | { readonly kind: 'across'; readonly by: 'left' | 'right' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'swallow' }
  | { readonly kind: 'none' };

const NONE: KeyMeaning = { kind: 'none' };
/** The number keys that a motion needs, and the most that there are. */
export const CHOICE_KEYS = 3;
export const NAME_KEYS = 9;

/**
 * The meaning of a key, where `numbers` things can be chosen by digit; arrows go down and up the
 * stack, whatever the direction of writing.
 */
export function meaningOf(stroke: KeyStroke, numbers: number = CHOICE_KEYS): KeyMeaning {
  if (stroke.modified) return NONE;
  if (stroke.key === 'Escape') return { kind: 'leave' };
  if (stroke.typing) return NONE;
  const index = '123456789'.slice(0, numbers).split('').indexOf(stroke.key);
  const presses = index >= 0 || stroke.key === 'Enter' || stroke.key === ' ';
  if (stroke.repeat && presses) return { kind: 'swallow' };
  if (index >= 0) return { kind: 'choose', index };
  if (stroke.key === 'ArrowDown') return { kind: 'move', by: 1 };
  if (stroke.key === 'ArrowUp') return { kind: 'move', by: -1 };
  if (stroke.key === 'ArrowLeft') return { kind: 'across', by: 'left' };
  if (stroke.key === 'ArrowRight') return { kind: 'across', by: 'right' };
  return NONE;
}

/** Which way an arrow across goes in the order of reading. */
export function along(by: 'left' | 'right', direction: 'ltr' | 'rtl'): 1 | -1 {
  return (by === 'right') === (direction === 'ltr') ? 1 : -1;
}

/** The place in a grid filled row by row, so many places on: a step past an edge stays where it is. */
export function movedInGrid(from: number, by: number, length: number): number {
  if (from < 0) return by > 0 ? 0 : length - 1;
  const to = from + by;
  return to < 0 || to >= length ? from : to;
}

/** The place in a row of `length` to move to from `from` (-1: none has the focus); no wrapping. */
export function moved(from: number, by: 1 | -1, length: number): number {
  if (from < 0) return by === 1 ? 0 : length - 1;
  return Math.min(length - 1, Math.max(0, from + by));
}
