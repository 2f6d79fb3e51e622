// Written by `python -m server.wire.typescript` from server/vocabulary.py and server/wire. Do not edit.

/** The four official languages. */
export const LANGUAGE_VALUES = ["en", "fr", "es", "ar"] as const;
export type Language = (typeof LANGUAGE_VALUES)[number];

/**
 * What is asked of the Members.
 *
 * `test` asks everyone to press a given button, `attendance` to press "Present"; `poll` is
 * informal. These three are counted, and decide nothing.
 */
export const KIND_VALUES = ["motion", "election", "test", "attendance", "poll"] as const;
export type Kind = (typeof KIND_VALUES)[number];

/** What a motion is about, as the Chair names it: "the draft resolution is adopted". */
export const MATTER_VALUES = ["resolution", "proposal", "amendment", "paragraph", "budget", "constitution_amendment", "regulations_amendment", "admission", "host", "appointment", "convention", "procedural"] as const;
export type Matter = (typeof MATTER_VALUES)[number];

/**
 * How the Members answer. `consensus` is adoption without a vote.
 *
 * `non_recorded` is counted from the box, which is erased after the close: who voted is known,
 * and the tally, never who voted what. `secret` is encrypted in the seat and counted unopened.
 * `hands` and `paper` are entered by tellers, `roll_call` as each Member is called.
 */
export const MODE_VALUES = ["recorded", "non_recorded", "secret", "consensus", "hands", "roll_call", "paper"] as const;
export type Mode = (typeof MODE_VALUES)[number];

/** The order of candidates on every screen: drawn once, as given, or by their names. */
export const CANDIDATE_ORDER_VALUES = ["drawn", "given", "alphabetical"] as const;
export type CandidateOrder = (typeof CANDIDATE_ORDER_VALUES)[number];

/**
 * What the hall may see while a ballot is open, least first.
 *
 * `none`: that a vote is on. `turnout`: how many and who has voted, no counts.
 * `counts`: counts and how many, not who. `individual`: everything.
 */
export const DISCLOSURE_VALUES = ["none", "turnout", "counts", "individual"] as const;
export type Disclosure = (typeof DISCLOSURE_VALUES)[number];

/** The answers to a motion, in the order in which every screen shows them. */
export const CHOICE_VALUES = ["yes", "no", "abstain"] as const;
export type Choice = (typeof CHOICE_VALUES)[number];

/** Where a ballot stands in its life. On screens `suspended` reads "interrupted". */
export const PHASE_VALUES = ["draft", "prepared", "announced", "open", "suspended", "in_doubt", "closed", "declared", "certified", "published", "cancelled", "void"] as const;
export type Phase = (typeof PHASE_VALUES)[number];

/** What an operator can ask of a ballot. */
export const COMMAND_VALUES = ["announce", "open", "suspend", "resume", "extend", "last_call", "close", "declare", "certify", "publish", "cancel", "void", "correct", "second_vote", "next_round", "tie_ballot", "lots", "ask_chair", "hands", "paper", "call", "second_call", "rerun"] as const;
export type Command = (typeof COMMAND_VALUES)[number];

/**
 * Why a press was not accepted.
 *
 * `bad_proof`: a sealed ballot that does not prove that it is one; the earlier one stays in
 * force. `not_accredited`: the Member's seat is not on the list that the scrutineers signed.
 */
export const REFUSAL_REASON_VALUES = ["unknown_ballot", "not_open", "closed", "not_on_roll", "suspended_right", "not_revocable", "not_accredited", "bad_choice", "bad_proof", "press_id_reused", "replaced", "rate_limited", "unavailable"] as const;
export type RefusalReason = (typeof REFUSAL_REASON_VALUES)[number];

/** Why a sealed ballot was turned away, or refused after it was stored (`proof`). */
export const SEALED_FAULT_VALUES = ["form", "election", "credential", "signature", "proof", "replayed", "late"] as const;
export type SealedFault = (typeof SEALED_FAULT_VALUES)[number];

/** Who a token speaks for. */
export const ROLE_VALUES = ["operator", "chair", "scrutineer", "display", "seat"] as const;
export type Role = (typeof ROLE_VALUES)[number];

/** What each scrutineer gives in the key ceremony, in this order; the terms are Belenios's. */
export const CEREMONY_STEP_VALUES = ["certificate", "polynomial", "voutput"] as const;
export type CeremonyStep = (typeof CEREMONY_STEP_VALUES)[number];

/**
 * What became of a Member in a ballot, one row each in the record.
 *
 * `unnamed`: entitled to vote where tellers counted hands or papers, and nobody was named.
 */
export const ROLL_STATUS_VALUES = ["voted", "not_voted", "absent", "suspended", "unnamed"] as const;
export type RollStatus = (typeof ROLL_STATUS_VALUES)[number];

/** What the hall display shows. `auto` is what the operator picks to follow the ballot. */
export const SCENE_VALUES = ["auto", "idle", "presence", "question", "voting", "closed", "result", "board", "hemicycle", "message", "blank"] as const;
export type Scene = (typeof SCENE_VALUES)[number];

/** What a seat can ask for beside its vote. */
export const SIGNAL_VALUES = ["assistance", "point_of_order"] as const;
export type Signal = (typeof SIGNAL_VALUES)[number];

/**
 * How a ballot ended. `consensus` is adoption without a vote; `counted` decides nothing.
 *
 * A round of an election ends with everybody `elected`, or with what has to follow.
 */
export const OUTCOME_KIND_VALUES = ["adopted", "not_adopted", "tie", "second_vote", "casting_vote", "no_quorum", "consensus", "elected", "next_round", "tie_ballot", "lots", "ask", "counted"] as const;
export type OutcomeKind = (typeof OUTCOME_KIND_VALUES)[number];

/** The characters of a board: one a Member, in the order of `GET /members`. */
export const BOARD_MARK = { yes: "y", no: "n", abstain: "a" } as const;
export const BOARD_VOTED = "v";
export const BOARD_NOT_VOTED = ".";

/** Why the hall closed a connection. */
export const CloseCode = {
  GOING_AWAY: 1001,
  SLOW: 4000,
  UNAVAILABLE: 4001,
  PROTOCOL: 4400,
  UNAUTHORISED: 4401,
  FORBIDDEN: 4403,
  NO_HELLO: 4408,
  REPLACED: 4409,
  REVOKED: 4410,
  UNSUPPORTED: 4426,
} as const;

export const PROTOCOL = 1;

/** A text in the four official languages. */
export interface Texts {
  en: string;
  fr: string;
  es: string;
  ar: string;
}

/** How many have voted, of how many who may (both in Members). */
export interface Turnout {
  voted: number;
  entitled: number;
}

/** Votes by choice. */
export interface Counts {
  yes: number;
  no: number;
  abstain: number;
}

/** voted + not_voted + absent + suspended = members, or something is wrong. */
export interface Reconciliation {
  voted: number;
  not_voted: number;
  absent: number;
  suspended: number;
  members: number;
}

/** A part of a double majority: in favour, of what, and how many it needed. */
export interface PartOutcome {
  label: Texts;
  yes: number;
  base: number;
  needed: number;
  carried: boolean;
}

/**
 * The outcome with the numbers that explain it. `base_name` is a Fluent id (`base-…`).
 *
 * A double majority has no one base: its `parts` have.
 */
export interface OutcomeView {
  outcome: OutcomeKind;
  base: number | null;
  needed: number | null;
  base_name: string | null;
  tied: boolean;
  counts: Counts | null;
  not_voting: number;
  headline: Texts;
  sentence: Texts;
  explanation: Texts;
  head: string;
  parts: PartOutcome[];
}

/** The rule that the ballot is decided by, in words, and what it would take. */
export interface Rule {
  words: Texts;
  needed_if_all_vote: number | null;
  quorum_words: Texts | null;
}

/**
 * A candidate in the order of the ballot, which is the same on every screen. `photo` is the
 * hash of a picture at `/api/v1/photos/HASH`.
 */
export interface CandidateName {
  id: string;
  name: Texts;
  member: string | null;
  photo: string | null;
}

/**
 * A candidate in a round. `votes` is null while it is withheld; the flags are of the whole
 * election as it was declared.
 */
export interface CandidateView {
  id: string;
  name: Texts;
  member: string | null;
  photo: string | null;
  votes: number | null;
  elected: boolean;
  eliminated: boolean;
}

/**
 * A round of an election. `places` are those still to be filled in this ballot; `blank`
 * papers name nobody. `elected_so_far` were elected in the rounds before.
 */
export interface ElectionView {
  round: number;
  places: number;
  names_per_ballot: number;
  tie_ballot: boolean;
  region: string | null;
  candidates: CandidateView[];
  blank: number | null;
  elected_so_far: Texts[];
}

/**
 * A roll-call, as far as it is. `member` is called now; `next` follow; `pass_over` said
 * "pass" and are called again in the second call.
 */
export interface Calling {
  member: string | null;
  next: string[];
  answered: number;
  pass_over: string[];
  call: 1 | 2;
}

/**
 * What the box holds for this seat's Member; in an election the ids, none for a blank vote.
 *
 * In a secret ballot `choice` is null and `tracker` names the sealed ballot that counts, or that
 * will count once it is `proved`: until then an earlier one stays in force, if there is one, and
 * no seat may say that it is recorded. In a non-recorded one `code` is empty; once it is closed
 * `choice` is null and `n` is 0, too: the Member has voted, and nothing else is kept.
 */
export interface Mine {
  choice: Choice | string[] | null;
  n: number;
  code: string;
  tracker: string | null;
  proved: boolean;
}

/**
 * What a seat needs to seal its vote: the exact text of the Belenios election, its
 * fingerprint, and the public credential that is accredited for this Member (null: none).
 */
export interface KioskSecret {
  election: string;
  fingerprint: string;
  credential: string | null;
}

/**
 * How far a secret ballot is, of what it takes. Names are the scrutineers'.
 *
 * `accredited` are the Members on the list, `signed` who signed it, `opened` who sent their
 * decryption. `needed` is how many scrutineers it takes, for each of the two.
 */
export interface SecretProgress {
  fingerprint: string;
  accredited: number;
  signed: string[];
  opened: string[];
  missing: string[];
  needed: number;
  is_open: boolean;
}

/** A Member's seat sent a sealed ballot that was not taken, and why. */
export interface TurnedAwayView {
  member: string;
  reason: SealedFault;
}

/**
 * What only the operator sees of secret ballots.
 *
 * `ready` says whether the scrutineers have made the key. `credentials` counts the seats'
 * Members that can be accredited, `without` lists the present ones that cannot yet. `proving` is
 * how many sealed ballots wait for their proof; null where the disclosure withholds it.
 * `turned_away` are the sealed ballots that were not taken, a row for each Member and reason.
 */
export interface SecretDesk {
  ready: boolean;
  credentials: number;
  without: string[];
  proving: number | null;
  turned_away: TurnedAwayView[];
}

/** The ballot on the floor as one seat sees it. Times are milliseconds since 1970. */
export interface KioskBallot {
  id: string;
  phase: Phase;
  kind: Kind;
  mode: Mode;
  title: Texts;
  document: string | null;
  item: string | null;
  choices: Choice[];
  mine: Mine | null;
  may_vote: boolean;
  bar: RefusalReason | null;
  revocable: boolean;
  disclosure: Disclosure;
  last_call: boolean;
  opened_at: number | null;
  closes_at: number | null;
  auto_close: boolean;
  recording: boolean;
  rule: Rule;
  outcome: OutcomeView | null;
  candidates: CandidateName[];
  names_per_ballot: number;
  places: number;
  asked: Choice | null;
  round: number;
  tie_ballot: boolean;
  calling: Calling | null;
  secret: KioskSecret | null;
  votes_for: Texts[];
  voted_for_by: Texts | null;
}

/** An agenda item. `decision` is a key of the rulebook, or null where nothing is decided. */
export interface AgendaItemView {
  number: string;
  title: Texts;
  document: string | null;
  decision: string | null;
  sitting: number | null;
}

/** Who sits for a Member. `votes_by` is null while nobody has said who of several votes. */
export interface Delegation {
  names: string[];
  votes_by: string | null;
}

/** Everything that a seat shows. */
export interface KioskView {
  member: string;
  name: Texts;
  seat: string;
  lang: Language;
  item: AgendaItemView | null;
  signals: string[];
  ballot: KioskBallot | null;
  secret_ballots: boolean;
  credential: string | null;
  delegation: Delegation | null;
}

/** The ballot on the floor as the hall may see it. Null means withheld or not yet known. */
export interface DisplayBallot {
  id: string;
  phase: Phase;
  kind: Kind;
  mode: Mode;
  title: Texts;
  document: string | null;
  item: string | null;
  decision: string;
  disclosure: Disclosure;
  test: boolean;
  turnout: Turnout | null;
  counts: Counts | null;
  board: string | null;
  outcome: OutcomeView | null;
  rule: Rule;
  present: number | null;
  entitled: number | null;
  last_call: boolean;
  opened_at: number | null;
  closes_at: number | null;
  auto_close: boolean;
  remaining: number | null;
  recording: boolean;
  reason: Texts | null;
  election: ElectionView | null;
  asked: Choice | null;
  calling: Calling | null;
  secret: SecretProgress | null;
}

/** For the chair's token only: the sentence to say now, and the result before it is declared. */
export interface ChairView {
  sentence: Texts;
  undeclared: OutcomeView | null;
  assistance: string[];
  points_of_order: string[];
}

/** What the hall display and the console show alike. */
export interface HallView {
  scene: Scene;
  chosen_scene: Scene;
  message: Texts | null;
  item: AgendaItemView | null;
  sitting: number | null;
  members: number;
  members_since: number;
  present: number;
  ballot: DisplayBallot | null;
}

/** Everything that a hall display shows. */
export interface DisplayView {
  scene: Scene;
  chosen_scene: Scene;
  message: Texts | null;
  item: AgendaItemView | null;
  sitting: number | null;
  members: number;
  members_since: number;
  present: number;
  ballot: DisplayBallot | null;
  chair: ChairView | null;
}

/** One seat for the operator. `voted` is null where the disclosure withholds who has voted. */
export interface SeatRow {
  seat: string;
  member: string;
  online: boolean;
  present: boolean;
  suspended: boolean;
  voted: boolean | null;
  assistance: boolean;
  point_of_order: boolean;
  refused: number;
  lang: Language | null;
}

/** A seat that pressed another button than the one that was asked for. */
export interface WrongPress {
  member: string;
  pressed: Choice;
}

/** What a test vote found, by Member, once it is closed. `right` is a number of Members. */
export interface TestReport {
  silent: string[];
  wrong: WrongPress[];
  late: string[];
  right: number;
}

/** A tally that was entered once. Another person confirms it where `second_person` is true. */
export interface Tellers {
  counts: Record<string, number>;
  entered_by: string;
  second_person: boolean;
}

/** A command that waits for a second person. `at` is milliseconds since 1970. */
export interface PendingView {
  ballot: string;
  command: Command;
  by: string;
  at: number;
  reason: string | null;
}

/**
 * A command that is allowed now. `hold` asks for a held key; `needs` names the body fields
 * that it is refused without, `takes` those that may be left out.
 */
export interface CommandOption {
  command: Command;
  ballot: string;
  hold: boolean;
  needs: string[];
  takes: string[];
}

/** A ballot in the operator's list. */
export interface BallotSummary {
  id: string;
  phase: Phase;
  mode: Mode;
  title: Texts;
  item: string | null;
  document: string | null;
  decision: string;
  missing: string[];
  outcome: OutcomeKind | null;
  kind: Kind;
  round: number;
  part_of: string | null;
  part_order: number | null;
}

/** What the operator should look at, as Member codes. */
export interface Exceptions {
  assistance: string[];
  points_of_order: string[];
  offline: string[];
  silent: string[] | null;
  refused: string[];
}

/** One journal entry as the operator reads it. `at` is milliseconds since 1970. */
export interface JournalLine {
  seq: number;
  at: number;
  actor: string;
  type: string;
  subject: string | null;
}

/** Everything that the operator sees: the display's view, and what only the console may see. */
export interface ConsoleView {
  scene: Scene;
  chosen_scene: Scene;
  message: Texts | null;
  item: AgendaItemView | null;
  sitting: number | null;
  members: number;
  members_since: number;
  present: number;
  ballot: DisplayBallot | null;
  undeclared: OutcomeView | null;
  reconciliation: Reconciliation | null;
  alarms: Texts[];
  chair_sentence: Texts;
  agenda: AgendaItemView[];
  ballots: BallotSummary[];
  seats: SeatRow[];
  exceptions: Exceptions;
  commands: CommandOption[];
  next: CommandOption | null;
  journal: JournalLine[];
  server_store: string;
  role: Role;
  test_report: TestReport | null;
  tellers: Tellers | null;
  pending: PendingView[];
  secret: SecretDesk | null;
}

/** The last receipt that a seat holds: the hall compares it with what the box kept. */
export interface HeldReceipt {
  ballot: string;
  press_id: string;
  n: number;
  proof: string;
}

/** The first frame of every connection, within five seconds. */
export interface Hello {
  type: "hello";
  protocol: number;
  token?: string;
  lang?: Language;
  device?: string;
  receipt?: HeldReceipt | null;
}

/**
 * A vote that was encrypted in the seat: the exact text of a Belenios ballot, which is hashed
 * and kept byte for byte.
 */
export interface SealedBallot {
  ballot: string;
}

/**
 * A vote button was pressed. The same `press_id` may be sent again without harm.
 *
 * `sealed` stands in place of `choice` in a secret ballot; one of the two is sent.
 */
export interface Press {
  type: "press";
  press_id: string;
  ballot: string;
  choice?: string | string[] | null;
  sealed?: SealedBallot | null;
}

/**
 * A seat names the public credential that its sealed ballots will be signed with.
 *
 * `proof` shows that the seat knows the secret of `public` (a decimal number), bound to this hall
 * and this Member. It holds for ballots that are announced later. The view says which one holds.
 */
export interface Accredit {
  type: "accredit";
  public: string;
  proof: string;
}

/** A seat asks for assistance or a point of order, or withdraws it. */
export interface SignalFrame {
  type: "signal";
  signal: Signal;
  on: boolean;
}

/**
 * A delegate hands the Member's vote over to another one of its delegation, by name, from now
 * on, also while a ballot is open: a vote that is cast stands. The view says who votes.
 */
export interface HandOverFrame {
  type: "hand_over";
  delegate: string;
}

/** A seat changes its language. */
export interface SetLanguage {
  type: "lang";
  lang: Language;
}

/** The answer to `hello`. `server_time` is in milliseconds since 1970. */
export interface Welcome {
  type: "welcome";
  protocol?: number;
  epoch: string;
  server_time: number;
  hall: string;
  version: string;
}

/** A whole view for one seat; replace what you hold unless (epoch, seq) is older. */
export interface KioskViewFrame {
  type: "view";
  epoch: string;
  seq: number;
  view: KioskView;
}

/** A whole view for a display; replace what you hold unless (epoch, seq) is older. */
export interface DisplayViewFrame {
  type: "view";
  epoch: string;
  seq: number;
  view: DisplayView;
}

/** A whole view for the operator; replace what you hold unless (epoch, seq) is older. */
export interface ConsoleViewFrame {
  type: "view";
  epoch: string;
  seq: number;
  view: ConsoleView;
}

/** At least one a second: the connection and the hall live. */
export interface Beat {
  type: "beat";
  server_time: number;
}

/**
 * A sealed ballot is on disk as number `n`, and is being checked: nothing is recorded yet.
 *
 * `tracker` is the SHA-256 of its text (base64 without padding). A `receipt` follows, or
 * `refused` with `bad_proof`.
 */
export interface SealedReceived {
  type: "received";
  press_id: string;
  ballot: string;
  tracker: string;
  n: number;
}

/**
 * The vote is on disk. `n` is its number in the ballot; `current` says it still holds.
 *
 * `code` is shown to the delegate and printed in the record; `proof` lets the hall recognise
 * its own receipt when the seat presents it again in `hello`. In an election `choice` is the
 * list of the candidates' ids, empty for a blank vote. In a non-recorded ballot `code` is empty.
 *
 * In a secret ballot there is no `choice`: `tracker` finds the ballot in the published archive,
 * and `signature` is the hall's Ed25519 signature (hex) over the canonical JSON (RFC 8785) of
 * `["hemicycle sealed receipt 1", hall, ballot, press_id, tracker, n]`.
 */
export interface Receipt {
  type: "receipt";
  press_id: string;
  ballot: string;
  choice?: Choice | string[] | null;
  tracker?: string | null;
  signature?: string | null;
  code: string;
  n: number;
  current: boolean;
  server_time: number;
  proof: string;
}

/** The press changed nothing. `unavailable` means unknown: send the same `press_id` again. */
export interface Refused {
  type: "refused";
  press_id: string;
  reason: RefusalReason;
  phase: Phase | null;
}

/** A frame could not be understood; `detail` names the field and the remedy. */
export interface ErrorFrame {
  type: "error";
  code: string;
  detail: string;
}

/** A text in some of the official languages; what is missing keeps a ballot a draft. */
export interface PartialTexts {
  en?: string | null;
  fr?: string | null;
  es?: string | null;
  ar?: string | null;
}

/** A name in all four official languages. */
export interface AllTexts {
  en: string;
  fr: string;
  es: string;
  ar: string;
}

/** Sign in with a name and a password. */
export interface LoginRequest {
  user: string;
  password: string;
}

/** `expires_at` is milliseconds since 1970. */
export interface LoginResponse {
  token: string;
  role: Role;
  expires_at: number;
}

/** Whom the token speaks for. */
export interface WhoAmI {
  role: Role;
  user: string | null;
  seat: string | null;
  member: string | null;
}

/** A person who signs in with a password. */
export interface NewUser {
  user: string;
  password: string;
  role: "operator" | "chair" | "scrutineer" | "display";
}

/** A delegate of a Member. */
export interface DelegateInfo {
  name: string;
  head: boolean;
}

/** A Member of the assembly. `tile` is a short form for small tiles, never clipped. */
export interface MemberInfo {
  code: string;
  region: string;
  name: Texts;
  tile: Texts;
  sort_key: Texts;
  suspended: boolean;
  approved: boolean;
  seats: string[];
  weights: Record<string, number>;
  proxy: string | null;
  delegates: DelegateInfo[];
  votes_by: string | null;
}

/** An agenda item. */
export interface AgendaItemInfo {
  number: string;
  title: Texts;
  document: string | null;
  decision: string | null;
  sitting: number | null;
}

/** A decision type of the rulebook, for the form that prepares a ballot. */
export interface DecisionInfo {
  key: string;
  kind: Kind;
  label: Texts;
  words: Texts;
  disclosure: Disclosure;
  revocable: boolean;
  matter: Matter;
  supported: boolean;
  places: number | null;
  names_per_ballot: number | null;
  places_by_region: Record<string, number>;
  new_candidates: boolean;
}

/** The assembly and its agenda. */
export interface AssemblyInfo {
  id: string;
  name: Texts;
  languages: string[];
  rulebook: string;
  members: number;
  time_zone: string;
  digits: string;
  display_public: boolean;
  fingerprint: string;
  agenda: AgendaItemInfo[];
  decisions: DecisionInfo[];
  proxies: number;
}

/** Issue pairing tokens; a Member's earlier tokens stop working at once. */
export interface SeatTokensRequest {
  members: string[] | "all";
  qr?: boolean;
}

/** A seat's token, told once. `pair` is the path that a tablet opens; `qr` an SVG of its URL. */
export interface SeatToken {
  seat: string;
  member: string;
  token: string;
  pair: string;
  qr?: string | null;
}

/** A display's token, told once. */
export interface DisplayTokenResponse {
  token: string;
  pair: string;
}

/** A photo that the hall keeps: its hash, and its size in pixels. */
export interface PhotoResponse {
  photo: string;
  media_type: string;
  width: number;
  height: number;
}

/**
 * Who or what can be elected. A `name` that is one text stands in every language; without an
 * `id` the candidate gets one. `member` is the code of the Member that the candidate is from.
 */
export interface NewCandidate {
  id?: string | null;
  name: PartialTexts | string;
  member?: string | null;
  photo?: string | null;
}

/** A ballot to prepare. Complete, it is `prepared`; else `draft`, and says what is missing. */
export interface NewBallot {
  title?: PartialTexts;
  kind?: Kind;
  decision?: string;
  mode?: Mode;
  disclosure?: Disclosure | null;
  document?: string | null;
  item?: string | null;
  seconds?: number | null;
  auto_close?: boolean;
  revocable?: boolean | null;
  test?: boolean;
  candidates?: NewCandidate[];
  order?: CandidateOrder;
  places?: number | null;
  names_per_ballot?: number | null;
  region?: string | null;
  asked?: Choice | null;
  part_of?: string | null;
  part_order?: number | null;
  matter?: Matter | null;
}

/** What a command may carry; each command says which fields it needs. */
export interface CommandBody {
  reason?: string | null;
  seconds?: number | null;
  text?: string | null;
  member?: string | null;
  intention?: string | null;
  withdrawn?: string[] | null;
  drawn?: string[] | null;
  witnesses?: string[] | null;
  names?: string[] | null;
  candidates?: NewCandidate[] | null;
  counts?: Record<string, number> | null;
  choice?: string | null;
  mode?: Mode | null;
  start?: string | null;
  language?: Language | null;
}

/** A ballot as the asking role may see it, with the commands that are allowed now. */
export interface BallotResponse {
  id: string;
  phase: Phase;
  kind: Kind;
  mode: Mode;
  decision: string;
  disclosure: Disclosure;
  title: PartialTexts;
  document: string | null;
  item: string | null;
  missing: string[];
  allowed: Command[];
  seconds: number | null;
  auto_close: boolean;
  revocable: boolean;
  test: boolean;
  view: DisplayBallot | null;
  reruns: string | null;
  candidates: CandidateName[];
  places: number;
  names_per_ballot: number;
  round: number;
  election: string | null;
  tie_ballot: boolean;
  region: string | null;
  asked: Choice | null;
  part_of: string | null;
  part_order: number | null;
  matter: Matter;
  pending: PendingView | null;
}

/** A second person approves what waits, or refuses it. Who asked may take it back. */
export interface ApprovalRequest {
  approve?: boolean;
  reason?: string | null;
}

/** All ballots, newest last. */
export interface BallotList {
  ballots: BallotSummary[];
}

/**
 * Adopt an agenda item without a vote: the chair heard no objection. With `candidates`, they
 * are elected by acclamation.
 */
export interface AdoptRequest {
  title?: PartialTexts | null;
  reason?: string | null;
  candidates?: NewCandidate[];
  region?: string | null;
}

/**
 * Put a Member on the roll, from the next announced ballot on. `tile` is a short form of a
 * long name; `ballot` the vote that admitted the Member, or else `reason` says why.
 */
export interface AdmitRequest {
  code: string;
  region: string;
  name: AllTexts;
  tile?: AllTexts | null;
  ballot?: string | null;
  reason?: string | null;
  weights?: Record<string, number>;
  qr?: boolean;
}

/** The new Member, and its seat's token, told once. */
export interface AdmittedMember {
  member: MemberInfo;
  tokens: SeatToken[];
}

/** Take a Member off the roll. */
export interface WithdrawRequest {
  reason: string;
}

/** The operator corrects a Member's presence; the reason is journaled. */
export interface PresenceRequest {
  present: boolean;
  reason: string;
}

/** Suspend or restore a Member's right to vote, from the next announced ballot on. */
export interface VotingRightRequest {
  suspended: boolean;
  reason: string;
}

/**
 * Have the Member `holder` vote for this one from the next announced ballot on; without a
 * holder the proxy ends. A Member that votes itself is not voted for.
 */
export interface ProxyRequest {
  holder?: string | null;
  reason: string;
}

/** A delegate of a Member; at most one is the head of the delegation. */
export interface NewDelegate {
  name: string;
  head?: boolean;
}

/** Name a Member's delegation anew; an empty list names nobody. */
export interface DelegationRequest {
  delegates: NewDelegate[];
  reason: string;
}

/** Another delegate votes for the Member from now on. */
export interface HandOverRequest {
  delegate: string;
  reason?: string | null;
}

/** What the hall display shows; `auto` follows the ballot. `message` needs a text. */
export interface SceneRequest {
  scene: Scene;
  message?: PartialTexts | null;
  item?: string | null;
}

/** A problem document (RFC 9457). `errors` names each bad field and the remedy. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  phase?: Phase | null;
  allowed?: Command[] | null;
  errors?: Record<string, unknown>[] | null;
}

/** Begin the key ceremony with these three; a `reason` is needed where one was begun before. */
export interface CeremonyRequest {
  scrutineers: string[];
  reason?: string | null;
}

/**
 * A scrutineer's own message. `ceremony` is the number of the ceremony that it is made for;
 * `text` is Belenios's, kept byte for byte.
 */
export interface CeremonyMessage {
  ceremony: number;
  step: CeremonyStep;
  text: string;
}

/** The latest key ceremony: the notice board of its scrutineers. Nothing here is secret. */
export interface CeremonyInfo {
  number: number;
  scrutineers: string[];
  reason: string | null;
  step: CeremonyStep | null;
  messages: Record<string, Record<string, string>>;
  trustees: string | null;
  public_key: string | null;
}

/** What secret ballots rest on in this hall. */
export interface SecrecyInfo {
  hall: string;
  scrutineers: string[];
  threshold: number;
  ceremony: CeremonyInfo | null;
}

/**
 * A scrutineer's signature on who may vote, as compact JSON: over the list of credentials and
 * the election's fingerprint, with the key of their certificate.
 */
export interface ListSignatureRequest {
  signature: string;
}

/** A scrutineer's partial decryption: the exact text in the Belenios format. */
export interface DecryptionRequest {
  text: string;
}

/** A Member who may vote in a secret ballot, with the public credential of its seat. */
export interface AccreditedMember {
  member: string;
  public: string;
}

/** A secret ballot's public texts. Names are the scrutineers'; `needed` of them suffice. */
export interface SecretResponse {
  ballot: string;
  phase: Phase;
  election: string;
  fingerprint: string;
  trustees: string;
  credentials: string;
  accredited: AccreditedMember[];
  scrutineers: string[];
  needed: number;
  signed: string[];
  signatures: Record<string, string>;
  opened: string[];
  is_open: boolean;
}

export type SeatFrame = Hello | Press | Accredit | SignalFrame | HandOverFrame | SetLanguage;

export type ScreenFrame = Hello | SetLanguage;

export type KioskServerFrame = Welcome | KioskViewFrame | Beat | SealedReceived | Receipt | Refused | ErrorFrame;

export type DisplayServerFrame = Welcome | DisplayViewFrame | Beat | ErrorFrame;

export type ConsoleServerFrame = Welcome | ConsoleViewFrame | Beat | ErrorFrame;
