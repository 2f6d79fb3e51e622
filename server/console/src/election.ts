/**
 * The form that prepares an election: who can be named, for how many places, in which order.
 *
 * Rule: the hall decides who may stand and what the ballot lacks; this form only says early what it
 * can see itself. A candidate keeps its id when the form is sent again, so that what the hall says
 * about a candidate can be said by name.
 */
import {
  type AgendaItemView,
  type BallotResponse,
  type CandidateOrder,
  type DecisionInfo,
  type Disclosure,
  LANGUAGE_VALUES,
  type Language,
  type Mode,
  type NewBallot,
  type NewCandidate,
} from '@wire/types';
import { folded } from './members';
import { byButtons, disclosedIn, partialTexts, timerOf } from './motion';

/** How many candidates, and how many places or names, the hall takes. */
export const MOST_CANDIDATES = 200;
export const MOST_PLACES = 100;

/** A candidate in the form; with `same`, the English field stands for all languages. */
export interface CandidateForm {
  id: string;
  name: Record<Language, string>;
  same: boolean;
  member: string;
  /** The hash of a photo that the hall has; empty for none. */
  photo: string;
}

/** What the form holds; numbers are the texts of their fields. */
export interface ElectionForm {
  title: Record<Language, string>;
  document: string;
  item: string;
  decision: string;
  region: string;
  mode: Mode;
  disclosure: Disclosure;
  places: string;
  names: string;
  order: CandidateOrder;
  candidates: CandidateForm[];
  seconds: string;
  auto_close: boolean;
  revocable: boolean;
  test: boolean;
}

/** What the form lacks. */
export type ElectionLack =
  | { readonly kind: 'title'; readonly language: Language }
  | { readonly kind: 'decision' }
  | { readonly kind: 'region' }
  | { readonly kind: 'candidates' }
  | { readonly kind: 'name'; readonly place: number; readonly language: Language }
  | { readonly kind: 'twice'; readonly place: number }
  | { readonly kind: 'places' }
  | { readonly kind: 'names' }
  | { readonly kind: 'seconds' };

const NO_TEXT: Record<Language, string> = { en: '', fr: '', es: '', ar: '' };

/** The decisions that are elections and can be taken here. */
export const elections = (decisions: readonly DecisionInfo[]): DecisionInfo[] =>
  decisions.filter((decision) => decision.kind === 'election' && decision.supported);

/** The election that an agenda item asks for, if it asks for one; whether it can be taken or not. */
export function electionOf(
  decisions: readonly DecisionInfo[],
  item: AgendaItemView,
): DecisionInfo | null {
  const found = decisions.find((decision) => decision.key === item.decision);
  return found?.kind === 'election' ? found : null;
}

const chosen = (decisions: readonly DecisionInfo[], key: string) =>
  elections(decisions).find((decision) => decision.key === key);

/** The regions of an election that is held region by region. */
export const regionsOf = (decisions: readonly DecisionInfo[], key: string): string[] =>
  Object.keys(chosen(decisions, key)?.places_by_region ?? {});

/** The form with a decision chosen: its places, disclosure and revocability come with it. */
export function withElection(
  form: ElectionForm,
  decisions: readonly DecisionInfo[],
  key: string,
): ElectionForm {
  const decision = chosen(decisions, key);
  if (decision === undefined) return { ...form, decision: '' };
  const places = decision.places ?? 1;
  return {
    ...form,
    decision: key,
    region: '',
    places: String(places),
    names: String(decision.names_per_ballot ?? places),
    disclosure: decision.disclosure,
    revocable: decision.revocable,
  };
}

/** The form with a region chosen: as many places and names as the region has. */
export function withRegion(
  form: ElectionForm,
  decisions: readonly DecisionInfo[],
  region: string,
): ElectionForm {
  const places = chosen(decisions, form.decision)?.places_by_region[region];
  if (places === undefined) return { ...form, region };
  return { ...form, region, places: String(places), names: String(places) };
}

/** An empty form, or one filled from an agenda item. */
export function freshElection(
  decisions: readonly DecisionInfo[],
  item: AgendaItemView | null,
): ElectionForm {
  const form: ElectionForm = {
    title: item === null ? { ...NO_TEXT } : { ...item.title },
    document: item?.document ?? '',
    item: item?.number ?? '',
    decision: '',
    region: '',
    mode: 'recorded',
    disclosure: 'turnout',
    places: '1',
    names: '1',
    order: 'drawn',
    candidates: [],
    seconds: '',
    auto_close: false,
    revocable: true,
    test: false,
  };
  const suggestion = item?.decision ?? elections(decisions)[0]?.key;
  const filled = suggestion === undefined ? form : withElection(form, decisions, suggestion);
  return withCandidate(withCandidate(filled));
}

/** The form of a draft or prepared election. The order that was drawn is kept. */
export function electionFrom(ballot: BallotResponse): ElectionForm {
  const title = { ...NO_TEXT };
  for (const language of LANGUAGE_VALUES) title[language] = ballot.title[language] ?? '';
  return {
    title,
    document: ballot.document ?? '',
    item: ballot.item ?? '',
    decision: ballot.decision,
    region: ballot.region ?? '',
    mode: ballot.mode,
    disclosure: ballot.disclosure,
    places: String(ballot.places),
    names: String(ballot.names_per_ballot),
    order: 'given',
    candidates: ballot.candidates.map(({ id, name, member, photo }) => ({
      id,
      name: { ...name },
      same: LANGUAGE_VALUES.every((language) => name[language] === name.en),
      member: member ?? '',
      photo: photo ?? '',
    })),
    seconds: ballot.seconds === null ? '' : String(ballot.seconds),
    auto_close: ballot.auto_close,
    revocable: ballot.revocable,
    test: ballot.test,
  };
}

/** The form with one more candidate, whose id no other has. */
export function withCandidate(form: ElectionForm): ElectionForm {
  const taken = new Set(form.candidates.map((each) => each.id));
  let n = form.candidates.length + 1;
  while (taken.has(`c${String(n)}`)) n += 1;
  const candidate = {
    id: `c${String(n)}`,
    name: { ...NO_TEXT },
    same: true,
    member: '',
    photo: '',
  };
  return { ...form, candidates: [...form.candidates, candidate] };
}

/** The form with a candidate moved one place up (-1) or down (1), if there is a place. */
export function moved(form: ElectionForm, place: number, by: -1 | 1): ElectionForm {
  const candidates = [...form.candidates];
  const [one, other] = [candidates[place], candidates[place + by]];
  if (one === undefined || other === undefined) return form;
  candidates[place] = other;
  candidates[place + by] = one;
  return { ...form, candidates };
}

/** The name of a candidate in a language, as it will be sent. */
export const nameIn = (candidate: CandidateForm, language: Language): string =>
  candidate.name[candidate.same ? 'en' : language].trim();

/** What a candidate is called on this screen: its name in the language, or any that it has. */
export function calledIn(candidate: CandidateForm, language: Language): string {
  return (
    nameIn(candidate, language) ||
    LANGUAGE_VALUES.map((each) => nameIn(candidate, each)).find((name) => name !== '') ||
    candidate.id
  );
}

const wholeFrom1 = (text: string): number | null => {
  const n = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  return n >= 1 && n <= MOST_PLACES ? n : null;
};

/** What the form lacks, in the order of its fields. */
export function electionLacks(
  form: ElectionForm,
  decisions: readonly DecisionInfo[],
): ElectionLack[] {
  const found: ElectionLack[] = [];
  for (const language of LANGUAGE_VALUES) {
    if (form.title[language].trim() === '') found.push({ kind: 'title', language });
  }
  if (form.decision === '') found.push({ kind: 'decision' });
  if (regionsOf(decisions, form.decision).length > 0 && form.region === '') {
    found.push({ kind: 'region' });
  }
  const [places, names] = [wholeFrom1(form.places), wholeFrom1(form.names)];
  if (places === null) found.push({ kind: 'places' });
  if (names === null) found.push({ kind: 'names' });
  if (timerOf(form.seconds) === undefined) found.push({ kind: 'seconds' });
  if (form.candidates.length === 0) found.push({ kind: 'candidates' });
  const seen = new Set<string>();
  form.candidates.forEach((candidate, place) => {
    const languages = candidate.same ? (['en'] as const) : LANGUAGE_VALUES;
    for (const language of languages) {
      if (nameIn(candidate, language) === '') found.push({ kind: 'name', place, language });
    }
    const name = folded(nameIn(candidate, 'en'));
    if (name !== '' && seen.has(name)) found.push({ kind: 'twice', place });
    seen.add(name);
  });
  return found;
}

/** Whether the form can be sent: what the hall would keep as a draft may still be missing. */
export function electionSendable(lacks: readonly ElectionLack[], form: ElectionForm): boolean {
  return lacks.every((lack) => {
    if (lack.kind === 'title') return true;
    const candidate = lack.kind === 'name' ? form.candidates[lack.place] : undefined;
    return (
      candidate !== undefined && LANGUAGE_VALUES.some((each) => nameIn(candidate, each) !== '')
    );
  });
}

function candidateOf(candidate: CandidateForm): NewCandidate {
  const name = Object.fromEntries(
    LANGUAGE_VALUES.map((language) => [language, nameIn(candidate, language)]),
  ) as Record<Language, string>;
  return {
    id: candidate.id,
    name: candidate.same ? name.en : partialTexts(name),
    member: candidate.member === '' ? null : candidate.member,
    photo: candidate.photo === '' ? null : candidate.photo,
  };
}

/** The request that a form makes; `electionSendable` must hold. */
export function electionRequest(form: ElectionForm): NewBallot {
  const seconds = byButtons(form.mode) ? (timerOf(form.seconds) ?? null) : null;
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    title: partialTexts(form.title),
    kind: 'election',
    mode: form.mode,
    decision: form.decision,
    disclosure: disclosedIn(form.mode, form.disclosure),
    document: orNull(form.document),
    item: orNull(form.item),
    seconds,
    auto_close: form.auto_close && seconds !== null,
    revocable: form.revocable,
    test: form.test,
    candidates: form.candidates.map(candidateOf),
    order: form.order,
    places: wholeFrom1(form.places),
    names_per_ballot: wholeFrom1(form.names),
    region: orNull(form.region),
  };
}

/**
 * The candidate that a field of a problem is about (`candidates.2.name`, `candidates.c3`), and
 * what of it; null for any other field.
 */
export function candidateIn(
  field: string,
  form: ElectionForm,
): { readonly candidate: CandidateForm; readonly rest: string } | null {
  const [, key, rest] = /^(?:body\.)?candidates[.[]([\w-]+)\]?\.?(.*)$/.exec(field) ?? [];
  if (key === undefined) return null;
  const candidate =
    form.candidates.find((each) => each.id === key) ??
    (/^\d+$/.test(key) ? form.candidates[Number(key)] : undefined);
  return candidate === undefined ? null : { candidate, rest: rest ?? '' };
}
