/** Invariants 1 to 4 as a tablet keeps them: what is lit, what is sent, what is sent again. */
import type { KioskBallot } from '@wire/types';
import { describe, expect, it } from 'vitest';
import {
  linkChanged,
  receiptCame,
  refusalCame,
  timePassed,
  touched,
  viewCame,
} from '../../kiosk_client/web/seat/events';
import { isSlow, litVote, PRESS_LASTS, RESEND_PAUSE } from '../../kiosk_client/web/seat/state';
import { aBallot, aReceipt, aRefusal, aView, seatSeeing } from './facts';

const open = () => seatSeeing(aBallot());
const pressedYes = () => touched(open(), 'yes', 'p1', 1000).seat;

describe('a touch', () => {
  it('sends one press and lights nothing', () => {
    const { seat, send } = touched(open(), 'yes', 'p1', 1000);
    expect(send).toEqual({ type: 'press', press_id: 'p1', ballot: 'b1', choice: 'yes' });
    expect(litVote(seat)).toBeNull();
  });

  it('says that it is being sent only after 200 ms', () => {
    const seat = pressedYes();
    expect(isSlow(seat.press, 1199)).toBe(false);
    expect(isSlow(seat.press, 1200)).toBe(true);
  });

  it('of the same choice again, while the first is unanswered, sends nothing', () => {
    const { seat, send } = touched(pressedYes(), 'yes', 'p2', 1100);
    expect(send).toBeNull();
    expect(seat.press?.id).toBe('p1');
  });

  it('of another choice replaces the unanswered one', () => {
    const { seat, send } = touched(pressedYes(), 'no', 'p2', 1100);
    expect(send?.press_id).toBe('p2');
    expect(seat.press?.id).toBe('p2');
  });

  it('of the recorded choice sends nothing', () => {
    const lit = receiptCame(pressedYes(), aReceipt()).seat;
    expect(touched(lit, 'yes', 'p2', 1200).send).toBeNull();
    expect(touched(lit, 'no', 'p2', 1200).send?.choice).toBe('no');
  });

  it.each([
    ['before the opening', aBallot({ phase: 'announced' })],
    ['while interrupted', aBallot({ phase: 'suspended' })],
    ['after the close', aBallot({ phase: 'closed' })],
    ['by who may not vote', aBallot({ may_vote: false, bar: 'suspended_right' })],
    [
      'where the vote is final',
      aBallot({
        revocable: false,
        mine: { choice: 'yes', n: 1, code: 'A', tracker: null, proved: true },
      }),
    ],
    ['of a choice that is not offered', aBallot({ choices: ['yes', 'abstain'] })],
  ])('%s sends nothing', (_, ballot) => {
    const { seat, send } = touched(seatSeeing(ballot), 'no', 'p1', 1000);
    expect(send).toBeNull();
    expect(seat.press).toBeNull();
  });

  it('without a connection is refused on the spot and not kept', () => {
    const lost = linkChanged(open(), { kind: 'lost' }).seat;
    const { seat, send } = touched(lost, 'yes', 'p1', 1000);
    expect(send).toBeNull();
    expect(seat.press).toBeNull();
    expect(seat.notice).toEqual({ kind: 'not_sent' });
    const seen = viewCame(seat, '001', aView(aBallot())).seat;
    expect(linkChanged(seen, { kind: 'online' }).send).toBeNull();
  });
});

describe('a receipt', () => {
  it('lights its choice and answers the press', () => {
    const seat = receiptCame(pressedYes(), aReceipt()).seat;
    expect(litVote(seat)).toEqual({
      choice: 'yes',
      tracker: null,
      code: 'K7Q4',
      n: 1,
      signed: null,
    });
    expect(seat.press).toBeNull();
  });

  it('with a lower n than the lit one changes nothing', () => {
    const first = receiptCame(open(), aReceipt({ press_id: 'p2', choice: 'no', n: 7 })).seat;
    const seat = receiptCame(first, aReceipt({ n: 3 })).seat;
    expect(litVote(seat)?.choice).toBe('no');
  });

  it('that is superseded is not lit', () => {
    const seat = receiptCame(pressedYes(), aReceipt({ current: false })).seat;
    expect(litVote(seat)).toBeNull();
  });

  it('of another ballot is not lit', () => {
    expect(litVote(receiptCame(open(), aReceipt({ ballot: 'b0' })).seat)).toBeNull();
  });

  it('yields to a view that holds a higher n', () => {
    const lit = receiptCame(pressedYes(), aReceipt()).seat;
    const mine = { choice: 'no', n: 2, code: 'ZZ', tracker: null, proved: true } as const;
    expect(litVote(viewCame(lit, '001', aView(aBallot({ mine }))).seat)?.choice).toBe('no');
  });

  it('outlives a view that does not know it yet', () => {
    const lit = receiptCame(pressedYes(), aReceipt({ n: 5 })).seat;
    expect(litVote(viewCame(lit, '001', aView(aBallot())).seat)?.n).toBe(5);
  });

  it('of an earlier epoch yields to what the box holds now', () => {
    const lit = receiptCame(pressedYes(), aReceipt({ n: 5 })).seat;
    const mine = { choice: 'no', n: 2, code: 'ZZ', tracker: null, proved: true } as const;
    const seat = viewCame(lit, '002', aView(aBallot({ mine }))).seat;
    expect(litVote(seat)?.choice).toBe('no');
    const again = receiptCame(seat, aReceipt({ choice: 'abstain', n: 3 })).seat;
    expect(litVote(again)?.choice).toBe('abstain');
  });

  it('after the close yields to what the box holds', () => {
    const lit = receiptCame(pressedYes(), aReceipt({ n: 5 })).seat;
    expect(litVote(viewCame(lit, '001', aView(aBallot({ phase: 'closed' }))).seat)).toBeNull();
  });
});

describe('an unanswered press', () => {
  it('is sent again with the same press_id after a reconnect', () => {
    const lost = linkChanged(pressedYes(), { kind: 'lost' }).seat;
    const seen = viewCame(lost, '001', aView(aBallot()));
    expect(seen.send).toBeNull();
    const { seat, send } = linkChanged(seen.seat, { kind: 'online' });
    expect(send?.press_id).toBe('p1');
    expect(linkChanged(seat, { kind: 'online' }).send).toBeNull();
  });

  it('is sent again after `unavailable`, once its pause is over', () => {
    const seat = refusalCame(pressedYes(), aRefusal('unavailable'), 1300).seat;
    expect(seat.notice).toBeNull();
    expect(timePassed(seat, 1300 + RESEND_PAUSE - 1).send).toBeNull();
    const again = timePassed(seat, 1300 + RESEND_PAUSE);
    expect(again.send?.press_id).toBe('p1');
    expect(timePassed(again.seat, 1301 + RESEND_PAUSE).send).toBeNull();
  });

  it('waits for the connection before it is sent again', () => {
    const seat = refusalCame(pressedYes(), aRefusal('unavailable'), 1300).seat;
    const lost = linkChanged(seat, { kind: 'lost' }).seat;
    expect(timePassed(lost, 1300 + RESEND_PAUSE).send).toBeNull();
  });

  it('needs a fresh touch after ten seconds', () => {
    const before = timePassed(pressedYes(), 1000 + PRESS_LASTS - 1).seat;
    expect(before.press?.id).toBe('p1');
    const { seat, send } = timePassed(before, 1000 + PRESS_LASTS);
    expect(send).toBeNull();
    expect(seat.press).toBeNull();
    expect(seat.notice).toEqual({ kind: 'no_answer' });
  });

  it.each([
    ['interruption', aBallot({ phase: 'suspended' })],
    ['other ballot', aBallot({ id: 'b2' })],
  ])('needs a fresh touch after an %s', (_, ballot) => {
    const lost = linkChanged(pressedYes(), { kind: 'lost' }).seat;
    const { seat } = viewCame(lost, '001', aView(ballot));
    expect(linkChanged(seat, { kind: 'online' }).send).toBeNull();
    expect(seat.press).toBeNull();
    expect(seat.notice).toEqual({ kind: 'changed' });
    expect(viewCame(seat, '001', aView(aBallot({ id: ballot.id }))).send).toBeNull();
  });

  it('keeps asking for the fresh touch when an interruption ends', () => {
    const away = viewCame(pressedYes(), '001', aView(aBallot({ phase: 'suspended' }))).seat;
    const back = viewCame(away, '001', aView(aBallot())).seat;
    expect(back.notice).toEqual({ kind: 'changed' });
    expect(touched(back, 'yes', 'p2', 3000).seat.notice).toBeNull();
  });

  it('that was overtaken still has its late receipt told', () => {
    const away = viewCame(pressedYes(), '001', aView(aBallot({ phase: 'suspended' }))).seat;
    const seat = receiptCame(away, aReceipt()).seat;
    expect(seat.notice).toBeNull();
    expect(litVote(seat)?.choice).toBe('yes');
  });

  it('at the close is told to be too late, unless the box holds it', () => {
    const none = viewCame(pressedYes(), '001', aView(aBallot({ phase: 'closed' }))).seat;
    expect(none.notice).toEqual({ kind: 'too_late' });
    const mine = { choice: 'yes', n: 1, code: 'A', tracker: null, proved: true } as const;
    const stored = viewCame(pressedYes(), '001', aView(aBallot({ phase: 'closed', mine }))).seat;
    expect(stored.notice).toBeNull();
  });

  it('is forgotten by a device that was told to stop', () => {
    const seat = linkChanged(pressedYes(), { kind: 'stopped', why: 'replaced' }).seat;
    expect(seat.press).toBeNull();
  });
});

describe('a refusal', () => {
  it('keeps the vote that was recorded before', () => {
    const lit = receiptCame(pressedYes(), aReceipt()).seat;
    const again = touched(lit, 'no', 'p2', 1500).seat;
    const seat = refusalCame(again, aRefusal('rate_limited', 'p2'), 1600).seat;
    expect(litVote(seat)?.choice).toBe('yes');
    expect(seat.notice).toEqual({ kind: 'refused', reason: 'rate_limited' });
    expect(seat.press).toBeNull();
  });

  it('`closed` says too late, and still does once the close is seen', () => {
    const seat = refusalCame(pressedYes(), aRefusal('closed'), 1100).seat;
    expect(seat.notice).toEqual({ kind: 'too_late' });
    const closed = viewCame(seat, '001', aView(aBallot({ phase: 'closed' }))).seat;
    expect(closed.notice).toEqual({ kind: 'too_late' });
    expect(viewCame(closed, '001', aView(aBallot({ id: 'b2' }))).seat.notice).toBeNull();
  });

  it('of a press that nobody waits for is ignored', () => {
    const seat = open();
    expect(refusalCame(seat, aRefusal('closed', 'p9'), 1).seat).toBe(seat);
  });

  it('is forgotten with the next touch', () => {
    const seat = refusalCame(pressedYes(), aRefusal('rate_limited'), 1100).seat;
    expect(touched(seat, 'no', 'p2', 1200).seat.notice).toBeNull();
  });
});

describe('the receipt that is held', () => {
  const voted = () =>
    receiptCame(touched(seatSeeing(linkless()), 'yes', 'p1', 1000).seat, aReceipt({ code: '' }))
      .seat;
  const linkless = (change: Partial<KioskBallot> = {}) =>
    aBallot({ mode: 'non_recorded', ...change });
  const seeing = (change: Partial<KioskBallot>) =>
    viewCame(voted(), 'e1', aView(linkless(change))).seat;

  it.each(['announced', 'open', 'suspended', 'in_doubt'] as const)('stays while %s', (phase) => {
    expect(seeing({ phase }).held?.receipt.press_id).toBe('p1');
  });

  it.each(['closed', 'declared', 'certified', 'published', 'cancelled', 'void'] as const)(
    'goes, and the choice with it, once %s is in the journal',
    (phase) => {
      expect(seeing({ phase, recording: true }).held).not.toBeNull();
      const seat = seeing({ phase });
      expect(seat.held).toBeNull();
      expect(JSON.stringify({ ...seat, view: null })).not.toMatch(/yes|p1/);
      const late = receiptCame(seat, aReceipt({ code: '' })).seat;
      expect(JSON.stringify({ ...late, view: null })).not.toMatch(/yes|p1/);
    },
  );

  it('goes with its ballot', () => {
    expect(viewCame(voted(), 'e1', aView(aBallot({ id: 'b2' }))).seat.held).toBeNull();
    expect(viewCame(voted(), 'e1', aView(null)).seat.held).toBeNull();
  });
});
