/** Secret ballots as a tablet keeps them: sealed before sent, told of without the choice. */
import { expect, it } from 'vitest';
import {
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
import { marksFor } from '../../kiosk_client/web/seat/secret';
import { litVote, ONE_TOUCH } from '../../kiosk_client/web/seat/state';
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
  const told = receiptCame(anew, { ...aReceipt(), choice: null, tracker: 'T' }).seat;
  expect(screenOf(told)).toMatchObject({ paper: { names: ['c'] }, lit: { tracker: 'T' } });
  const refused = refusalCame(sent, aRefusal('bad_proof', 'p1'), 1100).seat;
  expect(screenOf(refused)).toMatchObject({ paper: { names: [] } });
});

it('does not take a view for a receipt while its vote is under way', () => {
  const earlier = { ...aReceipt({ press_id: 'p0' }), choice: null, tracker: 'T0' };
  const sent = sealedCame(touched(seated(), 'no', 'p1', 1000).seat, 'p1', SEALED).seat;
  const mine = { choice: null, tracker: 'TRACKER', code: 'A', n: 2 };
  const seen = viewCame(sent, '001', aView(aBallot({ ...floor, mine }))).seat;
  expect(litVote(seen)).toBeNull();
  expect(litVote(receiptCame(seen, earlier).seat)).toMatchObject({ tracker: 'T0' });
  const own = { ...aReceipt({ n: 2 }), choice: null, tracker: 'TRACKER' };
  expect(litVote(receiptCame(seen, own).seat)).toMatchObject({ tracker: 'TRACKER' });
});

it('takes the second half of a double touch for nothing, and a later touch for a new vote', () => {
  const sent = sealedCame(touched(seated(), 'no', 'p1', 1000).seat, 'p1', SEALED).seat;
  expect(touched(sent, 'no', 'p2', 1000 + ONE_TOUCH - 1).ask).toBeUndefined();
  expect(touched(sent, 'no', 'p2', 1000 + ONE_TOUCH).ask).toMatchObject({ id: 'p2' });
});

it('forgets the choice with the receipt, and offers every choice again', () => {
  const sent = sealedCame(touched(seated(), 'no', 'p1', 1000).seat, 'p1', SEALED).seat;
  const receipt = { ...aReceipt(), choice: null, tracker: 'T' };
  const { seat } = receiptCame(sent, receipt);
  expect(seat.press).toBeNull();
  expect(litVote(seat)).toMatchObject({ choice: null, tracker: 'T' });
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
  const mine = { choice: null, tracker: 'TRACKER', code: 'A', n: 1 };
  const counted = aView(aBallot({ ...floor, phase: 'closed', mine }));
  expect(viewCame(sent, '001', counted).seat.notice).toBeNull();
});
