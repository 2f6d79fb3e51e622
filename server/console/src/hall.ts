/**
 * The hall's HTTP interface as the operator uses it: one function a request.
 *
 * Rule: every call returns an `Answer`; the token travels in a header and never in an address.
 * A command carries the key that its press of the button made, so that sending it again is safe.
 */
import type {
  AdoptRequest,
  AssemblyInfo,
  BallotResponse,
  Command,
  CommandBody,
  DisplayTokenResponse,
  JournalLine,
  LoginResponse,
  MemberInfo,
  NewBallot,
  PresenceRequest,
  SceneRequest,
  SeatToken,
  SeatTokensRequest,
  VotingRightRequest,
  WhoAmI,
} from '@wire/types';
import { type Answer, failureOf } from './answer';

const ROOT = '/api/v1';

/** How long the hall may take before its silence is said, in milliseconds. */
export const PATIENCE_MS = 15_000;

export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** How to reach the hall: replaced in tests by a real server on another address. */
export interface Line {
  readonly fetch: Fetch;
  readonly origin: string;
  readonly token: string;
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Not the hall's answer (a proxy's page, say): `failureOf` reports it as silence.
    return undefined;
  }
}

async function send(line: Line, call: Call): Promise<Response | null> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (line.token !== '') headers['Authorization'] = `Bearer ${line.token}`;
  if (call.body !== undefined) headers['Content-Type'] = 'application/json';
  if (call.key !== undefined) headers['Idempotency-Key'] = call.key;
  try {
    return await line.fetch(`${line.origin}${ROOT}${call.path}`, {
      method: call.method,
      headers,
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
  } catch {
    // No answer at all: refused connection, time-out, lost network. The caller says so.
    return null;
  }
}

async function ask<T>(line: Line, call: Call): Promise<Answer<T>> {
  const response = await send(line, call);
  if (response === null) return { ok: false, failure: { kind: 'silence', status: null } };
  let body: unknown;
  try {
    body = await bodyOf(response);
  } catch {
    // The connection broke in the middle of the answer.
    return { ok: false, failure: { kind: 'silence', status: null } };
  }
  if (!response.ok) return { ok: false, failure: failureOf(response.status, body) };
  // The types are generated from the models that the hall answers with.
  return { ok: true, value: body as T };
}

const ballotPath = (ballot: string) => `/ballots/${encodeURIComponent(ballot)}`;
const memberPath = (member: string) => `/members/${encodeURIComponent(member)}`;

export const login = (line: Line, user: string, password: string) =>
  ask<LoginResponse>(line, { method: 'POST', path: '/login', body: { user, password } });

export const logout = (line: Line) => ask<unknown>(line, { method: 'POST', path: '/logout' });

export const me = (line: Line) => ask<WhoAmI>(line, { method: 'GET', path: '/me' });

export const assembly = (line: Line) =>
  ask<AssemblyInfo>(line, { method: 'GET', path: '/assembly' });

export const members = (line: Line) =>
  ask<MemberInfo[]>(line, { method: 'GET', path: '/members' });

export const ballot = (line: Line, id: string) =>
  ask<BallotResponse>(line, { method: 'GET', path: ballotPath(id) });

export const prepare = (line: Line, key: string, body: NewBallot) =>
  ask<BallotResponse>(line, { method: 'POST', path: '/ballots', body, key });

export const amend = (line: Line, key: string, id: string, body: NewBallot) =>
  ask<BallotResponse>(line, { method: 'PUT', path: ballotPath(id), body, key });

export const command = (
  line: Line,
  key: string,
  id: string,
  what: Command,
  body: CommandBody,
) =>
  ask<BallotResponse>(line, { method: 'POST', path: `${ballotPath(id)}/${what}`, body, key });

export const adopt = (line: Line, key: string, item: string, body: AdoptRequest) =>
  ask<BallotResponse>(line, {
    method: 'POST',
    path: `/agenda/${encodeURIComponent(item)}/adopt`,
    body,
    key,
  });

export const presence = (line: Line, key: string, member: string, body: PresenceRequest) =>
  ask<unknown>(line, { method: 'POST', path: `${memberPath(member)}/presence`, body, key });

export const votingRight = (line: Line, key: string, member: string, body: VotingRightRequest) =>
  ask<unknown>(line, { method: 'POST', path: `${memberPath(member)}/voting_right`, body, key });

export const scene = (line: Line, key: string, body: SceneRequest) =>
  ask<unknown>(line, { method: 'POST', path: '/display', body, key });

export const seatTokens = (line: Line, key: string, body: SeatTokensRequest) =>
  ask<SeatToken[]>(line, { method: 'POST', path: '/seats/tokens', body, key });

export const displayToken = (line: Line, key: string) =>
  ask<DisplayTokenResponse>(line, { method: 'POST', path: '/displays/tokens', key });

export const journal = (line: Line, after: number) =>
  ask<JournalLine[]>(line, { method: 'GET', path: `/journal?after=${String(after)}` });

export const RECORD_FORMATS = ['json', 'csv', 'xml', 'popolo', 'pdf'] as const;
export type RecordFormat = (typeof RECORD_FORMATS)[number];

/** A downloaded record: its bytes as the hall sent them, and the name to save them under. */
export interface RecordFile {
  readonly name: string;
  readonly bytes: Blob;
}

/** The name that a `Content-Disposition` header gives, or null. */
export function fileNameIn(header: string | null): string | null {
  const found = /filename="?([^";]+)"?/.exec(header ?? '');
  return found?.[1]?.trim() ?? null;
}

const EXTENSION: Record<RecordFormat, string> = {
  json: 'json',
  csv: 'csv',
  xml: 'xml',
  popolo: 'popolo.json',
  pdf: 'pdf',
};

export async function record(
  line: Line,
  id: string,
  format: RecordFormat,
  lang: string,
): Promise<Answer<RecordFile>> {
  const path = `${ballotPath(id)}/record?format=${format}&lang=${lang}`;
  const response = await send(line, { method: 'GET', path });
  if (response === null) return { ok: false, failure: { kind: 'silence', status: null } };
  try {
    if (!response.ok) {
      return { ok: false, failure: failureOf(response.status, await bodyOf(response)) };
    }
    const bytes = await response.blob();
    const name =
      fileNameIn(response.headers.get('Content-Disposition')) ??
      `ballot-${id}.${EXTENSION[format]}`;
    return { ok: true, value: { name, bytes } };
  } catch {
    // The connection broke in the middle of the file.
    return { ok: false, failure: { kind: 'silence', status: null } };
  }
}
