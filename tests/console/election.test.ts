import type { AgendaItemView, BallotResponse, DecisionInfo } from '@wire/types';
import { describe, expect, it } from 'vitest';
import {
  type ElectionForm,
  calledIn,
  candidateIn,
  electionFrom,
  electionLacks,
  electionOf,
  electionRequest,
  electionSendable,
  freshElection,
  moved,
  regionsOf,
  withCandidate,
  withElection,
  withRegion,
} from '@web/server/console/src/election';

const texts = (word: string) => ({ en: word, fr: word, es: word, ar: word });

const decision = (key: string, more: Partial<DecisionInfo> = {}): DecisionInfo => ({
  key,
  kind: 'election',
  label: texts(key),
  words: texts(key),
  disclosure: 'turnout',
  revocable: true,
  matter: 'resolution',
  supported: true,
  places: 1,
  names_per_ballot: null,
  places_by_region: {},
  new_candidates: false,
  ...more,
});

const DECISIONS = [
  decision('ordinary', { kind: 'motion', places: null }),
  decision('president'),
  decision('vice_presidents', { places: 3, names_per_ballot: 3 }),
  decision('delegates', { places: null, places_by_region: { africa: 3, europe: 2 } }),
  decision('far_off', { supported: false }),
];

const item = (key: string | null): AgendaItemView => ({
  number: '12',
  title: texts('Election'),
  document: null,
  decision: key,
  sitting: 1,
});

function named(form: ElectionForm, ...names: string[]): ElectionForm {
  let made: ElectionForm = { ...form, candidates: [] };
  for (const name of names) {
    made = withCandidate(made);
    const last = made.candidates.at(-1);
    if (last !== undefined) last.name.en = name;
  }
  return made;
}

describe('the form of an election', () => {
  it('is filled from the item: its places, and as many names', () => {
    const form = freshElection(DECISIONS, item('vice_presidents'));
    expect(form).toMatchObject({ decision: 'vice_presidents', places: '3', names: '3' });
    expect(form.order).toBe('drawn');
    expect(freshElection(DECISIONS, item('far_off')).decision).toBe('');
  });

  it('tells an election from a motion, even where it cannot be taken', () => {
    expect(electionOf(DECISIONS, item('far_off'))?.supported).toBe(false);
    expect(electionOf(DECISIONS, item('ordinary'))).toBeNull();
    expect(electionOf(DECISIONS, item(null))).toBeNull();
  });

  it('asks for the region, and takes its places', () => {
    const form = named(freshElection(DECISIONS, item('delegates')), 'A');
    expect(regionsOf(DECISIONS, 'delegates')).toEqual(['africa', 'europe']);
    expect(electionLacks(form, DECISIONS)).toEqual([{ kind: 'region' }]);
    const africa = withRegion(form, DECISIONS, 'africa');
    expect(africa).toMatchObject({ region: 'africa', places: '3', names: '3' });
    expect(electionLacks(africa, DECISIONS)).toEqual([]);
    expect(withElection(africa, DECISIONS, 'president').region).toBe('');
  });

  it('names who has no name, who stands twice, and numbers that cannot be', () => {
    const form = named(freshElection(DECISIONS, item('president')), 'Ada', '', 'ADÀ');
    form.places = '0';
    expect(electionLacks(form, DECISIONS)).toEqual([
      { kind: 'places' },
      { kind: 'name', place: 1, language: 'en' },
      { kind: 'twice', place: 2 },
    ]);
    expect(electionSendable(electionLacks(form, DECISIONS), form)).toBe(false);
  });

  it('needs somebody to elect', () => {
    const form = named(freshElection(DECISIONS, item('president')));
    expect(electionLacks(form, DECISIONS)).toEqual([{ kind: 'candidates' }]);
  });

  it('sends a draft where only translations are missing', () => {
    const form = named(freshElection(DECISIONS, item('president')), 'Ada');
    const [ada] = form.candidates;
    if (ada === undefined) throw new Error('no candidate');
    ada.same = false;
    const lacks = electionLacks(form, DECISIONS);
    expect(lacks.map((lack) => lack.kind)).toEqual(['name', 'name', 'name']);
    expect(electionSendable(lacks, form)).toBe(true);
    expect(electionRequest(form).candidates?.[0]?.name).toEqual({ en: 'Ada' });
  });

  it('sends one text for a name that is the same everywhere', () => {
    const form = named(freshElection(DECISIONS, item('president')), ' Ada ', 'Bo');
    const request = electionRequest(form);
    expect(request).toMatchObject({ kind: 'election', places: 1, names_per_ballot: 1 });
    expect(request.candidates).toEqual([
      { id: 'c1', name: 'Ada', member: null, photo: null },
      { id: 'c2', name: 'Bo', member: null, photo: null },
    ]);
  });

  it('has no timer on paper', () => {
    const form = named(freshElection(DECISIONS, item('president')), 'Ada');
    form.seconds = '60';
    form.auto_close = true;
    expect(electionRequest(form)).toMatchObject({ seconds: 60, auto_close: true });
    form.mode = 'paper';
    expect(electionRequest(form)).toMatchObject({ seconds: null, auto_close: false });
  });
});

describe('the candidates', () => {
  it('get an id that no other has, also after one was removed', () => {
    const form = named(freshElection(DECISIONS, item('president')), 'A', 'B', 'C');
    const without = { ...form, candidates: form.candidates.slice(1) };
    const ids = withCandidate(without).candidates.map((each) => each.id);
    expect(new Set(ids).size).toBe(3);
  });

  it('move within the list only', () => {
    const form = named(freshElection(DECISIONS, item('president')), 'A', 'B');
    const order = (each: ElectionForm) => each.candidates.map((one) => one.name.en);
    expect(order(moved(form, 1, -1))).toEqual(['B', 'A']);
    expect(order(moved(form, 0, -1))).toEqual(['A', 'B']);
    expect(order(moved(form, 1, 1))).toEqual(['A', 'B']);
  });

  it('keep the order that was drawn when the ballot is changed', () => {
    const ballot = {
      id: 'b1',
      title: texts('Election'),
      kind: 'election',
      mode: 'recorded',
      decision: 'president',
      disclosure: 'turnout',
      document: null,
      item: '12',
      seconds: null,
      auto_close: false,
      revocable: true,
      test: false,
      candidates: [
        { id: 'c2', name: texts('Bo'), member: 'FR' },
        { id: 'c1', name: { ...texts('Ada'), ar: 'آدا' }, member: null },
      ],
      places: 1,
      names_per_ballot: 1,
      region: null,
    } as unknown as BallotResponse;
    const form = electionFrom(ballot);
    expect(form.order).toBe('given');
    expect(form.candidates.map((each) => [each.id, each.same, each.member])).toEqual([
      ['c2', true, 'FR'],
      ['c1', false, ''],
    ]);
    expect(electionRequest(form).candidates?.[1]?.name).toEqual({ ...texts('Ada'), ar: 'آدا' });
  });

  it('are named where the hall names a field of theirs', () => {
    const form = named(freshElection(DECISIONS, item('president')), 'Ada', 'Bo');
    const name = (field: string) => {
      const found = candidateIn(field, form);
      return found === null ? null : calledIn(found.candidate, 'fr');
    };
    expect(name('candidates.c2')).toBe('Bo');
    expect(name('candidates.0.name')).toBe('Ada');
    expect(name('body.candidates[1].member')).toBe('Bo');
    expect(name('candidates.9')).toBeNull();
    expect(name('places')).toBeNull();
  });
});
