/** The ballot paper of an election: what is named, what is reviewed, and what alone is sent. */
import { describe, expect, it } from 'vitest';
import {
  linkChanged,
  paperCast,
  paperChanged,
  receiptCame,
  refusalCame,
  touched,
  viewCame,
} from '../../kiosk_client/web/seat/events';
import {
  backToNames,
  castable,
  NEW_PAPER,
  reviewed,
  toggled,
  type Paper,
} from '../../kiosk_client/web/seat/paper';
import { screenOf, spoken } from '../../kiosk_client/web/seat/screen';
import { litVote, sameAnswer, type Seat } from '../../kiosk_client/web/seat/state';
import { noticeId } from '../../kiosk_client/web/text';
import { aBallot, anElection, aReceipt, aRefusal, aView, seatSeeing } from './facts';

const election = anElection();
const touch = (...ids: string[]): Paper =>
  ids.reduce((paper, id) => toggled(paper, election, id), NEW_PAPER);

describe('a paper', () => {
  it('names in the order of the ballot, whatever the order of the touches', () => {
    expect(touch('d', 'a').names).toEqual(['a', 'd']);
  });

  it('takes a name back at a second touch', () => {
    expect(touch('a', 'b', 'a').names).toEqual(['b']);
  });

  it('takes no more names than the ballot, and says so', () => {
    const full = touch('a', 'b', 'c', 'd');
    expect(full).toEqual({ names: ['a', 'b', 'c'], step: 'full' });
    expect(toggled(full, election, 'a')).toEqual({ names: ['b', 'c'], step: 'choose' });
  });

  it('of one name moves to the name that is touched', () => {
    const one = anElection({ names_per_ballot: 1 });
    expect(toggled(toggled(NEW_PAPER, one, 'a'), one, 'b').names).toEqual(['b']);
  });

  it('knows no name that is not on the ballot', () => {
    expect(touch('z')).toEqual(NEW_PAPER);
  });

  it('without a name has no review but that of a blank vote', () => {
    expect(reviewed(NEW_PAPER, 'names').step).toBe('choose');
    expect(castable(reviewed(NEW_PAPER, 'blank'))).toEqual([]);
  });

  it('can be cast from the review only, where names stay as they are', () => {
    const paper = touch('b');
    expect(castable(paper)).toBeNull();
    expect(castable(reviewed(paper, 'names'))).toEqual(['b']);
    expect(toggled(reviewed(paper, 'names'), election, 'a').names).toEqual(['b']);
    expect(castable(backToNames(reviewed(paper, 'names')))).toBeNull();
  });

  it('keeps its names while a blank vote is reviewed', () => {
    expect(backToNames(reviewed(touch('b'), 'blank')).names).toEqual(['b']);
  });
});

const fill = (seat: Seat, ...steps: ((paper: Paper) => Paper | null)[]): Seat =>
  steps.reduce((now, step) => paperChanged(now, step).seat, seat);
const name = (id: string) => (paper: Paper) => toggled(paper, election, id);
const review = (paper: Paper) => reviewed(paper, 'names');
const cast = (seat: Seat, id = 'p1') => paperCast(seat, id, 1000);
const inReview = () => fill(seatSeeing(election), name('c'), name('a'), review);

describe('a seat in an election', () => {
  it('sends the names that were reviewed, and lights nothing before the receipt', () => {
    const { seat, send } = cast(inReview());
    expect(send).toEqual({ type: 'press', press_id: 'p1', ballot: 'b1', choice: ['a', 'c'] });
    expect(litVote(seat)).toBeNull();
    const stored = receiptCame(seat, aReceipt({ choice: ['a', 'c'] })).seat;
    expect(screenOf(stored)).toMatchObject({
      kind: 'election',
      paper: null,
      lit: { choice: ['a', 'c'], code: 'K7Q4' },
    });
  });

  it('sends nothing without a review, and nothing by a motion’s key', () => {
    expect(cast(fill(seatSeeing(election), name('a'))).send).toBeNull();
    expect(touched(inReview(), 'yes', 'p1', 1000).send).toBeNull();
  });

  it('sends a blank vote as no names', () => {
    const blank = fill(seatSeeing(election), (paper) => reviewed(paper, 'blank'));
    expect(cast(blank).send?.choice).toEqual([]);
  });

  it('sends a second touch of Cast once', () => {
    const sent = cast(inReview()).seat;
    expect(cast(sent, 'p2').send).toBeNull();
  });

  it('sends the same press again after a reconnection', () => {
    const sent = cast(inReview()).seat;
    const back = viewCame(linkChanged(sent, { kind: 'lost' }).seat, '001', aView(election)).seat;
    const { send } = linkChanged(back, { kind: 'online' });
    expect(send).toMatchObject({ press_id: 'p1', choice: ['a', 'c'] });
  });

  const recorded = () => receiptCame(cast(inReview()).seat, aReceipt({ choice: ['a', 'c'] })).seat;

  it('begins a change with the names that are recorded', () => {
    const changing = fill(recorded(), name('b'), review);
    expect(cast(changing, 'p2').send?.choice).toEqual(['a', 'b', 'c']);
    expect(litVote(changing)?.choice).toEqual(['a', 'c']);
  });

  it('keeps the recorded vote where the change is given up, or changes nothing', () => {
    const kept = fill(recorded(), name('b'), () => null);
    expect(screenOf(kept)).toMatchObject({ paper: null, lit: { choice: ['a', 'c'] } });
    const same = cast(fill(recorded(), review), 'p2');
    expect(same.send).toBeNull();
    expect(screenOf(same.seat)).toMatchObject({ paper: null });
  });

  it('offers no change of a final vote', () => {
    const final = anElection({
      revocable: false,
      mine: { choice: [], n: 1, code: 'A', tracker: null, proved: true },
    });
    const seat = fill(seatSeeing(final), name('a'));
    expect(screenOf(seat)).toMatchObject({ offer: 'nothing', paper: null, lit: { choice: [] } });
    expect(cast(fill(seat, name('a'), review)).send).toBeNull();
  });

  it('goes back to the names when the hall refuses them, and says so in words', () => {
    const refused = refusalCame(cast(inReview()).seat, aRefusal('bad_choice'), 1001).seat;
    expect(screenOf(refused)).toMatchObject({
      paper: { names: ['a', 'c'], step: 'choose' },
      notice: { kind: 'refused', reason: 'bad_choice' },
    });
    expect(noticeId({ kind: 'refused', reason: 'bad_choice' }, 'election')).toBe('kiosk-bad-names');
    expect(noticeId({ kind: 'refused', reason: 'bad_choice' }, 'motion')).toBe(
      'refused-bad-choice',
    );
  });

  it('keeps the paper through an interruption, and drops it with the ballot', () => {
    const begun = fill(seatSeeing(election), name('a'));
    const stopped = viewCame(begun, '001', aView(anElection({ phase: 'suspended' }))).seat;
    expect(screenOf(stopped).kind).toBe('interrupted');
    const again = viewCame(stopped, '001', aView(election)).seat;
    expect(screenOf(again)).toMatchObject({ paper: { names: ['a'] } });
    const next = viewCame(again, '001', aView(anElection({ id: 'b2' }))).seat;
    expect(screenOf(next)).toMatchObject({ paper: { names: [] } });
    const closed = viewCame(again, '001', aView(anElection({ phase: 'closed' }))).seat;
    expect(closed.paper).toBeNull();
  });

  it('says that a touch without a connection is not sent', () => {
    const lost = linkChanged(inReview(), { kind: 'lost' }).seat;
    expect(cast(lost)).toMatchObject({ send: null, seat: { notice: { kind: 'not_sent' } } });
  });

  it('tells what is recorded, with the ballot that gives the names', () => {
    const said = spoken(screenOf(inReview()), screenOf(recorded()));
    expect(said).toMatchObject({ kind: 'recorded', vote: { choice: ['a', 'c'] } });
  });
});

describe('answers', () => {
  it.each([
    ['yes', 'yes', true],
    ['yes', 'no', false],
    ['yes', [], false],
    [[], [], true],
    [['a'], ['a'], true],
    [['a'], ['a', 'b'], false],
    [['a'], ['b'], false],
  ] as const)('%j and %j are the same: %j', (one, other, same) => {
    expect(sameAnswer(one, other)).toBe(same);
  });

  it('to a motion are touched as before', () => {
    expect(touched(seatSeeing(aBallot()), 'yes', 'p1', 1).send?.choice).toBe('yes');
  });
});
