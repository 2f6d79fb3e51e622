/**
 * The console's keyboard: which key asks for what.
 *
 * Rule: a letter means what is printed on the key, on any Latin layout; on other layouts (Arabic)
 * it means the place of the key. Keys are off while a text field has the focus, while a dialogue
 * is open and while Ctrl, Alt or Meta is held. Enter belongs to a focused control, if there is one.
 */

export type DeskAction =
  | 'next'
  | 'bell'
  | 'last_call'
  | 'interrupt'
  | 'extend'
  | 'silent'
  | 'assistance'
  | 'quorum'
  | 'find'
  | 'preview'
  | 'take'
  | 'freeze'
  | 'blank'
  | 'journal'
  | 'help'
  | 'answer_yes'
  | 'answer_no'
  | 'answer_abstain'
  | 'answer_pass';

/** What the map needs to know of a key press; a KeyboardEvent has all of it. */
export interface KeyStroke {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Where the focus stands. `control` is a button, a link or anything else that Enter works. */
export type Focus = 'desk' | 'control' | 'text' | 'dialogue';

/** A line of the help overlay. `keys` are shown as they are, except names that Fluent translates. */
export interface KeyHelp {
  readonly keys: readonly string[];
  readonly label: string;
}

const LETTERS: Readonly<Record<string, DeskAction>> = {
  b: 'bell',
  l: 'last_call',
  p: 'interrupt',
  s: 'silent',
  a: 'assistance',
  q: 'quorum',
  f: 'freeze',
  j: 'journal',
};

const SIGNS: Readonly<Record<string, DeskAction>> = {
  '+': 'extend',
  '/': 'find',
  '?': 'help',
  // The Arabic layout's question mark.
  '؟': 'help',
  '0': 'blank',
  '1': 'answer_yes',
  '2': 'answer_no',
  '3': 'answer_abstain',
  '4': 'answer_pass',
};

/** Keys of the help overlay, in the order in which it lists them. */
export const HELP: readonly KeyHelp[] = [
  { keys: ['key-enter'], label: 'keys-next' },
  { keys: ['key-enter'], label: 'keys-hold' },
  { keys: ['B'], label: 'keys-bell' },
  { keys: ['L'], label: 'keys-last-call' },
  { keys: ['P'], label: 'keys-interrupt' },
  { keys: ['+'], label: 'keys-extend' },
  { keys: ['S'], label: 'keys-silent' },
  { keys: ['A'], label: 'keys-assistance' },
  { keys: ['Q'], label: 'keys-quorum' },
  { keys: ['/'], label: 'keys-find' },
  { keys: ['D'], label: 'keys-preview' },
  { keys: ['key-shift', 'D'], label: 'keys-take' },
  { keys: ['F'], label: 'keys-freeze' },
  { keys: ['0'], label: 'keys-blank' },
  { keys: ['J'], label: 'keys-journal' },
  { keys: ['1', '2', '3', '4'], label: 'console-keys-answers' },
  { keys: ['?'], label: 'keys-help' },
  { keys: ['key-escape'], label: 'keys-escape' },
];

function letterOf(stroke: KeyStroke): string | null {
  if (/^[a-z]$/i.test(stroke.key)) return stroke.key.toLowerCase();
  // A Latin layout that prints another sign there means that sign, not the letter's place.
  const latin = /^[\u0020-\u024f]$/.test(stroke.key);
  const place = /^Key([A-Z])$/.exec(stroke.code);
  return !latin && place?.[1] !== undefined ? place[1].toLowerCase() : null;
}

/** The action that a stroke asks for, or null where the key is not the desk's. */
export function actionOf(stroke: KeyStroke, focus: Focus): DeskAction | null {
  if (focus === 'text' || focus === 'dialogue') return null;
  if (stroke.ctrlKey || stroke.altKey || stroke.metaKey) return null;
  if (stroke.key === 'Enter') return focus === 'control' ? null : 'next';
  const sign = SIGNS[stroke.key];
  if (sign !== undefined) return sign;
  const letter = letterOf(stroke);
  if (letter === null) return null;
  if (letter === 'd') return stroke.shiftKey ? 'take' : 'preview';
  return stroke.shiftKey ? null : (LETTERS[letter] ?? null);
}

const TEXT_INPUTS = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';
const CONTROLS = 'button, a[href], summary, [role="button"], [role="tab"], [role="option"]';

/** Where the focus stands, for an element; NEXT itself counts as the desk. */
export function focusOf(element: Element | null): Focus {
  if (element === null) return 'desk';
  if (element.closest('dialog[open]') !== null) return 'dialogue';
  if (element.closest(TEXT_INPUTS) !== null) return 'text';
  if (element.closest('[data-next]') !== null) return 'desk';
  return element.closest(CONTROLS) === null ? 'desk' : 'control';
}
