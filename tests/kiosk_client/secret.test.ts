/** Secret ballots as a tablet keeps them: sealed before sent, told of without the choice. */
import { expect, it } from 'vitest';
import {
  keyCame,
  linkChanged,
  receiptCame,
  sealedCame,
  sealedReceived,
  sealFailed,
  timePassed,
  touched,
  viewCame,
} from '../../kiosk_client/web/seat/events';
import { screenOf } from '../../kiosk_client/web/seat/screen';
import { marksFor } from '../../kiosk_client/web/seat/secret';
import { litVote } from '../../kiosk_client/web/seat/state';
import { aBallot, anElection, aReceipt, aView, seatSeeing } from './facts';

const electionOf = (answers: string[], blank = false) =>
  JSON.stringify({ questions: [{ answers, blank }] });
const secret = {
  election: electionOf(['yes', 'no', 'abstain']),
  fingerprint: 'f',
  credential: '42',
};
const floor = aBallot({ mode: 'secret', secret });
const seated = () => keyCame(seatSeeing(floor), '42').seat;

it('asks for a seal, sends the sealed text once it is there, and lights nothing', () => {
  const first = touched(seated(), 'no', 'p1', 1000);
  expect(first.send).toBeNull();
  expect(first.seal).toEqual({ id: 'p1', election: secret.election, marks: [0, 1, 0] });
  const { seat, send } = sealedCame(first.seat, 'p1', 'TEXT');
  const frame = { type: 'press', press_id: 'p1', ballot: 'b1', sealed: { ballot: 'TEXT' } };
  expect(send).toEqual(frame);
  expect(litVote(sealedReceived(seat, 'p1').seat)).toBeNull();
  const lost = linkChanged(seat, { kind: 'lost' }).seat;
  expect(linkChanged(lost, { kind: 'online' }).send).toEqual(frame);
});

it('forgets the choice with the receipt, and offers every choice again', () => {
  const sent = sealedCame(touched(seated(), 'no', 'p1', 1000).seat, 'p1', 'TEXT').seat;
  const receipt = { ...aReceipt(), choice: null, tracker: 'T' };
  const { seat } = receiptCame(sent, receipt);
  expect(seat.press).toBeNull();
  expect(litVote(seat)).toMatchObject({ choice: null, tracker: 'T' });
  expect(JSON.stringify({ ...seat, view: null })).not.toContain('"no"');
  expect(touched(seat, 'no', 'p2', 1200).seal?.marks).toEqual([0, 1, 0]);
});

it('sends nothing that was sealed too late, or could not be sealed', () => {
  const waiting = touched(seated(), 'no', 'p1', 1000).seat;
  const over = viewCame(waiting, '001', aView(aBallot({ ...floor, phase: 'closed' }))).seat;
  expect(sealedCame(over, 'p1', 'TEXT').send).toBeNull();
  const replaced = touched(waiting, 'yes', 'p2', 1100).seat;
  expect(sealedCame(replaced, 'p1', 'TEXT').send).toBeNull();
  const failed = sealFailed(waiting).seat;
  expect(failed.press).toBeNull();
  expect(failed.notice).toEqual({ kind: 'not_sealed' });
});

it('seals nothing under a key that is not accredited', () => {
  const foreign = keyCame(seatSeeing(floor), '43').seat;
  expect(screenOf(foreign)).toMatchObject({ kind: 'barred', reason: 'not_accredited' });
  expect(touched(foreign, 'no', 'p1', 1000).seal).toBeUndefined();
});

it('seals nothing where the election is not what the screen shows', () => {
  const swapped = { ...secret, election: electionOf(['no', 'yes', 'abstain']) };
  const seat = keyCame(seatSeeing(aBallot({ ...floor, secret: swapped })), '42').seat;
  const { seal, seat: after } = touched(seat, 'no', 'p1', 1000);
  expect(seal).toBeUndefined();
  expect(after.notice).toEqual({ kind: 'refused', reason: 'bad_choice' });
});

it('seals names in the order of the ballot, and a blank vote as one', () => {
  const asked = { ...secret, election: electionOf(['a', 'b', 'c', 'd'], true) };
  const ballot = anElection({ mode: 'secret', secret: asked });
  expect(marksFor(ballot, ['b', 'd'])).toEqual([0, 0, 1, 0, 1]);
  expect(marksFor(ballot, [])).toEqual([1, 0, 0, 0, 0]);
});

it('keeps no choice of a vote that nobody answered', () => {
  const sent = sealedCame(touched(seated(), 'no', 'p1', 1000).seat, 'p1', 'TEXT').seat;
  const { seat } = timePassed(sent, 12_000);
  expect(seat.notice).toEqual({ kind: 'no_answer' });
  expect(JSON.stringify({ ...seat, view: null })).not.toContain('"no"');
});

it('does not call a vote late that the hall has on disk when the ballot closes', () => {
  const sent = sealedCame(touched(seated(), 'no', 'p1', 1000).seat, 'p1', 'TEXT').seat;
  const closed = aView(aBallot({ ...floor, phase: 'closed' }));
  expect(viewCame(sealedReceived(sent, 'p1').seat, '001', closed).seat.notice).toBeNull();
  expect(viewCame(sent, '001', closed).seat.notice).toEqual({ kind: 'too_late' });
});
