/** Values that the tests of the tablet start from. */
import type {
  KioskBallot,
  KioskView,
  OutcomeView,
  Receipt,
  Refused,
  RefusalReason,
  Texts,
} from '@wire/types';
import { keyCame, linkChanged, viewCame } from '../../kiosk_client/web/seat/events';
import { newSeat, type Seat } from '../../kiosk_client/web/seat/state';

export const words = (text: string): Texts => ({ en: text, fr: text, es: text, ar: text });

export const OUTCOME: OutcomeView = {
  outcome: 'adopted',
  base: 2,
  needed: 2,
  base_name: 'base-yes-no',
  tied: false,
  counts: { yes: 2, no: 0, abstain: 0 },
  not_voting: 0,
  headline: words('Adopted'),
  sentence: words('The draft is adopted'),
  explanation: words('Needed 2 of 2'),
  head: '0'.repeat(64),
  parts: [],
};

export function aBallot(change: Partial<KioskBallot> = {}): KioskBallot {
  return {
    id: 'b1',
    phase: 'open',
    kind: 'motion',
    mode: 'recorded',
    title: words('A motion'),
    document: null,
    item: null,
    choices: ['yes', 'no', 'abstain'],
    mine: null,
    may_vote: true,
    bar: null,
    revocable: true,
    disclosure: 'counts',
    last_call: false,
    opened_at: 0,
    closes_at: null,
    auto_close: false,
    recording: false,
    rule: { words: words('simple majority'), needed_if_all_vote: null, quorum_words: null },
    outcome: null,
    candidates: [],
    names_per_ballot: 1,
    places: 1,
    asked: null,
    round: 1,
    tie_ballot: false,
    calling: null,
    votes_for: [],
    voted_for_by: null,
    secret: null,
    ...change,
  };
}

/** What the hall tells of a secret ballot, as much as a seat looks into. */
export const electionOf = (answers: string[], blank = false): string =>
  JSON.stringify({ questions: [{ answers, blank }] });

export const SECRET = {
  election: electionOf(['yes', 'no', 'abstain']),
  fingerprint: 'f',
  credential: '42',
};
export const SECRET_MOTION = aBallot({ mode: 'secret', secret: SECRET });
export const SEALED = { text: 'TEXT', tracker: 'TRACKER' };

/** An election of three among a, b, c and d. */
export function anElection(change: Partial<KioskBallot> = {}): KioskBallot {
  const candidates = ['a', 'b', 'c', 'd'].map((id) => ({
    id,
    name: words(id),
    member: null,
    photo: null,
  }));
  return aBallot({
    kind: 'election',
    choices: [],
    candidates,
    names_per_ballot: 3,
    places: 3,
    ...change,
  });
}

export function aView(ballot: KioskBallot | null): KioskView {
  return {
    member: 'FR',
    name: words('France'),
    seat: 'S-058',
    lang: 'fr',
    item: null,
    signals: [],
    secret_ballots: false,
    credential: null,
    delegation: null,
    ballot,
  };
}

/** A seat that is online and sees this ballot. */
export function seatSeeing(ballot: KioskBallot | null, epoch = '001'): Seat {
  const seen = viewCame(newSeat(true), epoch, aView(ballot)).seat;
  return linkChanged(seen, { kind: 'online' }).seat;
}

/** A seat whose key is accredited, and that sees this secret ballot. */
export function seatWithKey(ballot: KioskBallot): Seat {
  return keyCame(seatSeeing(ballot), '42').seat;
}

export function aReceipt(change: Partial<Receipt> = {}): Receipt {
  return {
    type: 'receipt',
    press_id: 'p1',
    ballot: 'b1',
    choice: 'yes',
    code: 'K7Q4',
    n: 1,
    current: true,
    server_time: 0,
    proof: 'proof',
    ...change,
  };
}

export function aRefusal(reason: RefusalReason, press_id = 'p1'): Refused {
  return { type: 'refused', press_id, reason, phase: null };
}
