/**
 * What the hall refuses, and what it leaves unknown.
 *
 * Rule: a refusal keeps the hall's own words and says for certain that nothing was done. An
 * outage or silence says nothing: the same request may be sent again, under the same key.
 */
import type { Problem } from '@wire/types';

/** A line of a problem that names a field and its remedy. */
export interface FieldError {
  readonly field: string;
  readonly detail: string;
}

/** Whether it is unknown if what was asked has been done. */
export function isUnknown(problem: Problem): boolean {
  return problem.status === 0 || problem.status >= 500;
}

/** Whether the token no longer opens anything: the person signs in again. */
export function isSignedOut(problem: Problem): boolean {
  return problem.status === 401;
}

/** The hall has not answered in time. */
export const NO_ANSWER_IN_TIME: Problem = {
  type: 'about:blank',
  title: 'No answer',
  status: 0,
  detail: 'The hall has not answered in time.',
  code: 'network',
};

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
