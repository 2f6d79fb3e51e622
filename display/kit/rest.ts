/**
 * The hall over HTTP, for screens.
 *
 * Rule: an expected refusal is a value (a problem document, RFC 9457), never an exception. One
 * press of a button is one command: its Idempotency-Key is made by the press and sent again with
 * it, so that a command whose answer was lost is not done twice.
 */
import type { Problem } from '@wire/types';

export type Answer<Body> =
  { readonly ok: true; readonly body: Body } | { readonly ok: false; readonly problem: Problem };

/** A new key for one press of a button. `crypto.randomUUID` needs https; a hall may have http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** No answer came: nothing is known about what was asked. Its text is `problem-network`. */
const NO_ANSWER: Problem = {
  type: 'about:blank',
  title: 'No answer',
  status: 0,
  detail: 'The hall does not answer.',
  code: 'network',
};

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body;
}

/** A client for one token. `token` is asked at each call, as it may change. */
export class Rest {
  readonly #token: () => string;
  readonly #root: string;

  constructor(token: () => string, root = '/api/v1') {
    this.#token = token;
    this.#root = root;
  }

  get<Body>(path: string): Promise<Answer<Body>> {
    return this.#ask('GET', path);
  }

  /** Sends a command. Pass the same `key` again to repeat one whose answer was lost. */
  post<Body>(path: string, body: object = {}, key: string = newKey()): Promise<Answer<Body>> {
    return this.#ask('POST', path, body, key);
  }

  put<Body>(path: string, body: object, key: string = newKey()): Promise<Answer<Body>> {
    return this.#ask('PUT', path, body, key);
  }

  /** Sends a file as it is. */
  async upload<Body>(path: string, file: Blob): Promise<Answer<Body>> {
    return this.#answer<Body>(await this.#fetch('POST', path, file));
  }

  /** A file such as a record, with the token that a plain link cannot carry. */
  async file(path: string): Promise<Answer<Blob>> {
    const response = await this.#fetch('GET', path);
    if (response?.ok) return { ok: true, body: await response.blob() };
    return { ok: false, problem: await problemOf(response) };
  }

  async #ask<Body>(
    method: string,
    path: string,
    body?: object,
    key?: string,
  ): Promise<Answer<Body>> {
    return this.#answer<Body>(await this.#fetch(method, path, body, key));
  }

  async #answer<Body>(response: Response | null): Promise<Answer<Body>> {
    if (!response?.ok) return { ok: false, problem: await problemOf(response) };
    const text = await response.text();
    return { ok: true, body: (text === '' ? null : JSON.parse(text)) as Body };
  }

  async #fetch(
    method: string,
    path: string,
    body?: object | Blob,
    key?: string,
  ): Promise<Response | null> {
    const headers = new Headers({ accept: 'application/json' });
    const token = this.#token();
    if (token !== '') headers.set('authorization', `Bearer ${token}`);
    if (body instanceof Blob) headers.set('content-type', body.type);
    else if (body !== undefined) headers.set('content-type', 'application/json');
    if (key !== undefined) headers.set('idempotency-key', key);
    try {
      const init: RequestInit = { method, headers, cache: 'no-store' };
      if (body !== undefined) init.body = body instanceof Blob ? body : JSON.stringify(body);
      return await fetch(this.#root + path, init);
    } catch {
      return null; // `fetch` throws only where no answer came
    }
  }
}

async function problemOf(response: Response | null): Promise<Problem> {
  if (response === null) return NO_ANSWER;
  try {
    const body: unknown = await response.json();
    if (isProblem(body)) return body;
  } catch {
    // Not JSON: something between here and the hall answered.
  }
  const { status, statusText } = response;
  return { ...NO_ANSWER, title: statusText, status, code: `http_${status}`, detail: statusText };
}
