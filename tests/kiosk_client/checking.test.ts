/** The check of a seat: the fingerprint first, then the decision; nothing is cast unasked. */
import { describe, expect, it } from 'vitest';
import {
  checkBegun,
  checkCast,
  checkEnded,
  checkOpened,
  checkRevealed,
  enclosedCame,
} from '../../kiosk_client/web/seat/checking';
import {
  linkChanged,
  paperCast,
  paperChanged,
  receiptCame,
  sealedCame,
  timePassed,
  touched,
  vaultFailed,
  viewCame,
} from '../../kiosk_client/web/seat/events';
import { reviewed, toggled } from '../../kiosk_client/web/seat/paper';
import { screenOf, spoken } from '../../kiosk_client/web/seat/screen';
import { litVote, PRESS_LASTS, type Seat } from '../../kiosk_client/web/seat/state';
import {
  aBallot,
  anElection,
  aReceipt,
  aView,
  seatSeeing,
  SECRET,
  SECRET_MOTION,
  SEALED,
  electionOf,
  seatWithKey,
} from './facts';

/** What "Cast" leads to, once the vault has signed. */
const cast = (seat: Seat, now: number) => sealedCame(checkCast(seat, now).seat, 'p1', SEALED);
const FORGET = { kind: 'forget' };

const floor = SECRET_MOTION;
const seated = (ballot = floor) => seatWithKey(ballot);
const choosing = (ballot = floor) => checkBegun(seated(ballot)).seat;
const sealing = () => touched(choosing(), 'no', 'p1', 1000).seat;
const shown = () => enclosedCame(sealing(), 'p1', 'PRINT').seat;
const opening = () => checkOpened(shown()).seat;
const opened = () => checkRevealed(opening(), 'p1', 'CHECK', 'http://hall/check/#x').seat;
const stages: readonly [string, () => Seat][] = [
  ['choosing', choosing],
  ['sealing', sealing],
  ['shown', shown],
  ['opening', opening],
  ['opened', opened],
];
/** Whether what was chosen is anywhere in what the seat holds. */
const knows = (seat: Seat) => JSON.stringify({ ...seat, view: null }).includes('"no"');

describe('the way into a check', () => {
  it('is offered in a secret ballot where something may be cast, and nowhere else', () => {
    expect(screenOf(seated())).toMatchObject({ way: 'direct', canCheck: true });
    expect(screenOf(choosing())).toMatchObject({ kind: 'voting', way: 'checking' });
    expect(screenOf(seatSeeing(aBallot()))).toMatchObject({ canCheck: false });
    const mine = { choice: null, tracker: 'T', code: 'A', n: 1, proved: true };
    const final = seated(aBallot({ ...floor, mine, revocable: false }));
    expect(checkBegun(final).seat).toBe(final);
    const underWay = touched(seated(), 'no', 'p1', 1000).seat;
    expect(checkBegun(underWay).seat).toBe(underWay);
    const suspended = seated(aBallot({ ...floor, phase: 'suspended' }));
    expect(checkBegun(suspended).seat).toBe(suspended);
  });

  it('seals what is touched so that it may be opened, and sends nothing', () => {
    const { send, ask, seat } = touched(choosing(), 'no', 'p1', 1000);
    expect(send).toBeNull();
    expect(ask).toEqual({ kind: 'enclose', id: 'p1', election: SECRET.election, marks: [0, 1, 0] });
    expect(seat.press).toBeNull();
    expect(enclosedCame(seat, 'p1', 'PRINT').send).toBeNull();
  });

  it('seals a reviewed paper in the same way', () => {
    const asked = { ...SECRET, election: electionOf(['a', 'b', 'c', 'd'], true) };
    const election = anElection({ mode: 'secret', secret: asked });
    const named = paperChanged(choosing(election), (paper) => toggled(paper, election, 'b')).seat;
    const read = paperChanged(named, (paper) => reviewed(paper, 'names')).seat;
    const { send, ask, seat } = paperCast(read, 'p1', 1000);
    expect(send).toBeNull();
    expect(ask).toMatchObject({ kind: 'enclose', marks: [0, 0, 1, 0, 0] });
    const at = enclosedCame(seat, 'p1', 'PRINT').seat;
    expect(screenOf(at)).toMatchObject({
      kind: 'checking',
      step: { kind: 'shown', answer: ['b'] },
    });
    expect(at.paper).toBeNull();
  });
});

describe('the decision', () => {
  it('can be made only once the fingerprint is shown', () => {
    for (const [, at] of stages.filter(([name]) => name !== 'shown')) {
      const seat = at();
      expect(checkCast(seat, 2000).send).toBeNull();
      expect(checkCast(seat, 2000).seat).toBe(seat);
      expect(checkOpened(seat).seat).toBe(seat);
    }
  });

  it('to cast has the ballot signed whose fingerprint was shown, and sends that', () => {
    expect(screenOf(shown())).toMatchObject({ step: { fingerprint: 'PRINT' } });
    const decided = checkCast(shown(), 2000);
    expect([decided.send, decided.ask]).toEqual([null, { kind: 'sign', id: 'p1' }]);
    expect(knows(decided.seat)).toBe(false);
    const { seat, send, ask } = sealedCame(decided.seat, 'p1', SEALED);
    const frame = { type: 'press', press_id: 'p1', ballot: 'b1', sealed: { ballot: 'TEXT' } };
    expect([send, ask]).toEqual([frame, undefined]);
    expect(litVote(seat)).toBeNull();
    expect(screenOf(seat)).toMatchObject({ kind: 'voting', way: 'direct', lit: null });
    const lost = linkChanged(seat, { kind: 'lost' }).seat;
    expect(linkChanged(lost, { kind: 'online' }).send).toEqual(frame);
    const told = receiptCame(seat, { ...aReceipt(), choice: null, tracker: 'TRACKER' }).seat;
    expect(litVote(told)).toMatchObject({ tracker: 'TRACKER' });
    expect(timePassed(seat, 2000 + PRESS_LASTS).seat.notice).toEqual({ kind: 'no_answer' });
  });

  it('to cast sends nothing that is signed too late, and goes out once there is a line', () => {
    const waiting = checkCast(shown(), 2000).seat;
    const closed = viewCame(waiting, '001', aView(aBallot({ ...floor, phase: 'closed' }))).seat;
    expect(sealedCame(closed, 'p1', SEALED).send).toBeNull();
    const lost = sealedCame(linkChanged(waiting, { kind: 'lost' }).seat, 'p1', SEALED);
    expect(lost.send).toBeNull();
    expect(linkChanged(lost.seat, { kind: 'online' }).send).toMatchObject({ press_id: 'p1' });
    const failed = vaultFailed(waiting).seat;
    expect([failed.press, failed.notice]).toEqual([null, { kind: 'not_sealed' }]);
  });

  it('to open spends the ballot: it cannot be cast any more', () => {
    const { send, ask, seat } = checkOpened(shown());
    expect(send).toBeNull();
    expect(ask).toEqual({ kind: 'audit', id: 'p1' });
    expect(sealedCame(seat, 'p1', SEALED).send).toBeNull();
    expect(checkCast(seat, 2000).send).toBeNull();
    const told = checkRevealed(seat, 'p1', 'CHECK', 'http://hall/check/#x').seat;
    expect(screenOf(told)).toMatchObject({
      kind: 'checking',
      lit: null,
      step: { kind: 'opened', answer: 'no', fingerprint: 'PRINT', text: 'CHECK' },
    });
    expect(checkCast(told, 2000).send).toBeNull();
    const { seat: after } = checkEnded(told);
    expect(knows(after)).toBe(false);
    expect(touched(after, 'yes', 'p2', 3000).ask).toMatchObject({ kind: 'seal', id: 'p2' });
  });

  it('to open shows the text also where no code can be made of it', () => {
    const told = checkRevealed(opening(), 'p1', 'CHECK', null).seat;
    expect(screenOf(told)).toMatchObject({
      step: { kind: 'opened', text: 'CHECK', address: null },
    });
  });

  it('waits while there is no connection', () => {
    const lost = linkChanged(shown(), { kind: 'lost' }).seat;
    expect(screenOf(lost).kind).toBe('lost');
    expect(checkCast(lost, 2000).send).toBeNull();
    expect(linkChanged(lost, { kind: 'online' }).send).toBeNull();
    const seen = viewCame(lost, '001', aView(floor)).seat;
    const back = linkChanged(seen, { kind: 'online' }).seat;
    expect(cast(back, 3000).send).toMatchObject({ sealed: { ballot: 'TEXT' } });
  });
});

describe('a check is over', () => {
  it.each(stages)('when the delegate leaves it: %s', (_, at) => {
    const { seat, send, ask } = checkEnded(at());
    expect(send).toBeNull();
    expect(ask).toEqual(FORGET);
    expect(knows(seat)).toBe(false);
    expect(screenOf(seat)).toMatchObject({ kind: 'voting', way: 'direct' });
    // What was being sealed or opened comes too late to be shown, cast or revealed.
    expect(sealedCame(seat, 'p1', SEALED).send).toBeNull();
    expect(enclosedCame(seat, 'p1', 'PRINT').seat).toBe(seat);
    expect(checkRevealed(seat, 'p1', 'CHECK', '#').seat).toBe(seat);
  });

  it.each(stages)('when the ballot closes, and nothing of it counts: %s', (_, at) => {
    for (const phase of ['closed', 'cancelled', 'void', 'in_doubt'] as const) {
      const { seat, send, ask } = viewCame(at(), '001', aView(aBallot({ ...floor, phase })));
      expect([send, ask]).toEqual([null, FORGET]);
      expect(knows(seat)).toBe(false);
      expect(screenOf(seat).kind).toBe(phase);
    }
    const closed = viewCame(at(), '001', aView(aBallot({ ...floor, phase: 'closed' }))).seat;
    expect(screenOf(closed)).toMatchObject({ own: { kind: 'not_voted' }, notice: null });
  });

  it.each([
    ['another ballot', aBallot({ ...floor, id: 'b2' })],
    ['another key', aBallot({ ...floor, secret: { ...SECRET, credential: '43' } })],
    ['no right to vote', aBallot({ ...floor, may_vote: false, bar: 'suspended_right' })],
    ['no ballot', null],
  ])('with %s', (_, ballot) => {
    const { seat, ask } = viewCame(shown(), '001', aView(ballot));
    expect(seat.checking).toBeNull();
    expect(ask).toEqual(FORGET);
  });

  it('when the device is told to stop', () => {
    const { seat, ask } = linkChanged(shown(), { kind: 'stopped', why: 'replaced' });
    expect(seat.checking).toBeNull();
    expect(ask).toEqual(FORGET);
  });
});

it('outlasts an interruption, during which nothing of it is shown or can be done', () => {
  const away = viewCame(shown(), '001', aView(aBallot({ ...floor, phase: 'suspended' }))).seat;
  expect(screenOf(away).kind).toBe('interrupted');
  expect(checkCast(away, 2000).send).toBeNull();
  const back = viewCame(away, '001', aView(floor)).seat;
  expect(cast(back, 3000).send).toMatchObject({ sealed: { ballot: 'TEXT' } });
});

it('says what counts meanwhile: the vote that was cast before', () => {
  const before = { ...shown(), sealed: { p0: 'T0' } };
  const receipt = aReceipt({ press_id: 'p0', choice: null, tracker: 'T0' });
  const told = receiptCame(before, receipt).seat;
  expect(screenOf(told)).toMatchObject({ kind: 'checking', lit: { tracker: 'T0' } });
});

it('tells a screen reader what is recorded, and not again that the voting is open', () => {
  const asking = screenOf(seated());
  expect(spoken(asking, screenOf(shown()))).toBeNull();
  expect(spoken(screenOf(opened()), screenOf(checkEnded(opened()).seat))).toBeNull();
  const sent = cast(shown(), 2000).seat;
  const told = receiptCame(sent, { ...aReceipt(), choice: null, tracker: 'TRACKER' }).seat;
  expect(spoken(screenOf(sent), screenOf(told))).toMatchObject({ kind: 'recorded' });
});

it('goes back to the choice where it could not be sealed, and warns where it was not opened', () => {
  const unsealed = vaultFailed(sealing()).seat;
  expect(screenOf(unsealed)).toMatchObject({ way: 'checking', notice: { kind: 'not_sealed' } });
  const { seat, ask } = vaultFailed(opening());
  expect(screenOf(seat)).toMatchObject({ way: 'direct', notice: { kind: 'not_opened' } });
  expect(ask).toEqual(FORGET);
});
