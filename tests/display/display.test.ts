/** What the display draws, as far as it is logic: scenes, places, arcs, timer, options. */
import { describe, expect, test } from 'vitest';
import {
  PHASE_VALUES,
  SCENE_VALUES,
  type CandidateView,
  type DisplayBallot,
  type DisplayView,
  type ElectionView,
  type MemberInfo,
  type OutcomeView,
  type Phase,
  type Texts,
} from '@wire/types';
import { dots, shares } from '@web/display/web/src/arcs';
import { ringsBetween } from '@web/display/web/src/bell';
import { fieldsOf, fitted, partOfList, placesOf } from '@web/display/web/src/board';
import { fateOf, gridOf, hasVotes, stayers } from '@web/display/web/src/election';
import { optionsOf, partOf } from '@web/display/web/src/options';
import { closedWord, pictureOf, saysTest, spokenOf } from '@web/display/web/src/scene';
import { timerOf } from '@web/display/web/src/timer';

const texts = (en: string, ar = en): Texts => ({ en, fr: en, es: en, ar });

const member = (code: string, en: string, ar: string, tile = en): MemberInfo => ({
  code,
  region: 'r',
  name: texts(en, ar),
  tile: texts(tile, ar),
  sort_key: texts(en.toLowerCase(), ar),
  suspended: false,
  approved: true,
  seats: [],
  weights: {},
  proxy: null,
  delegates: [],
  votes_by: null,
});

const OUTCOME: OutcomeView = {
  outcome: 'adopted',
  base: 3,
  needed: 2,
  base_name: 'base-yes-no',
  tied: false,
  counts: { yes: 2, no: 1, abstain: 0 },
  not_voting: 0,
  headline: texts('Adopted'),
  sentence: texts('It is adopted.'),
  explanation: texts('Needed 2 of 3'),
  head: '',
  parts: [],
};

const ballotIn = (phase: Phase, more: Partial<DisplayBallot> = {}): DisplayBallot => ({
  id: 'b',
  phase,
  kind: 'motion',
  mode: 'recorded',
  title: texts('A motion'),
  document: null,
  item: null,
  decision: 'ordinary',
  disclosure: 'individual',
  test: false,
  turnout: { voted: 1, entitled: 3 },
  counts: { yes: 1, no: 0, abstain: 0 },
  board: 'y..',
  outcome: null,
  rule: { words: texts('Simple majority'), needed_if_all_vote: 2, quorum_words: null },
  present: 3,
  entitled: 3,
  last_call: false,
  opened_at: 1000,
  closes_at: null,
  auto_close: false,
  remaining: null,
  recording: false,
  reason: null,
  election: null,
  asked: null,
  calling: null,
  secret: null,
  ...more,
});

const candidate = (id: string, more: Partial<CandidateView> = {}): CandidateView => ({
  id,
  name: texts(id),
  member: null,
  photo: null,
  votes: null,
  elected: false,
  eliminated: false,
  ...more,
});

const electionOf = (...candidates: CandidateView[]): ElectionView => ({
  round: 1,
  places: 2,
  names_per_ballot: 2,
  tie_ballot: false,
  region: null,
  candidates,
  blank: null,
  elected_so_far: [],
});

const viewOf = (
  scene: DisplayView['scene'],
  ballot: DisplayBallot | null,
  message: Texts | null = null,
): DisplayView => ({
  scene,
  chosen_scene: scene,
  message,
  item: null,
  sitting: null,
  members: 3,
  members_since: 1,
  present: 3,
  ballot,
  chair: null,
});

describe('the picture', () => {
  test('follows the ballot through its life', () => {
    const seen = PHASE_VALUES.map((phase) => [
      phase,
      pictureOf(viewOf('auto', ballotIn(phase, { outcome: OUTCOME }))).is,
    ]);
    expect(Object.fromEntries(seen)).toEqual({
      draft: 'idle',
      prepared: 'idle',
      announced: 'question',
      open: 'voting',
      suspended: 'halted',
      in_doubt: 'halted',
      closed: 'closed',
      declared: 'result',
      certified: 'result',
      published: 'result',
      cancelled: 'halted',
      void: 'halted',
    });
  });

  test.each(['suspended', 'in_doubt', 'cancelled', 'void'] as const)(
    'shows no numbers of a ballot that is %s, whatever scene was picked',
    (phase) => {
      for (const scene of ['auto', 'voting', 'board', 'hemicycle', 'result', 'closed'] as const) {
        expect(pictureOf(viewOf(scene, ballotIn(phase, { outcome: OUTCOME }))).is).toBe('halted');
      }
    },
  );

  test('never shows a result without an outcome, nor a board that was withheld', () => {
    expect(pictureOf(viewOf('result', ballotIn('closed'))).is).toBe('closed');
    expect(pictureOf(viewOf('result', ballotIn('declared'))).is).toBe('closed');
    expect(pictureOf(viewOf('board', ballotIn('open', { board: null }))).is).toBe('voting');
    expect(pictureOf(viewOf('hemicycle', ballotIn('open', { board: null }))).is).toBe('voting');
    expect(pictureOf(viewOf('board', ballotIn('open'))).is).toBe('board');
  });

  test('is something for every scene, with and without a ballot', () => {
    for (const scene of SCENE_VALUES) {
      expect(pictureOf(viewOf(scene, null)).is).toMatch(/^(idle|blank|presence)$/);
    }
    expect(pictureOf(viewOf('message', null, texts('Lunch')))).toEqual({
      is: 'message',
      text: texts('Lunch'),
    });
  });

  test('is announced at what matters, never by numbers', () => {
    expect(spokenOf(null)).toBeNull();
    expect(spokenOf(ballotIn('open'))).toBe('said-open');
    expect(spokenOf(ballotIn('open', { counts: { yes: 9, no: 9, abstain: 9 } }))).toBe('said-open');
    expect(spokenOf(ballotIn('open', { last_call: true }))).toBe('said-last-call');
    expect(spokenOf(ballotIn('closed'))).toBe('said-closed');
  });
});

describe('the picture of other ways of deciding', () => {
  const is = (ballot: DisplayBallot, scene: DisplayView['scene'] = 'auto') =>
    pictureOf(viewOf(scene, ballot)).is;
  const election = electionOf(candidate('a'), candidate('b'));

  test('of an election has its candidates, and its round once there is an outcome', () => {
    const inPhase = (phase: Phase, outcome: OutcomeView | null = null) =>
      is(ballotIn(phase, { kind: 'election', election, counts: null, outcome }));
    expect(inPhase('prepared')).toBe('idle');
    expect(inPhase('announced')).toBe('candidates');
    expect(inPhase('open')).toBe('candidates');
    expect(inPhase('suspended')).toBe('halted');
    expect(inPhase('closed')).toBe('closed');
    expect(inPhase('declared')).toBe('closed');
    expect(inPhase('declared', { ...OUTCOME, outcome: 'next_round' })).toBe('round');
  });

  test('follows the roll-call, and lets the operator show the board', () => {
    const calling = { member: 'FR', next: ['GA'], answered: 3, pass_over: [], call: 1 as const };
    const ballot = ballotIn('open', { mode: 'roll_call', calling });
    expect(pictureOf(viewOf('auto', ballot))).toEqual({ is: 'calling', ballot, calling });
    expect(is(ballot, 'board')).toBe('board');
    expect(is(ballotIn('suspended', { mode: 'roll_call', calling }))).toBe('halted');
  });

  test.each(['hands', 'paper'] as const)('says that tellers count in a ballot by %s', (mode) => {
    const ballot = ballotIn('open', { mode, turnout: null, counts: null, board: null });
    expect(pictureOf(viewOf('auto', ballot))).toEqual({ is: 'tellers', ballot, mode });
    expect(spokenOf(ballot)).toBe(`display-${mode}`);
    expect(is(ballotIn('declared', { mode, outcome: OUTCOME }))).toBe('result');
  });

  test('asks for a button in a test vote, and never names who pressed', () => {
    const ballot = ballotIn('open', { kind: 'test', test: true, asked: 'no' });
    expect(pictureOf(viewOf('auto', ballot))).toEqual({ is: 'pressing', ballot, asked: 'no' });
    for (const scene of SCENE_VALUES) {
      expect(is(ballot, scene)).not.toMatch(/^(board|hemicycle)$/);
      expect(is({ ...ballot, phase: 'declared', outcome: OUTCOME }, scene)).not.toMatch(
        /^(board|hemicycle|result)$/,
      );
    }
  });

  test('says TEST on every scene while the test is under way', () => {
    const ballot = ballotIn('open', { kind: 'test', test: true, asked: 'no' });
    for (const scene of SCENE_VALUES) {
      expect(saysTest(ballot, pictureOf(viewOf(scene, ballot)))).toBe(true);
    }
    const over = ballotIn('declared', { kind: 'test', test: true, outcome: OUTCOME });
    expect(saysTest(over, pictureOf(viewOf('auto', over)))).toBe(true);
    expect(saysTest(over, pictureOf(viewOf('idle', over)))).toBe(false);
    expect(saysTest(ballotIn('open'), { is: 'idle' })).toBe(false);
    expect(saysTest(null, { is: 'idle' })).toBe(false);
  });

  test('of an attendance check and a poll decides nothing', () => {
    const check = ballotIn('open', { kind: 'attendance' });
    expect(pictureOf(viewOf('auto', check))).toEqual({
      is: 'pressing',
      ballot: check,
      asked: 'present',
    });
    const counted: OutcomeView = { ...OUTCOME, outcome: 'counted' };
    for (const kind of ['attendance', 'poll', 'test'] as const) {
      expect(is(ballotIn('declared', { kind, outcome: counted }))).toBe('counted');
    }
    expect(is(ballotIn('open', { kind: 'poll' }))).toBe('voting');
    expect(closedWord(check)).toBe('display-attendance-closed');
    expect(closedWord(ballotIn('closed'))).toBe('said-closed');
  });
});

describe('a round of an election', () => {
  const ADA = candidate('ada', { votes: 110, elected: true });
  const BEN = candidate('ben', { votes: 70 });
  const CEM = candidate('cem', { votes: 10, eliminated: true });
  const round = electionOf(ADA, BEN, CEM);
  const further: OutcomeView = { ...OUTCOME, outcome: 'next_round' };

  test('tells no fate before it is declared', () => {
    expect(round.candidates.map((each) => fateOf(each, null))).toEqual(['open', 'open', 'open']);
  });

  test('tells who is elected, who stays and who leaves, in the order of the ballot', () => {
    expect(round.candidates.map((each) => fateOf(each, further))).toEqual([
      'elected',
      'stays',
      'leaves',
    ]);
    expect(stayers(round, further)).toEqual([BEN]);
  });

  test('says that nobody stays where no further round is held', () => {
    expect(fateOf(BEN, { ...OUTCOME, outcome: 'elected' })).toBe('open');
    expect(stayers(round, { ...OUTCOME, outcome: 'lots' })).toEqual([]);
  });

  test('has votes only where the hall was given one', () => {
    expect(hasVotes(electionOf(candidate('a'), candidate('b')))).toBe(false);
    expect(hasVotes(electionOf(candidate('a', { votes: 0 })))).toBe(true);
  });

  test('has room for everybody in one column or two', () => {
    for (let n = 1; n <= 30; n += 1) {
      const { columns, rows } = gridOf(n);
      expect(columns * rows).toBeGreaterThanOrEqual(n);
      expect(columns * (rows - 1)).toBeLessThan(n);
    }
    expect(gridOf(6)).toEqual({ columns: 1, rows: 6 });
    expect(gridOf(15)).toEqual({ columns: 2, rows: 8 });
  });
});

describe('the bell', () => {
  const open = ballotIn('open');
  const last = ballotIn('open', { last_call: true });

  test('rings when a last call begins, and once', () => {
    expect(ringsBetween(open, last)).toBe(true);
    expect(ringsBetween(last, last)).toBe(false);
    expect(ringsBetween(last, open)).toBe(false);
  });

  test('does not ring for what began before, for another ballot, or after the close', () => {
    expect(ringsBetween(null, last)).toBe(false);
    expect(ringsBetween({ ...open, id: 'other' }, last)).toBe(false);
    expect(ringsBetween(open, { ...last, phase: 'closed' })).toBe(false);
    expect(ringsBetween(open, null)).toBe(false);
  });
});

describe('the board', () => {
  // In the order of GET /members, which is no language's alphabet.
  const members = [
    member('ZW', 'Zimbabwe', 'زمبابوي'),
    member('AL', 'Albania', 'ألبانيا', 'Alb.'),
    member('ES', 'Spain', 'إسبانيا'),
  ];
  const whole = { number: 1, of: 1 };
  const written = (m: MemberInfo) => ({ text: m.code, size: 1 });

  test('is alphabetical in each language, each mark with its Member', () => {
    const english = fieldsOf(placesOf(members, 'en', whole), 'yna', written);
    expect(english.map(({ code, mark }) => `${code} ${mark}`)).toEqual([
      'AL no',
      'ES abstain',
      'ZW yes',
    ]);
    const arabic = fieldsOf(placesOf(members, 'ar', whole), 'v.y', written);
    expect(arabic.map(({ code, mark }) => `${code} ${mark}`)).toEqual([
      'AL none',
      'ES yes',
      'ZW voted',
    ]);
  });

  test('takes an unknown or missing character for nothing', () => {
    const fields = fieldsOf(placesOf(members, 'en', whole), '?', written);
    expect(fields.map(({ mark }) => mark)).toEqual(['none', 'none', 'none']);
  });

  test('is split over screens without loss', () => {
    const list = Array.from({ length: 196 }, (_, i) => i);
    const parts = [1, 2, 3].map((number) => partOfList(list, { number, of: 3 }));
    expect(parts.flat()).toEqual(list);
    expect(parts.map((part) => part.length)).toEqual([66, 66, 64]);
  });

  test('writes what fits: the name, its short form, smaller, the code', () => {
    const widthOf = (text: string) => text.length * 10;
    const albania = member('AL', 'Albania', 'ألبانيا', 'Alb.');
    expect(fitted(albania, 'en', 70, widthOf)).toEqual({ text: 'Albania', size: 1 });
    expect(fitted(albania, 'en', 60, widthOf)).toEqual({ text: 'Alb.', size: 1 });
    expect(fitted(albania, 'en', 36, widthOf)).toEqual({ text: 'Alb.', size: 0.9 });
    expect(fitted(albania, 'en', 20, widthOf)).toEqual({ text: 'AL', size: 1 });
  });
});

describe('the hemicycle', () => {
  test.each([0, 1, 7, 50, 196, 1000])('has one dot each for %i Members, within the arcs', (n) => {
    const all = dots(n, 7);
    expect(all).toHaveLength(n);
    for (const { x, y } of all) {
      expect(Math.hypot(x, y)).toBeLessThanOrEqual(1 + 1e-9);
      expect(y).toBeGreaterThanOrEqual(-1e-9);
    }
  });

  test('goes from one end to the other, and no two of 196 dots touch', () => {
    const all = dots(196, 7);
    const angles = all.map(({ x, y }) => Math.atan2(y, x));
    angles.slice(1).forEach((angle, i) => {
      expect(angle).toBeLessThanOrEqual((angles[i] ?? 0) + 1e-9);
    });
    const radius = 232 / Math.sqrt(196) / 500;
    const gaps = all.flatMap((a, i) =>
      all.slice(i + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)),
    );
    expect(Math.min(...gaps)).toBeGreaterThan(2 * radius);
  });

  test('deals in proportion to the arcs', () => {
    expect(shares(10, [1, 1])).toEqual([5, 5]);
    expect(shares(9, [1, 2])).toEqual([3, 6]);
  });
});

describe('the timer', () => {
  test('runs, and at zero waits for the Chair', () => {
    const ballot = ballotIn('open', { closes_at: 61_000 });
    expect(timerOf(ballot, 31_000)).toEqual({ is: 'running', remaining: 30_000, whole: 60_000 });
    expect(timerOf(ballot, 61_000)).toEqual({ is: 'out' });
    expect(timerOf(ballotIn('open'), 5000)).toEqual({ is: 'none' });
    expect(timerOf(ballotIn('closed', { closes_at: 61_000 }), 31_000)).toEqual({ is: 'none' });
  });
});

describe('the address', () => {
  test('names language, theme, view and part', () => {
    expect(optionsOf('?lang=ar&theme=okabe-ito&view=chyron&bg=transparent&part=2/3', 'en')).toEqual(
      {
        lang: 'ar',
        theme: 'okabe-ito',
        view: 'chyron',
        transparent: true,
        part: { number: 2, of: 3 },
        sound: false,
      },
    );
  });

  test('has plain defaults, also for nonsense', () => {
    const plain = {
      lang: 'es',
      theme: 'default',
      view: 'full',
      transparent: false,
      part: { number: 1, of: 1 },
      sound: true,
    };
    expect(optionsOf('', 'es-AR')).toEqual(plain);
    expect(optionsOf('?lang=xx&theme=pink&view=&part=3/2', 'es')).toEqual({ ...plain, lang: 'en' });
    expect(optionsOf('?sound=off', 'es')).toEqual({ ...plain, sound: false });
    expect(partOf('0/0')).toEqual({ number: 1, of: 1 });
  });
});
