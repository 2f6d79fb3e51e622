/**
 * From a command that the view offers to the body that the hall wants.
 *
 * Rule: the view says what is allowed, whether it must be held and which fields it needs; this
 * screen only asks for them. A need that this screen does not know is said, not guessed.
 */
import type { Choice, Command, CommandBody, CommandOption } from '@wire/types';

/** A field of a command's form. */
export type Field = 'reason' | 'seconds' | 'text' | 'member' | 'intention';

const FIELDS: readonly Field[] = ['reason', 'seconds', 'text', 'member', 'intention'];

/** The seconds that the key "+" adds. */
export const EXTEND_SECONDS = 30;

/** What the operator filled in; empty strings mean nothing. */
export interface Filled {
  readonly reason: string;
  readonly seconds: string;
  readonly text: string;
  readonly member: string;
  readonly intention: Choice | '';
}

export const EMPTY: Filled = { reason: '', seconds: '', text: '', member: '', intention: '' };

/** A form for a command: what to ask for, and what this screen cannot ask for. */
export interface Form {
  readonly fields: readonly Field[];
  readonly unknown: readonly string[];
}

const isField = (name: string): name is Field => (FIELDS as readonly string[]).includes(name);

/** The form that a command's needs make, in the order of this screen. */
export function formOf(option: CommandOption): Form {
  return {
    fields: FIELDS.filter((field) => option.needs.includes(field)),
    unknown: option.needs.filter((need) => !isField(need)),
  };
}

/** The values a form begins with. */
export function startOf(option: CommandOption): Filled {
  return option.needs.includes('seconds') ? { ...EMPTY, seconds: String(EXTEND_SECONDS) } : EMPTY;
}

/** The needed fields that are still empty or cannot be read. */
export function missingIn(form: Form, filled: Filled): Field[] {
  return form.fields.filter((field) =>
    field === 'seconds' ? secondsOf(filled.seconds) === null : filled[field].trim() === '',
  );
}

/** Whole seconds of 1 to a day, or null. */
export function secondsOf(text: string): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null;
  const seconds = Number(text);
  return seconds >= 1 && seconds <= 86_400 ? seconds : null;
}

/** The body: the form's fields only. */
export function bodyOf(form: Form, filled: Filled): CommandBody {
  const body: CommandBody = {};
  for (const field of form.fields) {
    if (field === 'seconds') body.seconds = secondsOf(filled.seconds);
    else body[field] = filled[field].trim();
  }
  return body;
}

/** How a command is confirmed: held, through a form, or by the press itself. */
export type Manner = 'hold' | 'form' | 'press';

/** Commands that end a ballot without a result are never one touch away. */
const BY_MENU: readonly Command[] = ['cancel', 'void'];

export function mannerOf(option: CommandOption): Manner {
  if (option.hold) return 'hold';
  return option.needs.length > 0 || BY_MENU.includes(option.command) ? 'form' : 'press';
}

/** The option for a command on a ballot, if it is allowed now. */
export function optionFor(
  options: readonly CommandOption[],
  ballot: string | null,
  ...commands: readonly Command[]
): CommandOption | null {
  for (const command of commands) {
    const found = options.find(
      (option) => option.command === command && (ballot === null || option.ballot === ballot),
    );
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * The same command with a reason, where the hall refused it for want of a quorum: the one refusal
 * that a reason overrides. Null for everything else.
 */
export function withReason(option: CommandOption, code: string): CommandOption | null {
  if (code !== 'no_quorum' || option.needs.includes('reason')) return null;
  return { ...option, hold: false, needs: [...option.needs, 'reason'] };
}

/** The options of a ballot that stand in the menu: all but the one that comes next. */
export function menuOf(
  options: readonly CommandOption[],
  next: CommandOption | null,
  ballot: string,
): CommandOption[] {
  return options.filter(
    (option) =>
      option.ballot === ballot &&
      !(next?.ballot === option.ballot && next.command === option.command),
  );
}

/** The Fluent id part of a wire word: `last_call` → `last-call`. */
export const dashed = (word: string): string => word.replaceAll('_', '-');
