/** Secret ballots as a tablet keeps them: sealed before sent, told of without the choice. */
import { readFileSync } from 'node:fs';
import type { Receipt } from '@wire/types';
import { describe, expect, it } from 'vitest';
import { checkBegun } from '../../kiosk_client/web/seat/checking';
import {
  hallCame,
  keyCame,
  linkChanged,
  paperCast,
  paperChanged,
  receiptCame,
  refusalCame,
  sealedCame,
  sealedReceived,
  timePassed,
  touched,
  vaultFailed,
  viewCame,
} from '../../kiosk_client/web/seat/events';
import { reviewed, toggled } from '../../kiosk_client/web/seat/paper';
import { screenOf } from '../../kiosk_client/web/seat/screen';
import { marksFor, receiptText, scrutineersKeyOf } from '../../kiosk_client/web/seat/secret';
import { isProving, litVote, ONE_TOUCH } from '../../kiosk_client/web/seat/state';
import {
  aBallot,
  anElection,
  aReceipt,
  aRefusal,
  aView,
  seatSeeing,
  SECRET,
  SECRET_MOTION,
  SEALED,
  electionOf,
  seatWithKey,
} from './facts';

const floor = SECRET_MOTION;
const aSealedReceipt = (change: Partial<Receipt> = {}) =>
  aReceipt({ choice: null, tracker: 'TRACKER', signature: 'SIGNED', ...change });
const seated = () => seatWithKey(floor);

it('asks for a seal, sends the sealed text once it is there, and lights nothing', () => {
  const first = touched(seated(), 'no', 'p1', 1000);
  expect(first.send).toBeNull();
  expect(first.ask).toEqual({
    kind: 'seal',
    id: 'p1',
    election: SECRET.election,
    marks: [0, 1, 0],
  });
  const { seat, send } = sealedCame(first.seat, 'p1', SEALED);
  const frame = { type: 'press', press_id: 'p1', ballot: 'b1', sealed: { ballot: 'TEXT' } };
  expect(send).toEqual(frame);
  expect(litVote(sealedReceived(seat, 'p1').seat)).toBeNull();
  const lost = linkChanged(seat, { kind: 'lost' }).seat;
  expect(linkChanged(lost, { kind: 'online' }).send).toEqual(frame);
});

it('forgets the choice when it is sealed, and sends the same sealed text again', () => {
  const sent = sealedCame(touched(seated(), 'no', 'p1', 1000).seat, 'p1', SEALED);
  expect(JSON.stringify({ ...sent.seat, view: null })).not.toContain('"no"');
  const waits = refusalCame(sent.seat, aRefusal('unavailable', 'p1'), 1100).seat;
  expect(timePassed(waits, 2000).send).toEqual(sent.send);
});

it('forgets the names when they are sealed, and shows no paper until the answer', () => {
  const asked = { ...SECRET, election: electionOf(['a', 'b', 'c', 'd'], true) };
  const election = anElection({ mode: 'secret', secret: asked });
  const begun = keyCame(seatSeeing(election), '42').seat;
  const named = paperChanged(begun, (paper) => toggled(paper, election, 'b')).seat;
  const read = paperChanged(named, (paper) => reviewed(paper, 'names')).seat;
  const waiting = paperCast(read, 'p1', 1000).seat;
  expect(waiting.paper?.names).toEqual(['b']);
  const sent = sealedCame(waiting, 'p1', SEALED).seat;
  expect(JSON.stringify({ ...sent, view: null })).not.toContain('"b"');
  expect(screenOf(sent)).toMatchObject({ kind: 'election', paper: null, lit: null });
  const anew = paperChanged(sent, (paper) => toggled(paper, election, 'c')).seat;
  const told = receiptCame(anew, aSealedReceipt()).seat;
  expect(screenOf(told)).toMatchObject({ paper: { names: ['c'] }, lit: { tracker: 'TRACKER' } });
  const refused = refusalCame(sent, aRefusal('bad_proof', 'p1'), 1100).seat;
  expect(screenOf(refused)).toMatchObject({ paper: { names: [] } });
});

it('does not take a view for a receipt while its vote is under way', () => {
  const earlier = aSealedReceipt({ press_id: 'p0', tracker: 'T0' });
  const voted = { ...seated(), sealed: { p0: 'T0' } };
  const sent = sealedCame(touched(voted, 'no', 'p1', 1000).seat, 'p1', SEALED).seat;
  const mine = { choice: null, tracker: 'TRACKER', code: 'A', n: 2, proved: true };
  const seen = viewCame(sent, '001', aView(aBallot({ ...floor, mine }))).seat;
  expect(litVote(seen)).toBeNull();
  expect(litVote(receiptCame(seen, earlier).seat)).toMatchObject({ tracker: 'T0' });
  const own = aSealedReceipt({ n: 2 });
  expect(litVote(receiptCame(seen, own).seat)).toMatchObject({ tracker: 'TRACKER' });
});

it('lights no sealed vote that the hall has not proved, and says that it is being checked', () => {
  const mine = { choice: null, tracker: 'T2', code: 'B', n: 2, proved: false };
  const waits = aBallot({ ...floor, mine });
  const voted = { ...seated(), sealed: { p0: 'T1', p2: 'T2' } };
  const seen = viewCame(voted, '001', aView(waits)).seat;
  expect(litVote(seen)).toBeNull();
  expect(isProving(waits, litVote(seen))).toBe(true);
  // The one that was receipted before stays in force, and in sight.
  const earlier = aSealedReceipt({ press_id: 'p0', tracker: 'T1' });
  const held = receiptCame(seen, earlier).seat;
  expect(litVote(held)).toMatchObject({ tracker: 'T1', n: 1 });
  expect(isProving(waits, litVote(held))).toBe(true);
  // A view that was drawn before the verdict does not undo the receipt.
  const now = receiptCame(seen, aSealedReceipt({ press_id: 'p2', tracker: 'T2', n: 2 })).seat;
  expect(litVote(now)).toMatchObject({ tracker: 'T2', n: 2 });
  expect(isProving(waits, litVote(now))).toBe(false);
  const closed = aBallot({ ...floor, mine, phase: 'closed', recording: true });
  const over = screenOf(viewCame(held, '001', aView(closed)).seat);
  expect(over).toMatchObject({ kind: 'closed', own: { kind: 'proving' } });
  const proved = aBallot({ ...closed, mine: { ...mine, proved: true }, recording: false });
  const counted = screenOf(viewCame(held, '001', aView(proved)).seat);
  expect(counted).toMatchObject({ own: { kind: 'voted', vote: { tracker: 'T2' } } });
});

it('takes the second half of a double touch for nothing, and a later touch for a new vote', () => {
  const sent = sealedCame(touched(seated(), 'no', 'p1', 1000).seat, 'p1', SEALED).seat;
  expect(touched(sent, 'no', 'p2', 1000 + ONE_TOUCH - 1).ask).toBeUndefined();
  expect(touched(sent, 'no', 'p2', 1000 + ONE_TOUCH).ask).toMatchObject({ id: 'p2' });
});

it('forgets the choice with the receipt, and offers every choice again', () => {
  const sent = sealedCame(touched(seated(), 'no', 'p1', 1000).seat, 'p1', SEALED).seat;
  const { seat } = receiptCame(sent, aSealedReceipt());
  expect(seat.press).toBeNull();
  expect(litVote(seat)).toMatchObject({ choice: null, tracker: 'TRACKER' });
  expect(JSON.stringify({ ...seat, view: null })).not.toContain('"no"');
  expect(touched(seat, 'no', 'p2', 1200).ask).toMatchObject({ marks: [0, 1, 0] });
});

it('sends nothing that was sealed too late, or could not be sealed', () => {
  const waiting = touched(seated(), 'no', 'p1', 1000).seat;
  const over = viewCame(waiting, '001', aView(aBallot({ ...floor, phase: 'closed' }))).seat;
  expect(sealedCame(over, 'p1', SEALED).send).toBeNull();
  const replaced = touched(waiting, 'yes', 'p2', 1100).seat;
  expect(sealedCame(replaced, 'p1', SEALED).send).toBeNull();
  const failed = vaultFailed(waiting).seat;
  expect(failed.press).toBeNull();
  expect(failed.notice).toEqual({ kind: 'not_sealed' });
});

it('seals nothing under a key that is not accredited', () => {
  const foreign = keyCame(seatSeeing(floor), '43').seat;
  expect(screenOf(foreign)).toMatchObject({ kind: 'barred', reason: 'not_accredited' });
  expect(touched(foreign, 'no', 'p1', 1000).ask).toBeUndefined();
});

it('seals nothing where the election is not what the screen shows', () => {
  const swapped = { ...SECRET, election: electionOf(['no', 'yes', 'abstain']) };
  const seat = seatWithKey(aBallot({ ...floor, secret: swapped }));
  const { ask, seat: after } = touched(seat, 'no', 'p1', 1000);
  expect(ask).toBeUndefined();
  expect(after.notice).toEqual({ kind: 'refused', reason: 'bad_choice' });
});

describe('the key that a ballot is sealed for', () => {
  const vectors = JSON.parse(
    readFileSync(new URL('../secrecy/ballots.json', import.meta.url), 'utf8'),
  ) as { elections: { election: string }[] };
  const election = vectors.elections[0]?.election ?? '';
  const shown = (text: string) =>
    scrutineersKeyOf(aBallot({ ...floor, secret: { ...SECRET, election: text } }));

  it('is shown from the very text that is sealed, as the scrutineers see it', () => {
    // The same as `fingerprint_of` makes of it: tests/kiosk/test_sealed.py.
    expect(shown(election)).toBe('EzWi Y9no mLTY');
    expect(shown(election.replace(/"public_key":"\d/, '"public_key":"9'))).not.toBe(
      'EzWi Y9no mLTY',
    );
    expect([shown('{}'), shown('none'), scrutineersKeyOf(aBallot())]).toEqual([null, null, null]);
  });

  it('cannot be changed once the ballot is shown: nothing is sealed for another', () => {
    const other = { ...SECRET, election: SECRET.election.replace('}]}', '}],"public_key":"7"}') };
    const swapped = aView(aBallot({ ...floor, secret: other }));
    const seat = viewCame(seated(), '001', swapped).seat;
    for (const at of [seat, checkBegun(seat).seat]) {
      const { send, ask, seat: after } = touched(at, 'no', 'p1', 1000);
      expect([send, ask, after.notice]).toEqual([null, undefined, { kind: 'other_election' }]);
    }
    const back = viewCame(seat, '001', aView(floor)).seat;
    expect(touched(back, 'no', 'p1', 1000).ask).toMatchObject({ election: SECRET.election });
    const next = viewCame(seat, '001', aView(aBallot({ ...floor, id: 'b2', secret: other }))).seat;
    expect(touched(next, 'no', 'p1', 1000).ask).toMatchObject({ election: other.election });
  });
});

it('seals names in the order of the ballot, and a blank vote as one', () => {
  const asked = { ...SECRET, election: electionOf(['a', 'b', 'c', 'd'], true) };
  const ballot = anElection({ mode: 'secret', secret: asked });
  expect(marksFor(ballot, ['b', 'd'])).toEqual([0, 0, 1, 0, 1]);
  expect(marksFor(ballot, [])).toEqual([1, 0, 0, 0, 0]);
});

it('keeps no choice of a vote that nobody answered', () => {
  const sent = sealedCame(touched(seated(), 'no', 'p1', 1000).seat, 'p1', SEALED).seat;
  const { seat } = timePassed(sent, 12_000);
  expect(seat.notice).toEqual({ kind: 'no_answer' });
  expect(JSON.stringify({ ...seat, view: null })).not.toContain('"no"');
});

it('does not call a vote late that the hall has on disk when the ballot closes', () => {
  const sent = sealedCame(touched(seated(), 'no', 'p1', 1000).seat, 'p1', SEALED).seat;
  const closed = aView(aBallot({ ...floor, phase: 'closed' }));
  expect(viewCame(sealedReceived(sent, 'p1').seat, '001', closed).seat.notice).toBeNull();
  expect(viewCame(sent, '001', closed).seat.notice).toEqual({ kind: 'too_late' });
  const mine = { choice: null, tracker: 'TRACKER', code: 'A', n: 1, proved: true };
  const counted = aView(aBallot({ ...floor, phase: 'closed', mine }));
  expect(viewCame(sent, '001', counted).seat.notice).toBeNull();
});

describe('a receipt', () => {
  const sent = (seat = seated()) =>
    sealedCame(touched(seat, 'no', 'p1', 1000).seat, 'p1', SEALED).seat;

  it.each([
    ['another sealed vote', { tracker: 'OLD' }],
    ['an open vote', { choice: 'no', tracker: null } as const],
  ])('for %s lights nothing and says so, to the end of the ballot', (_, change) => {
    const told = receiptCame(sent(), aSealedReceipt(change)).seat;
    expect([told.press, told.notice]).toEqual([null, { kind: 'other_ballot' }]);
    expect(litVote(told)).toBeNull();
    // What the hall's views then say is not believed either.
    const mine = { choice: null, tracker: 'OLD', code: 'A', n: 2, proved: true };
    for (const phase of ['open', 'suspended', 'closed'] as const) {
      const seen = viewCame(told, '001', aView(aBallot({ ...floor, mine, phase }))).seat;
      expect(litVote(seen)).toBeNull();
      const closed = phase === 'closed';
      expect(seen.notice).toEqual(closed ? null : { kind: 'other_ballot' });
      if (closed) expect(screenOf(seen)).toMatchObject({ own: { kind: 'doubted' } });
    }
  });

  it('for what this seat has not sealed lights nothing', () => {
    const seat = sent();
    const other = aSealedReceipt({ press_id: 'p0', n: 7 });
    expect(receiptCame(seat, other).seat).toBe(seat);
  });

  it('that comes when another ballot has the floor still answers its press', () => {
    const next = aView(aBallot({ ...floor, id: 'b2' }));
    const over = viewCame(sent(), '001', next).seat;
    expect([over.notice, over.givenUp?.id]).toEqual([{ kind: 'changed' }, 'p1']);
    const told = receiptCame(over, aSealedReceipt()).seat;
    expect([told.notice, told.givenUp]).toEqual([null, null]);
  });

  it('for the next vote ends the doubt, where it names that', () => {
    const doubted = receiptCame(sent(), aSealedReceipt({ tracker: 'OLD' })).seat;
    const next = touched(doubted, 'no', 'p2', 3000).seat;
    const again = sealedCame(next, 'p2', { text: 'TEXT 2', tracker: 'TRACKER 2' }).seat;
    const own = aSealedReceipt({ press_id: 'p2', tracker: 'TRACKER 2', n: 2 });
    expect(litVote(receiptCame(again, own).seat)).toMatchObject({ tracker: 'TRACKER 2' });
  });

  it('is kept with its signature, and offered as long as its vote is the one that holds', () => {
    const seat = hallCame(seated(), 'h1').seat;
    const told = receiptCame(sent(seat), aSealedReceipt()).seat;
    const signed = litVote(told)?.signed;
    if (!signed) throw new Error('no signed receipt');
    expect(JSON.parse(receiptText(signed))).toEqual({
      format: 'hemicycle sealed receipt 1',
      hall: 'h1',
      ballot: 'b1',
      press_id: 'p1',
      tracker: 'TRACKER',
      n: 1,
      signature: 'SIGNED',
    });
    const mine = { choice: null, tracker: 'TRACKER', code: 'A', n: 1, proved: true };
    const closed = aBallot({ ...floor, phase: 'closed', mine });
    expect(litVote(viewCame(told, '002', aView(closed)).seat)).toMatchObject({ signed });
    const other = aBallot({ ...closed, mine: { ...mine, tracker: 'LATER', n: 2 } });
    expect(litVote(viewCame(told, '002', aView(other)).seat)).toMatchObject({ signed: null });
  });
});
