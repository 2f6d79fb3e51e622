/*
 * The keys of a seat: 1, 2, 3 choose; arrows move between the choices; Enter and Space press the
 * one in focus, as any button.
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
  | { readonly kind: 'swallow' }
  | { readonly kind: 'none' };

const NONE: KeyMeaning = { kind: 'none' };
const CHOICE_KEYS = ['1', '2', '3'];

/** The meaning of a key; arrows go down and up the stack, whatever the direction of writing. */
export function meaningOf(stroke: KeyStroke): KeyMeaning {
  if (stroke.typing || stroke.modified) return NONE;
  const index = CHOICE_KEYS.indexOf(stroke.key);
  const presses = index >= 0 || stroke.key === 'Enter' || stroke.key === ' ';
  if (stroke.repeat && presses) return { kind: 'swallow' };
  if (index >= 0) return { kind: 'choose', index };
  if (stroke.key === 'ArrowDown') return { kind: 'move', by: 1 };
  if (stroke.key === 'ArrowUp') return { kind: 'move', by: -1 };
  return NONE;
}

/** The place in a row of `length` to move to from `from` (-1: none has the focus); no wrapping. */
export function moved(from: number, by: 1 | -1, length: number): number {
  if (from < 0) return by === 1 ? 0 : length - 1;
  return Math.min(length - 1, Math.max(0, from + by));
}
