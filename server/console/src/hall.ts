/**
 * The hall's HTTP interface as the operator uses it: one function a request.
 *
 * Rule: nothing is decided here. A command carries the key that its press of the button made, so
 * that sending it again is safe.
 */
import type { Answer, Rest } from '@kit/rest';
import type {
  AdmitRequest,
  AdmittedMember,
  AdoptRequest,
  ApprovalRequest,
  AssemblyInfo,
  BallotResponse,
  CeremonyRequest,
  Command,
  CommandBody,
  DelegationRequest,
  DisplayTokenResponse,
  HandOverRequest,
  JournalLine,
  Language,
  LoginResponse,
  MemberInfo,
  NewBallot,
  NewUser,
  PhotoResponse,
  PresenceRequest,
  ProxyRequest,
  SceneRequest,
  SecrecyInfo,
  SeatToken,
  SeatTokensRequest,
  VotingRightRequest,
  WhoAmI,
  WithdrawRequest,
} from '@wire/types';

/** A request that answers with T. */
export type Reply<T> = Promise<Answer<T>>;

const ballotPath = (ballot: string) => `/ballots/${encodeURIComponent(ballot)}`;
const memberPath = (member: string) => `/members/${encodeURIComponent(member)}`;

export const login = (rest: Rest, user: string, password: string): Reply<LoginResponse> =>
  rest.post('/login', { user, password });

export const logout = (rest: Rest): Reply<unknown> => rest.post('/logout');

export const assembly = (rest: Rest): Reply<AssemblyInfo> => rest.get('/assembly');

export const members = (rest: Rest): Reply<MemberInfo[]> => rest.get('/members');

export const ballot = (rest: Rest, id: string): Reply<BallotResponse> => rest.get(ballotPath(id));

/** Prepares a ballot, or changes a draft or prepared one (`id`). */
export const prepare = (
  rest: Rest,
  key: string,
  id: string | null,
  body: NewBallot,
): Reply<BallotResponse> =>
  id === null ? rest.post('/ballots', body, key) : rest.put(ballotPath(id), body, key);

export const command = (
  rest: Rest,
  key: string,
  id: string,
  what: Command,
  body: CommandBody,
): Reply<BallotResponse> => rest.post(`${ballotPath(id)}/${what}`, body, key);

/** Approves what waits for a second person, or drops it. */
export const approval = (
  rest: Rest,
  key: string,
  id: string,
  body: ApprovalRequest,
): Reply<BallotResponse> => rest.post(`${ballotPath(id)}/approval`, body, key);

export const adopt = (
  rest: Rest,
  key: string,
  item: string,
  body: AdoptRequest,
): Reply<BallotResponse> => rest.post(`/agenda/${encodeURIComponent(item)}/adopt`, body, key);

export const presence = (
  rest: Rest,
  key: string,
  member: string,
  body: PresenceRequest,
): Reply<unknown> => rest.post(`${memberPath(member)}/presence`, body, key);

export const votingRight = (
  rest: Rest,
  key: string,
  member: string,
  body: VotingRightRequest,
): Reply<unknown> => rest.post(`${memberPath(member)}/voting_right`, body, key);

/** Has another Member vote for this one, or ends that. */
export const proxy = (
  rest: Rest,
  key: string,
  member: string,
  body: ProxyRequest,
): Reply<unknown> => rest.post(`${memberPath(member)}/proxy`, body, key);

/** Names a Member's delegation anew; the first is its head. */
export const delegation = (
  rest: Rest,
  key: string,
  member: string,
  body: DelegationRequest,
): Reply<unknown> => rest.post(`${memberPath(member)}/delegation`, body, key);

/** Says which delegate votes for a Member from now on. */
export const handOver = (
  rest: Rest,
  key: string,
  member: string,
  body: HandOverRequest,
): Reply<unknown> => rest.post(`${memberPath(member)}/hand_over`, body, key);

/** Uploads a candidate's photo; the answer has its hash. */
export const uploadPhoto = (rest: Rest, file: Blob): Reply<PhotoResponse> =>
  rest.upload('/photos', file);

/** Puts a Member on the roll; the answer has its seat's code, told once. */
export const admit = (rest: Rest, key: string, body: AdmitRequest): Reply<AdmittedMember> =>
  rest.post('/members', body, key);

/** Takes a Member off the roll. */
export const withdraw = (
  rest: Rest,
  key: string,
  member: string,
  body: WithdrawRequest,
): Reply<unknown> => rest.post(`${memberPath(member)}/withdraw`, body, key);

export const scene = (rest: Rest, key: string, body: SceneRequest): Reply<unknown> =>
  rest.post('/display', body, key);

export const seatTokens = (rest: Rest, key: string, body: SeatTokensRequest): Reply<SeatToken[]> =>
  rest.post('/seats/tokens', body, key);

export const addUser = (rest: Rest, key: string, body: NewUser): Reply<WhoAmI> =>
  rest.post('/users', body, key);

/** The scrutineers and their key ceremony. */
export const secrecy = (rest: Rest): Reply<SecrecyInfo> => rest.get('/secrecy');

export const beginCeremony = (rest: Rest, key: string, body: CeremonyRequest): Reply<SecrecyInfo> =>
  rest.post('/secrecy/ceremony', body, key);

export const displayToken = (rest: Rest, key: string): Reply<DisplayTokenResponse> =>
  rest.post('/displays/tokens', {}, key);

export const journal = (rest: Rest, after: number): Reply<JournalLine[]> =>
  rest.get(`/journal?after=${String(after)}`);

export const RECORD_FORMATS = ['json', 'csv', 'xml', 'popolo', 'pdf'] as const;
export type RecordFormat = (typeof RECORD_FORMATS)[number];

const EXTENSION: Record<RecordFormat, string> = {
  json: 'json',
  csv: 'csv',
  xml: 'xml',
  popolo: 'popolo.json',
  pdf: 'pdf',
};

/** The name under which a record is saved. The JSON one says the same in every language. */
export function recordName(id: string, format: RecordFormat, lang: Language): string {
  const suffix = format === 'json' || format === 'popolo' ? '' : `-${lang}`;
  return `vote-${id.replace(/[^\w-]+/g, '_')}${suffix}.${EXTENSION[format]}`;
}

export const record = (rest: Rest, id: string, format: RecordFormat, lang: Language): Reply<Blob> =>
  rest.file(`${ballotPath(id)}/record?format=${format}&lang=${lang}`);
