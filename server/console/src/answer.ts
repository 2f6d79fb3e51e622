/**
 * What the hall answers over HTTP, as values.
 *
 * Rule: a refusal is a value with the hall's own words; nothing is swallowed. Silence (no answer,
 * or one that is not the hall's) is a third case: what was asked may or may not have been done, so
 * the same request may be sent again under the same key.
 */
import type { Problem } from '@wire/types';

export type Failure =
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'silence'; readonly status: number | null };

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

/** A line of a problem that names a field and its remedy. */
export interface FieldError {
  readonly field: string;
  readonly detail: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Whether a body is a problem document of the hall. */
export function isProblem(body: unknown): body is Problem {
  return (
    isRecord(body) &&
    typeof body['code'] === 'string' &&
    typeof body['status'] === 'number' &&
    typeof body['detail'] === 'string' &&
    typeof body['title'] === 'string'
  );
}

/** A failed answer, from its status and its parsed body (undefined where it was no JSON). */
export function failureOf(status: number, body: unknown): Failure {
  return isProblem(body) ? { kind: 'refused', problem: body } : { kind: 'silence', status };
}

/** Whether the token no longer opens anything: the person signs in again. */
export function isSignedOut(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.problem.status === 401;
}

/** The fields that a problem names, in a shape that a list can show. */
export function fieldErrors(problem: Problem): FieldError[] {
  return (problem.errors ?? []).map((error) => ({
    field: text(error['field'] ?? error['loc'] ?? error['pointer']),
    detail: [error['detail'] ?? error['msg'] ?? error['message'], error['remedy']]
      .filter((part) => part !== undefined && part !== null)
      .map(text)
      .join(' '),
  }));
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(text).join('.');
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
