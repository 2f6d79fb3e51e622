/**
 * From a command that the view offers to the body that the hall wants.
 *
 * Rule: the view says what is allowed, whether it must be held and which fields it needs and takes;
 * this screen only asks for them. A need that this screen does not know is said, not guessed.
 */
import type { Choice, Command, CommandBody, CommandOption, Kind, Mode } from '@wire/types';
import { waysOf } from './motion';

const FIELDS = [
  'mode',
  'start',
  'withdrawn',
  'candidates',
  'names',
  'drawn',
  'witnesses',
  'counts',
  'seconds',
  'text',
  'member',
  'choice',
  'intention',
  'reason',
] as const;

/** A field of a command's form, in the order in which this screen asks. */
export type Field = (typeof FIELDS)[number];

/** What a Member can answer in a roll-call. */
export const ANSWERS = ['yes', 'no', 'abstain', 'pass'] as const;
export type RollCallAnswer = (typeof ANSWERS)[number];

/** The seconds that the key "+" adds. */
export const EXTEND_SECONDS = 30;

/** How many people have to see lots being drawn. */
export const WITNESSES = 2;

/** What the operator filled in; empty strings and lists mean nothing. */
export interface Filled {
  readonly mode: Mode | '';
  readonly start: string;
  readonly withdrawn: readonly string[];
  /** Who is new in the next round, one name a line. */
  readonly candidates: string;
  readonly names: readonly string[];
  /** In the order in which the names were drawn. */
  readonly drawn: readonly string[];
  /** One name a line. */
  readonly witnesses: string;
  /** The texts of the fields of a teller's sheet. */
  readonly counts: Readonly<Record<string, string>>;
  readonly seconds: string;
  readonly text: string;
  readonly member: string;
  readonly choice: RollCallAnswer | '';
  readonly intention: Choice | '';
  readonly reason: string;
}

export const EMPTY: Filled = {
  mode: '',
  start: '',
  withdrawn: [],
  candidates: '',
  names: [],
  drawn: [],
  witnesses: '',
  counts: {},
  seconds: '',
  text: '',
  member: '',
  choice: '',
  intention: '',
  reason: '',
};

/** A form for a command: what to ask for, what of it may stay empty, and what it cannot ask for. */
export interface Form {
  readonly fields: readonly Field[];
  readonly optional: readonly Field[];
  readonly unknown: readonly string[];
}

const isField = (name: string): name is Field => (FIELDS as readonly string[]).includes(name);

/** The form that a command's needs make, in the order of this screen. */
export function formOf(option: CommandOption): Form {
  const optional = FIELDS.filter(
    (field) => option.takes.includes(field) && !option.needs.includes(field),
  );
  return {
    fields: FIELDS.filter((field) => option.needs.includes(field) || optional.includes(field)),
    optional,
    unknown: option.needs.filter((need) => !isField(need)),
  };
}

/** The values a form begins with. */
export function startOf(option: CommandOption): Filled {
  return option.needs.includes('seconds') ? { ...EMPTY, seconds: String(EXTEND_SECONDS) } : EMPTY;
}

/** The needed fields that are still empty or cannot be read. */
export function missingIn(form: Form, filled: Filled): Field[] {
  return form.fields.filter((field) => !form.optional.includes(field) && isMissing(field, filled));
}

function isMissing(field: Field, filled: Filled): boolean {
  switch (field) {
    case 'seconds':
      return secondsOf(filled.seconds) === null;
    case 'counts':
      return countsOf(filled.counts) === null;
    case 'witnesses':
      return linesOf(filled.witnesses).length < WITNESSES;
    case 'withdrawn':
    case 'names':
    case 'drawn':
      return filled[field].length === 0;
    default:
      return filled[field].trim() === '';
  }
}

/** Whole seconds of 1 to a day, or null. */
export function secondsOf(text: string): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null;
  const seconds = Number(text);
  return seconds >= 1 && seconds <= 86_400 ? seconds : null;
}

/** A sheet's numbers; null if there is none, or one is not a whole number from 0. */
export function countsOf(texts: Readonly<Record<string, string>>): Record<string, number> | null {
  const counts: Record<string, number> = {};
  for (const [key, text] of Object.entries(texts)) {
    if (!/^\d{1,6}$/.test(text.trim())) return null;
    counts[key] = Number(text);
  }
  return Object.keys(counts).length === 0 ? null : counts;
}

/** The lines that say something, trimmed. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The body: the form's fields only, without those that may stay empty and are. */
export function bodyOf(form: Form, filled: Filled): CommandBody {
  const body: CommandBody = {};
  for (const field of form.fields) {
    if (!isMissing(field, filled)) Object.assign(body, valueOf(field, filled));
  }
  return body;
}

function valueOf(field: Field, filled: Filled): CommandBody {
  switch (field) {
    case 'seconds':
      return { seconds: secondsOf(filled.seconds) };
    case 'counts':
      return { counts: countsOf(filled.counts) };
    case 'witnesses':
      return { witnesses: linesOf(filled.witnesses) };
    case 'candidates':
      return { candidates: linesOf(filled.candidates).map((name) => ({ name })) };
    case 'withdrawn':
    case 'names':
    case 'drawn':
      return { [field]: [...filled[field]] };
    default:
      return { [field]: filled[field].trim() };
  }
}

/** How a command is confirmed: held, through a form, or by the press itself. */
export type Manner = 'hold' | 'form' | 'press';

/** Commands that are never one touch away: they end a ballot, or withdrawals are asked first. */
const BY_FORM: readonly Command[] = ['cancel', 'void', 'next_round', 'rerun'];

export function mannerOf(option: CommandOption): Manner {
  if (option.hold) return 'hold';
  return option.needs.length > 0 || BY_FORM.includes(option.command) ? 'form' : 'press';
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

/** Whether two options are the same command on the same ballot. */
export const isSame = (one: CommandOption, other: CommandOption): boolean =>
  one.ballot === other.ballot && one.command === other.command;

/** Whether a command is still among those that the view offers. */
export const isOffered = (options: readonly CommandOption[], option: CommandOption): boolean =>
  options.some((each) => isSame(each, option));

/**
 * The same command with a reason, where the hall refused it for want of a quorum or because other
 * votes come first: the refusals that a reason overrides. Null for everything else.
 */
export function withReason(option: CommandOption, code: string): CommandOption | null {
  const overridden = code === 'no_quorum' || code === 'out_of_order';
  if (!overridden || option.needs.includes('reason')) return null;
  return { ...option, hold: false, needs: [...option.needs, 'reason'] };
}

/** What is asked in a ballot, and how it is taken. */
export interface Taken {
  readonly kind: Kind;
  readonly mode: Mode;
}

/** A line of the menu: a command, what it is called there, and what its form begins with. */
export interface MenuLine {
  readonly option: CommandOption;
  readonly label: string;
  readonly start: Partial<Filled>;
}

/** The ways out of an electronic ballot that fails: each one action. */
const AGAIN = [
  { mode: 'paper', label: 'console-rerun-paper' },
  { mode: 'roll_call', label: 'console-rerun-roll-call' },
] as const;

/** The lines that a command makes in the menu of a ballot of this kind, taken in this mode. */
export function linesFor(option: CommandOption, { kind, mode }: Taken): MenuLine[] {
  const line = (label: string, needs: readonly Field[], start: Partial<Filled> = {}): MenuLine => ({
    option: { ...option, hold: false, needs: [...new Set([...option.needs, ...needs])] },
    label,
    start,
  });
  switch (option.command) {
    case 'suspend':
      return [line('console-interrupt-why', ['reason'])];
    case 'open':
      return mode === 'roll_call' ? [line('console-open-from', ['start', 'reason'])] : [];
    case 'rerun':
      return [
        ...AGAIN.filter((way) => way.mode !== mode && waysOf(kind).includes(way.mode)).map((way) =>
          line(way.label, ['mode'], { mode: way.mode }),
        ),
        line('command-rerun', ['mode'], { mode }),
      ];
    default:
      return mannerOf(option) === 'form' && option.command !== 'extend'
        ? [line(`command-${dashed(option.command)}`, [])]
        : [];
  }
}

/** The options of a ballot that stand in the menu: all but the one that comes next. */
export function menuOf(
  options: readonly CommandOption[],
  next: CommandOption | null,
  ballot: string,
): CommandOption[] {
  return options.filter(
    (option) => option.ballot === ballot && !(next !== null && isSame(next, option)),
  );
}

/** The Fluent id part of a wire word: `last_call` → `last-call`. */
export const dashed = (word: string): string => word.replaceAll('_', '-');
