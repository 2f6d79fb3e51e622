/** Which ballots a seat has buttons for, and what it says of the others. */
import { KIND_VALUES, MODE_VALUES, type Calling } from '@wire/types';
import { describe, expect, it } from 'vitest';
import { askingOf, turnOf } from '../../kiosk_client/web/seat/asking';
import { paperChanged, touched } from '../../kiosk_client/web/seat/events';
import { screenOf, spoken, touchable } from '../../kiosk_client/web/seat/screen';
import { choiceId, recordedId, turnId } from '../../kiosk_client/web/text';
import { aBallot, OUTCOME, seatSeeing } from './facts';

const calling: Calling = {
  member: 'KE',
  next: ['FR', 'QA'],
  answered: 3,
  pass_over: ['ES'],
  call: 1,
};

describe('a ballot', () => {
  it.each(KIND_VALUES)('of the kind %s is answered at the seat where it is recorded', (kind) => {
    const expected = kind === 'election' ? 'names' : 'buttons';
    expect(askingOf(aBallot({ kind }))).toEqual({ kind: expected });
  });

  const atSeats = ['recorded', 'non_recorded', 'secret'];
  const aloud = MODE_VALUES.filter((mode) => !atSeats.includes(mode));
  it.each(aloud)('in the mode %s has nothing to touch', (mode) => {
    const seat = seatSeeing(aBallot({ mode }));
    expect(screenOf(seat)).toMatchObject({ kind: 'aloud', way: mode });
    expect(touchable(screenOf(seat))).toEqual([]);
    expect(touched(seat, 'yes', 'p1', 1).send).toBeNull();
    expect(paperChanged(seat, (paper) => paper).seat).toBe(seat);
  });

  it.each(aloud)('in the mode %s is announced as such, and blames nobody after it', (mode) => {
    const at = (phase: 'announced' | 'closed' | 'declared') =>
      screenOf(seatSeeing(aBallot({ mode, phase, outcome: OUTCOME })));
    expect(at('announced')).toMatchObject({ kind: 'aloud', turn: null });
    expect(at('closed')).toMatchObject({ kind: 'closed', own: null });
    expect(at('declared')).toMatchObject({ kind: 'result', own: null });
  });

  it('tells who may not vote why, also in a roll-call', () => {
    const ballot = aBallot({ mode: 'roll_call', may_vote: false, bar: 'suspended_right' });
    expect(screenOf(seatSeeing(ballot))).toMatchObject({ kind: 'barred' });
  });
});

describe('a roll-call', () => {
  it.each([
    ['KE', 'now'],
    ['FR', 'next'],
    ['QA', 'later'],
    ['ES', 'passed'],
    ['US', 'later'],
  ])('finds %s %s', (member, kind) => {
    expect(turnOf(calling, member)).toEqual({ kind });
  });

  it('calls who passed again before it says so', () => {
    expect(turnOf({ ...calling, member: 'ES' }, 'ES').kind).toBe('now');
  });

  it('tells a Member once that it is next, and once that it is called', () => {
    const seen = (change: Partial<Calling>) =>
      screenOf(seatSeeing(aBallot({ mode: 'roll_call', calling: { ...calling, ...change } })));
    const later = seen({ next: ['QA', 'FR'] });
    const next = seen({});
    const now = seen({ member: 'FR', next: ['QA'] });
    expect(spoken(later, later)).toBeNull();
    expect(spoken(later, next)).toEqual({ kind: 'turn', turn: { kind: 'next' } });
    expect(spoken(next, next)).toBeNull();
    expect(spoken(next, now)).toEqual({ kind: 'turn', turn: { kind: 'now' } });
    expect(turnId({ kind: 'now' })).toBe('kiosk-called-now');
  });
});

describe('words', () => {
  it('of a quorum check are of presence, not of favour', () => {
    expect(choiceId('attendance', 'yes')).toBe('kiosk-present');
    expect(choiceId('motion', 'yes')).toBe('choice-yes');
    expect(recordedId('attendance')).toBe('kiosk-presence-recorded');
  });

  it('of a test say that it is one', () => {
    expect(recordedId('test')).toBe('kiosk-test-recorded');
  });
});
