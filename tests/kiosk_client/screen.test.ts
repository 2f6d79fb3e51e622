/** Every phase and every state of the connection has its screen; the right things are spoken. */
import { PHASE_VALUES, REFUSAL_REASON_VALUES, type Phase } from '@wire/types';
import { describe, expect, it } from 'vitest';
import { linkChanged, receiptCame, touched } from '../../kiosk_client/web/seat/events';
import { screenOf, spoken, touchable, type Screen } from '../../kiosk_client/web/seat/screen';
import { newSeat } from '../../kiosk_client/web/seat/state';
import { aBallot, aReceipt, OUTCOME, seatSeeing } from './facts';

const vote = { choice: 'yes', n: 1, code: 'K7Q4' } as const;
const mine = { ...vote, tracker: null, proved: true } as const;

describe('the screen of a phase', () => {
  const expected: Record<Phase, Screen['kind']> = {
    draft: 'idle',
    prepared: 'idle',
    announced: 'announced',
    open: 'voting',
    suspended: 'interrupted',
    in_doubt: 'in_doubt',
    closed: 'closed',
    declared: 'result',
    certified: 'result',
    published: 'result',
    cancelled: 'cancelled',
    void: 'void',
  };
  it.each(PHASE_VALUES)('%s', (phase) => {
    const seat = seatSeeing(aBallot({ phase, outcome: OUTCOME }));
    expect(screenOf(seat).kind).toBe(expected[phase]);
  });

  it('offers choices in no phase but open', () => {
    for (const phase of PHASE_VALUES) {
      const offered = touchable(screenOf(seatSeeing(aBallot({ phase, outcome: OUTCOME }))));
      expect(offered).toEqual(phase === 'open' ? ['yes', 'no', 'abstain'] : []);
    }
  });

  it('without a ballot is idle', () => {
    expect(screenOf(seatSeeing(null))).toEqual({ kind: 'idle', item: null });
  });

  it('shows no result before there is an outcome', () => {
    expect(screenOf(seatSeeing(aBallot({ phase: 'declared' }))).kind).toBe('closed');
  });
});

describe('who may not vote', () => {
  it.each(REFUSAL_REASON_VALUES)('is told why: %s', (bar) => {
    for (const phase of ['announced', 'open', 'suspended'] as const) {
      const screen = screenOf(seatSeeing(aBallot({ phase, may_vote: false, bar })));
      expect(screen).toMatchObject({ kind: 'barred', reason: bar });
    }
  });

  it('is not told to have missed the vote', () => {
    const ballot = aBallot({ phase: 'closed', may_vote: false, bar: 'suspended_right' });
    expect(screenOf(seatSeeing(ballot))).toMatchObject({
      own: { kind: 'barred', reason: 'suspended_right' },
    });
  });
});

describe('the own vote after the close', () => {
  it('is what the box holds', () => {
    const screen = screenOf(seatSeeing(aBallot({ phase: 'closed', mine })));
    expect(screen).toMatchObject({ own: { kind: 'voted', vote } });
  });

  it('is said to be missing where there is none', () => {
    const screen = screenOf(seatSeeing(aBallot({ phase: 'closed' })));
    expect(screen).toMatchObject({ own: { kind: 'not_voted' } });
  });

  it('has no place in an adoption without a vote', () => {
    const ballot = aBallot({ phase: 'declared', mode: 'consensus', outcome: OUTCOME });
    expect(screenOf(seatSeeing(ballot))).toMatchObject({ kind: 'result', own: null });
  });
});

describe('the connection comes before the ballot', () => {
  it('has a screen for each of its states', () => {
    const seat = seatSeeing(aBallot({ mine }));
    const kindOn = (link: Parameters<typeof linkChanged>[1]) =>
      screenOf(linkChanged(seat, link).seat).kind;
    expect(kindOn({ kind: 'lost' })).toBe('lost');
    expect(kindOn({ kind: 'connecting' })).toBe('connecting');
    expect(kindOn({ kind: 'unpaired', rejected: true })).toBe('pairing');
    expect(kindOn({ kind: 'stopped', why: 'revoked' })).toBe('stopped');
    expect(screenOf(newSeat(false)).kind).toBe('pairing');
    expect(screenOf(newSeat(true)).kind).toBe('connecting');
  });

  it('when lost, offers nothing and still says what was recorded', () => {
    const screen = screenOf(linkChanged(seatSeeing(aBallot({ mine })), { kind: 'lost' }).seat);
    expect(touchable(screen)).toEqual([]);
    expect(screen).toMatchObject({ kind: 'lost', lit: vote, waiting: false });
  });
});

describe('what may be changed', () => {
  it('is everything before a vote, the others after it, nothing where it is final', () => {
    const offer = (change: Parameters<typeof aBallot>[0]) => screenOf(seatSeeing(aBallot(change)));
    expect(offer({})).toMatchObject({ offer: 'all' });
    expect(offer({ mine })).toMatchObject({ offer: 'others' });
    expect(offer({ mine, revocable: false })).toMatchObject({ offer: 'nothing' });
  });
});

describe('what is spoken', () => {
  const open = seatSeeing(aBallot());
  const pending = touched(open, 'yes', 'p1', 0).seat;
  const recorded = receiptCame(pending, aReceipt()).seat;

  it('tells the opening, the recording, the last call and the close, once each', () => {
    expect(spoken(null, screenOf(open))).toMatchObject({ kind: 'opened' });
    expect(spoken(screenOf(open), screenOf(pending))).toBeNull();
    expect(spoken(screenOf(pending), screenOf(recorded))).toMatchObject({ kind: 'recorded' });
    expect(spoken(screenOf(recorded), screenOf(recorded))).toBeNull();
    const called = screenOf(seatSeeing(aBallot({ last_call: true })));
    expect(spoken(screenOf(open), called)).toEqual({ kind: 'last_call', voted: false });
    const closed = screenOf(seatSeeing(aBallot({ phase: 'closed', mine })));
    expect(spoken(called, closed)).toMatchObject({ kind: 'closed', own: { kind: 'voted' } });
    expect(spoken(closed, closed)).toBeNull();
  });

  it('tells a changed vote again', () => {
    const changed = receiptCame(recorded, aReceipt({ choice: 'no', n: 2, press_id: 'p2' })).seat;
    expect(spoken(screenOf(recorded), screenOf(changed))).toMatchObject({
      kind: 'recorded',
      vote: { choice: 'no' },
    });
  });
});
