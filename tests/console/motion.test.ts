import type { AgendaItemView, BallotResponse, DecisionInfo } from '@wire/types';
import { describe, expect, it } from 'vitest';
import {
  fresh,
  fromBallot,
  lacks,
  requestOf,
  sendable,
  timerOf,
  votable,
  withDecision,
  withKind,
} from '@web/server/console/src/motion';

const texts = (word: string) => ({ en: word, fr: word, es: word, ar: word });

const decision = (key: string, more: Partial<DecisionInfo> = {}): DecisionInfo => ({
  key,
  kind: 'motion',
  label: texts(key),
  words: texts(`rule of ${key}`),
  disclosure: 'counts',
  revocable: true,
  matter: 'resolution',
  supported: true,
  places: null,
  names_per_ballot: null,
  places_by_region: {},
  new_candidates: false,
  ...more,
});

const DECISIONS = [
  decision('ordinary'),
  decision('constitution', { disclosure: 'individual', revocable: false }),
  decision('president', { kind: 'election' }),
  decision('admission', { supported: false }),
];

const ITEM: AgendaItemView = {
  number: '4',
  title: texts('Budget'),
  document: 'AG/4',
  decision: 'constitution',
  sitting: 2,
};

describe('the form of a motion', () => {
  it('offers only motions that can be voted on electronically', () => {
    expect(votable(DECISIONS).map((each) => each.key)).toEqual(['ordinary', 'constitution']);
  });

  it('is filled from the agenda item, the rule with it', () => {
    const form = fresh(DECISIONS, ITEM);
    expect(form.title.ar).toBe('Budget');
    expect(form.document).toBe('AG/4');
    expect(form.item).toBe('4');
    expect(form.decision).toBe('constitution');
    expect(form.disclosure).toBe('individual');
    expect(form.revocable).toBe(false);
    expect(lacks(form)).toEqual([]);
  });

  it('leaves the decision open where the item names one that cannot be taken here', () => {
    expect(fresh(DECISIONS, { ...ITEM, decision: 'admission' }).decision).toBe('');
    expect(fresh(DECISIONS, { ...ITEM, decision: null }).decision).toBe('');
  });

  it('says what is missing, and lets missing titles make a draft', () => {
    const form = fresh(DECISIONS, null);
    expect(lacks(form).filter((lack) => lack.kind === 'title')).toHaveLength(4);
    expect(sendable(form)).toBe(true);
    expect(sendable({ ...form, decision: '' })).toBe(false);
    expect(lacks({ ...fresh(DECISIONS, ITEM), seconds: '4' })).toEqual([{ kind: 'seconds' }]);
  });

  it('does not change the form that it is given', () => {
    const form = fresh(DECISIONS, ITEM);
    const other = withDecision(form, DECISIONS, 'ordinary');
    expect(other.disclosure).toBe('counts');
    expect(form.disclosure).toBe('individual');
  });

  it.each([
    ['', null],
    ['5', 5],
    [' 60 ', 60],
    ['4', undefined],
    ['86401', undefined],
    ['1e3', undefined],
  ])('reads the timer %j as %j', (text, seconds) => {
    expect(timerOf(text)).toBe(seconds);
  });

  it('sends what is there, and null for what is not', () => {
    const form = fresh(DECISIONS, ITEM);
    form.title.fr = '  ';
    form.document = '';
    expect(requestOf({ ...form, auto_close: true })).toEqual({
      title: { en: 'Budget', es: 'Budget', ar: 'Budget' },
      kind: 'motion',
      mode: 'recorded',
      decision: 'constitution',
      disclosure: 'individual',
      document: null,
      item: '4',
      seconds: null,
      auto_close: false,
      revocable: false,
      test: false,
    });
    expect(requestOf({ ...form, auto_close: true, seconds: '60' }).auto_close).toBe(true);
  });

  it('takes a draft up again', () => {
    const draft: BallotResponse = {
      id: 'b1',
      phase: 'draft',
      kind: 'motion',
      mode: 'recorded',
      decision: 'ordinary',
      disclosure: 'none',
      title: { en: 'Only English' },
      document: null,
      item: '4',
      missing: ['title.fr'],
      allowed: [],
      seconds: 90,
      auto_close: true,
      revocable: false,
      test: true,
      view: null,
      reruns: null,
      candidates: [],
      places: 1,
      names_per_ballot: 1,
      round: 1,
      election: null,
      tie_ballot: false,
      region: null,
      asked: null,
      part_of: null,
      part_order: null,
      matter: 'resolution',
      pending: null,
    };
    const form = fromBallot(draft);
    expect(form).toMatchObject({
      seconds: '90',
      disclosure: 'none',
      document: '',
      item: '4',
      test: true,
    });
    expect(lacks(form).map((lack) => (lack.kind === 'title' ? lack.language : ''))).toEqual([
      'fr',
      'es',
      'ar',
    ]);
  });
});

describe('the other ways of deciding', () => {
  const form = fresh(DECISIONS, ITEM);

  it('keep the mode only where the kind can be taken in it', () => {
    expect(withKind({ ...form, mode: 'roll_call' }, 'poll').mode).toBe('roll_call');
    expect(withKind({ ...form, mode: 'paper' }, 'attendance').mode).toBe('recorded');
  });

  it('ask a test vote, and nothing else, for a button', () => {
    const test = withKind({ ...form, asked: 'no' }, 'test');
    expect(requestOf(test)).toMatchObject({ kind: 'test', asked: 'no', test: true });
    expect(requestOf(withKind(test, 'motion'))).not.toHaveProperty('asked');
    expect(requestOf(withKind(test, 'motion')).test).toBe(false);
  });

  it('have no timer where nobody presses a button', () => {
    const hands = { ...form, mode: 'hands' as const, seconds: '60', auto_close: true };
    expect(requestOf(hands)).toMatchObject({ mode: 'hands', seconds: null, auto_close: false });
  });
});
