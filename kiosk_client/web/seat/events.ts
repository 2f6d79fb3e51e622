/*
 * How a seat's knowledge changes: pure steps from (seat, what happened) to (seat, what to send).
 *
 * Rules obeyed here:
 *  - a press is sent again under the same press_id after a reconnect and after `unavailable`;
 *  - a newer touch replaces an older unanswered one;
 *  - after a change of ballot or phase, or ten seconds, a fresh touch is needed;
 *  - nothing is kept for later while the connection is down: such a touch is refused on the spot;
 *  - a secret vote is forgotten when it is sealed: what is sent again is the same sealed text.
 */
import type { Choice, KioskBallot, KioskView, Receipt, Refused } from '@wire/types';
import { checkingAfter, sealToCheck, unsealedToCheck } from './checking';
import { backToNames, castable, type Paper } from './paper';
import { screenOf, touchable } from './screen';
import { attended, isSecret, isSwapped, marksFor } from './secret';
import {
  mayBeDoubted,
  ONE_TOUCH,
  PRESS_LASTS,
  RESEND_PAUSE,
  sameAnswer,
  type Answer,
  type Link,
  type Notice,
  type Press,
  type Seat,
  type SealedVote,
  type SignedReceipt,
} from './state';
import { dispatched, forgetting, still, type Step } from './step';

/**
 * The connection changed. It is `online` only once its first view is here, so that a press under
 * way, which waited, meets the ballot and phase of now before it goes out again.
 */
export function linkChanged(seat: Seat, link: Link): Step {
  const unsent = seat.press === null ? null : { ...seat.press, sent: false, again: null };
  switch (link.kind) {
    case 'online':
      return resend({ ...seat, link });
    case 'connecting':
    case 'lost':
      return still({ ...seat, link, press: unsent });
    case 'unpaired':
    case 'stopped':
      return forgetting(seat, {
        ...seat,
        link,
        press: null,
        givenUp: null,
        notice: null,
        paper: null,
        checking: null,
      });
  }
}

/** The hall sent a newer view. */
export function viewCame(seat: Seat, epoch: string, view: KioskView): Step {
  const before = seat.view?.ballot ?? null;
  const ballot = view.ballot;
  const moved = before?.id !== ballot?.id || before?.phase !== ballot?.phase;
  const next: Seat = {
    ...seat,
    epoch,
    view,
    notice: moved ? noticeAfter(seat, view) : seat.notice,
    held: seat.held !== null && mayBeDoubted(seat.held.receipt.ballot, ballot) ? seat.held : null,
    paper: paperAfter(seat.paper, before?.id, view),
    checking: checkingAfter(seat, before?.id, view),
    attended: attended(seat, ballot),
  };
  const press = seat.press;
  if (press === null) return forgetting(seat, next);
  if (ballot === null || ballot.id !== press.ballot || ballot.phase !== press.phase) {
    return forgetting(seat, giveUp(next, press, noticeOfChange(press, view)));
  }
  return forgetting(seat, next);
}

/** Sends the press that waited for the connection. */
function resend(seat: Seat): Step {
  const press = seat.press;
  if (press === null || press.sent || press.sealed === null) return still(seat);
  return dispatched(seat, { ...press, sent: true, received: false });
}

/** A choice was touched. Gives nothing to send where the screen does not offer it now. */
export function touched(seat: Seat, choice: Choice, id: string, now: number): Step {
  if (seat.link.kind === 'lost') return still({ ...seat, notice: { kind: 'not_sent' } });
  const screen = screenOf(seat);
  if (screen.kind !== 'voting' || !touchable(screen).includes(choice)) return still(seat);
  if (screen.way === 'checking') return sealToCheck(seat, screen.ballot, choice, id);
  if (seat.press === null && screen.lit?.choice === choice) return still(seat);
  return cast(seat, screen.ballot, choice, id, now);
}

/** The paper of an election was touched, which sends nothing. */
export function paperChanged(seat: Seat, change: (paper: Paper) => Paper | null): Step {
  if (seat.link.kind === 'lost') return still({ ...seat, notice: { kind: 'not_sent' } });
  const screen = screenOf(seat);
  if (screen.kind !== 'election' || screen.offer === 'nothing') return still(seat);
  return still({ ...seat, paper: change(screen.paper ?? screen.start), notice: null });
}

/** "Cast" was touched under the review of a paper. */
export function paperCast(seat: Seat, id: string, now: number): Step {
  if (seat.link.kind === 'lost') return still({ ...seat, notice: { kind: 'not_sent' } });
  const screen = screenOf(seat);
  if (screen.kind !== 'election' || screen.offer === 'nothing') return still(seat);
  const names = screen.paper === null ? null : castable(screen.paper);
  if (names === null) return still(seat);
  if (screen.way === 'checking') return sealToCheck(seat, screen.ballot, names, id);
  const recorded = screen.lit?.choice ?? null;
  if (seat.press === null && recorded !== null && sameAnswer(recorded, names)) {
    return still({ ...seat, paper: null, notice: null });
  }
  return cast(seat, screen.ballot, names, id, now);
}

function cast(seat: Seat, ballot: KioskBallot, choice: Answer, id: string, now: number): Step {
  const pending = seat.press;
  if (pending !== null && pending.again === null && repeats(pending, choice, now)) {
    return still(seat);
  }
  const press: Press = {
    id,
    ballot: ballot.id,
    choice,
    phase: ballot.phase,
    at: now,
    sent: true,
    again: null,
  };
  if (isSecret(ballot)) return castInSecret(seat, ballot, press);
  return dispatched({ ...seat, givenUp: null, notice: null }, press);
}

/**
 * Whether a touch only says again what is under way. Of a sealed vote nothing is known to compare
 * it with: there a touch that follows at once is the same finger's.
 */
function repeats(pending: Press, choice: Answer, now: number): boolean {
  if (pending.choice === null) return now - pending.at < ONE_TOUCH;
  return sameAnswer(pending.choice, choice);
}

/** A secret vote goes out once it is sealed. */
function castInSecret(seat: Seat, ballot: KioskBallot, press: Press): Step {
  if (isSwapped(seat, ballot)) return still({ ...seat, notice: { kind: 'other_election' } });
  const marks = press.choice === null ? null : marksFor(ballot, press.choice);
  if (marks === null || ballot.secret === null) {
    return still({ ...seat, notice: { kind: 'refused', reason: 'bad_choice' } });
  }
  const waiting: Press = { ...press, sent: false, sealed: null };
  const { election } = ballot.secret;
  return {
    seat: { ...seat, press: waiting, givenUp: null, notice: null },
    send: null,
    ask: { kind: 'seal', id: press.id, election, marks },
  };
}

/**
 * The vault sealed a vote, and the seat forgets what it was, on the paper too. Another touch or a
 * change of the ballot may have overtaken it.
 */
export function sealedCame(seat: Seat, id: string, { text, tracker }: SealedVote): Step {
  const sealed: SealedVote = { text, tracker };
  const press = seat.press;
  if (press?.id !== id || press.sealed !== null) return still(seat);
  const next: Seat = {
    ...seat,
    press: { ...press, choice: null, sealed },
    paper: null,
    sealed: { ...seat.sealed, [id]: tracker },
  };
  return seat.link.kind === 'online' ? resend(next) : still(next);
}

/** The vault failed: nothing was sent, and what was touched has to be touched again. */
export function vaultFailed(seat: Seat): Step {
  if (seat.checking !== null) return unsealedToCheck(seat);
  if (seat.press?.sealed !== null) return still(seat);
  return still({ ...seat, press: null, notice: { kind: 'not_sealed' } });
}

/** The hall said which one it is. */
export function hallCame(seat: Seat, hall: string): Step {
  return still({ ...seat, hall });
}

/** This device has a key for secret ballots. */
export function keyCame(seat: Seat, credential: string): Step {
  return still({ ...seat, credential });
}

/** The hall has a sealed vote on disk and is checking it: nothing is recorded yet. */
export function sealedReceived(seat: Seat, id: string): Step {
  if (seat.press?.id !== id) return still(seat);
  return still({ ...seat, press: { ...seat.press, received: true } });
}

/** A paper belongs to one ballot, and lasts as long as votes may still come. */
function paperAfter(
  paper: Paper | null,
  before: string | undefined,
  view: KioskView,
): Paper | null {
  const ballot = view.ballot;
  if (ballot === null || ballot.id !== before) return null;
  return ballot.phase === 'open' || ballot.phase === 'suspended' ? paper : null;
}

/**
 * The hall stored a press. A receipt for a sealed vote counts only where this seat sealed it; one
 * that names another says that the hall put that in its place, or that the seat did.
 */
export function receiptCame(seat: Seat, receipt: Receipt): Step {
  const sealed = seat.sealed[receipt.press_id];
  const tracker = receipt.tracker ?? null;
  if (sealed === undefined) return tracker === null ? stored(seat, receipt) : still(seat);
  if (sealed !== tracker) return still(doubting(seat, receipt));
  const after = stored(seat, receipt).seat;
  if (!receipt.current) return still(after);
  const doubted = seat.doubted === receipt.ballot ? null : seat.doubted;
  return still({ ...after, doubted, signed: signedIn(seat, receipt, tracker) });
}

function doubting(seat: Seat, { press_id, ballot }: Receipt): Seat {
  return {
    ...seat,
    press: seat.press?.id === press_id ? null : seat.press,
    givenUp: seat.givenUp?.id === press_id ? null : seat.givenUp,
    notice: { kind: 'other_ballot' },
    doubted: ballot,
  };
}

/** The later of what the hall has signed for. */
function signedIn(seat: Seat, receipt: Receipt, tracker: string): SignedReceipt | null {
  const { ballot, press_id, n, signature } = receipt;
  if (typeof signature !== 'string') return seat.signed;
  if (seat.signed?.ballot === ballot && seat.signed.n > n) return seat.signed;
  return { hall: seat.hall, ballot, press_id, tracker, n, signature };
}

function stored(seat: Seat, receipt: Receipt): Step {
  const held = seat.held;
  const newer =
    held === null ||
    held.epoch !== seat.epoch ||
    held.receipt.ballot !== receipt.ballot ||
    receipt.n > held.receipt.n;
  const keeps = receipt.current && mayBeDoubted(receipt.ballot, seat.view?.ballot ?? null);
  const answered = seat.press?.id === receipt.press_id;
  const late = seat.givenUp?.id === receipt.press_id;
  return still({
    ...seat,
    held: newer && keeps ? { epoch: seat.epoch, receipt } : held,
    press: answered ? null : seat.press,
    givenUp: late ? null : seat.givenUp,
    notice: answered || late ? null : seat.notice,
    paper: (answered || late) && !beganAnew(seat) ? null : seat.paper,
  });
}

/** Whether a paper is another than that which was cast: of a sealed vote none is left. */
function beganAnew(seat: Seat): boolean {
  const ballot = seat.view?.ballot ?? null;
  return ballot !== null && isSecret(ballot);
}

/** The hall did not store a press. */
export function refusalCame(seat: Seat, refused: Refused, now: number): Step {
  const press = seat.press;
  if (press?.id === refused.press_id) {
    if (refused.reason === 'unavailable') {
      return still({ ...seat, press: { ...press, again: now + RESEND_PAUSE } });
    }
    const paper =
      refused.reason === 'bad_choice' && seat.paper ? backToNames(seat.paper) : seat.paper;
    return still({ ...seat, press: null, notice: noticeOf(refused), paper });
  }
  if (seat.givenUp?.id === refused.press_id && refused.reason !== 'unavailable') {
    return still({ ...seat, givenUp: null, notice: noticeOf(refused) });
  }
  return still(seat);
}

/** Time passed: a press is sent again when it is due, and dropped when it is too old. */
export function timePassed(seat: Seat, now: number): Step {
  const press = seat.press;
  if (press === null) return still(seat);
  if (now - press.at >= PRESS_LASTS) return still(giveUp(seat, press, { kind: 'no_answer' }));
  if (seat.link.kind !== 'online' || press.again === null || now < press.again) return still(seat);
  return dispatched(seat, { ...press, again: null, received: false });
}

function noticeOf(refused: Refused): Notice {
  if (refused.reason === 'closed') return { kind: 'too_late' };
  return { kind: 'refused', reason: refused.reason };
}

function giveUp(seat: Seat, press: Press, notice: Notice | null): Seat {
  const givenUp = { id: press.id, ballot: press.ballot };
  return { ...seat, press: null, givenUp, notice };
}

/** What to say of a press that a change of ballot or phase overtook. */
function noticeOfChange(press: Press, view: KioskView): Notice | null {
  const ballot = view.ballot;
  // A sealed vote that the hall has on disk is not late: its receipt follows the proof.
  if (press.received === true) return null;
  if (ballot === null || ballot.id !== press.ballot) return { kind: 'changed' };
  if (isBoxed(press, ballot)) return null;
  // Nobody knows any more what a non-recorded ballot took: this press, or the one before.
  if (ballot.mine?.n === 0) return null;
  switch (ballot.phase) {
    case 'closed':
    case 'declared':
    case 'certified':
    case 'published':
      return { kind: 'too_late' };
    case 'cancelled':
    case 'void':
    case 'in_doubt':
      return null;
    case 'draft':
    case 'prepared':
    case 'announced':
    case 'open':
    case 'suspended':
      return { kind: 'changed' };
  }
}

/** Whether the hall holds what was pressed: the same answer, or the same sealed vote. */
function isBoxed(press: Press, { mine }: KioskBallot): boolean {
  if (mine === null) return false;
  if (press.choice === null) return mine.tracker === (press.sealed?.tracker ?? '');
  return mine.choice !== null && sameAnswer(mine.choice, press.choice);
}

/** Which notice outlives a change of ballot or phase. */
function noticeAfter(seat: Seat, view: KioskView): Notice | null {
  const notice = seat.notice;
  const ballot = view.ballot;
  if (notice === null || ballot === null || ballot.id !== seat.view?.ballot?.id) return null;
  switch (notice.kind) {
    case 'too_late':
      return ballot.phase === 'open' ? null : notice;
    case 'changed':
    case 'other_ballot':
    case 'other_election':
      return ballot.phase === 'open' || ballot.phase === 'suspended' ? notice : null;
    case 'refused':
    case 'no_answer':
    case 'not_sent':
    case 'not_sealed':
    case 'not_opened':
      return null;
  }
}
