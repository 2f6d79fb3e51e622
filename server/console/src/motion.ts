/**
 * The form that prepares a motion, or a test vote, a quorum check, an informal poll: from an
 * agenda item, from nothing, or from a draft.
 *
 * Rule: the hall decides what a ballot lacks; this form only says early what it can see itself
 * (a title missing in an official language, a decision not chosen, a timer out of bounds).
 */
import {
  type AgendaItemView,
  type BallotResponse,
  type Choice,
  DISCLOSURE_VALUES,
  type DecisionInfo,
  type Disclosure,
  type Kind,
  LANGUAGE_VALUES,
  type Language,
  type Matter,
  type Mode,
  type NewBallot,
  type PartialTexts,
} from '@wire/types';

/** The shortest and the longest timer, in seconds. */
export const SHORTEST = 5;
export const LONGEST = 86_400;

/** What the form holds; `seconds` is the text of its field, empty for no timer. */
export interface MotionForm {
  kind: Kind;
  mode: Mode;
  /** The button that a test vote asks for. */
  asked: Choice;
  title: Record<Language, string>;
  document: string;
  item: string;
  decision: string;
  disclosure: Disclosure;
  seconds: string;
  auto_close: boolean;
  revocable: boolean;
  test: boolean;
  /** What the Chair calls it; empty for what the decision type says. */
  matter: Matter | '';
  /** The ballot on the whole text, where this is on a part of it, and its place; or empty. */
  part_of: string;
  part_order: string;
}

/** What the form lacks. */
export type Lack =
  | { readonly kind: 'title'; readonly language: Language }
  | { readonly kind: 'place' }
  | { readonly kind: 'decision' }
  | { readonly kind: 'seconds' };

const NO_TITLE: Record<Language, string> = { en: '', fr: '', es: '', ar: '' };

/** The kinds that this form prepares. An election has a form of its own. */
export const KINDS: readonly Kind[] = ['motion', 'test', 'attendance', 'poll'];

/** How a kind can be taken, the usual way first. */
export function waysOf(kind: Kind): readonly Mode[] {
  switch (kind) {
    case 'motion':
      return ['recorded', 'non_recorded', 'secret', 'hands', 'roll_call', 'paper'];
    case 'election':
      return ['recorded', 'non_recorded', 'secret', 'paper'];
    case 'test':
      return ['recorded'];
    case 'attendance':
      return ['recorded', 'hands', 'roll_call'];
    case 'poll':
      return ['recorded', 'non_recorded', 'hands', 'roll_call'];
  }
}

/** The form with another kind: the mode stays where the kind can be taken in it. */
export function withKind(form: MotionForm, kind: Kind): MotionForm {
  const mode = waysOf(kind).includes(form.mode) ? form.mode : 'recorded';
  return { ...form, kind, mode, test: kind === 'test' };
}

/** Whether seats press buttons: only then are there a timer and votes that can be changed. */
export const byButtons = (mode: Mode): boolean =>
  mode === 'recorded' || mode === 'non_recorded' || mode === 'secret';

/**
 * What an open ballot in this mode may show, least first: a secret one has no counts to show, a
 * non-recorded one never who voted what.
 */
export function disclosuresOf(mode: Mode): readonly Disclosure[] {
  if (mode === 'non_recorded') return ['none', 'turnout', 'counts'];
  return mode === 'secret' ? ['none', 'turnout'] : DISCLOSURE_VALUES;
}

/** The disclosure that is left of the wanted one in this mode. */
export function disclosedIn(mode: Mode, wanted: Disclosure): Disclosure {
  return disclosuresOf(mode).includes(wanted) ? wanted : 'turnout';
}

/** The decisions that this form can take: motions that the product votes on electronically. */
export function votable(decisions: readonly DecisionInfo[]): DecisionInfo[] {
  return decisions.filter((decision) => decision.kind === 'motion' && decision.supported);
}

function chosen(decisions: readonly DecisionInfo[], key: string | null): DecisionInfo | undefined {
  return votable(decisions).find((decision) => decision.key === key);
}

/** The form with a decision chosen: its disclosure and revocability come with it. */
export function withDecision(
  form: MotionForm,
  decisions: readonly DecisionInfo[],
  key: string,
): MotionForm {
  const decision = chosen(decisions, key);
  if (decision === undefined) return { ...form, decision: '' };
  return {
    ...form,
    decision: key,
    disclosure: decision.disclosure,
    revocable: decision.revocable,
  };
}

/** An empty form, or one filled from an agenda item. */
export function fresh(decisions: readonly DecisionInfo[], item: AgendaItemView | null): MotionForm {
  const form: MotionForm = {
    kind: 'motion',
    mode: 'recorded',
    asked: 'yes',
    title: item === null ? { ...NO_TITLE } : { ...item.title },
    document: item?.document ?? '',
    item: item?.number ?? '',
    decision: '',
    disclosure: 'turnout',
    seconds: '',
    auto_close: false,
    revocable: true,
    test: false,
    matter: '',
    part_of: '',
    part_order: '',
  };
  const suggestion = item?.decision ?? (item === null ? votable(decisions)[0]?.key : undefined);
  return suggestion === undefined ? form : withDecision(form, decisions, suggestion);
}

/** The form of a draft or prepared ballot. */
export function fromBallot(ballot: BallotResponse): MotionForm {
  const title = { ...NO_TITLE };
  for (const language of LANGUAGE_VALUES) title[language] = ballot.title[language] ?? '';
  return {
    kind: ballot.kind,
    mode: ballot.mode,
    asked: ballot.asked ?? 'yes',
    title,
    document: ballot.document ?? '',
    item: ballot.item ?? '',
    decision: ballot.decision,
    disclosure: ballot.disclosure,
    seconds: ballot.seconds === null ? '' : String(ballot.seconds),
    auto_close: ballot.auto_close,
    revocable: ballot.revocable,
    test: ballot.test,
    matter: ballot.matter,
    part_of: ballot.part_of ?? '',
    part_order: ballot.part_order === null ? '' : String(ballot.part_order),
  };
}

/** The place of a part, counted from 1; null for no part, undefined where it cannot be read. */
export function placeOf(form: MotionForm): number | null | undefined {
  if (form.part_of === '') return null;
  const text = form.part_order.trim();
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
}

/** Whole seconds from a field; null for no timer, undefined where it cannot be read. */
export function timerOf(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (!/^\d{1,5}$/.test(trimmed)) return undefined;
  const seconds = Number(trimmed);
  return seconds >= SHORTEST && seconds <= LONGEST ? seconds : undefined;
}

/** What the form lacks, in the order of its fields. A lacking title still makes a draft. */
export function lacks(form: MotionForm): Lack[] {
  const found: Lack[] = [];
  for (const language of LANGUAGE_VALUES) {
    if (form.title[language].trim() === '') found.push({ kind: 'title', language });
  }
  if (form.decision === '') found.push({ kind: 'decision' });
  if (timerOf(form.seconds) === undefined) found.push({ kind: 'seconds' });
  if (placeOf(form) === undefined) found.push({ kind: 'place' });
  return found;
}

/** Whether the form can be sent at all: titles may wait, the rest may not. */
export function sendable(form: MotionForm): boolean {
  return lacks(form).every((lack) => lack.kind === 'title');
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** The texts that are not empty. */
export function partialTexts(title: Readonly<Record<Language, string>>): PartialTexts {
  const texts: PartialTexts = {};
  for (const language of LANGUAGE_VALUES) {
    const text = orNull(title[language]);
    if (text !== null) texts[language] = text;
  }
  return texts;
}

/** The request that a form makes; `sendable` must hold. */
export function requestOf(form: MotionForm): NewBallot {
  const seconds = byButtons(form.mode) ? (timerOf(form.seconds) ?? null) : null;
  return {
    title: partialTexts(form.title),
    kind: form.kind,
    mode: form.mode,
    decision: form.decision,
    disclosure: disclosedIn(form.mode, form.disclosure),
    document: orNull(form.document),
    item: orNull(form.item),
    seconds,
    // Without a timer there is nothing that could close by itself.
    auto_close: form.auto_close && seconds !== null,
    revocable: form.revocable,
    test: form.test,
    ...(form.kind === 'test' ? { asked: form.asked } : {}),
    ...(form.kind === 'motion' && form.matter !== '' ? { matter: form.matter } : {}),
    ...(form.part_of === '' ? {} : { part_of: form.part_of, part_order: placeOf(form) ?? null }),
  };
}
