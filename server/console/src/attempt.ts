/**
 * One press of a command's button, from the press to the hall's answer.
 *
 * Rule: a command in flight cannot be sent twice. Its key is made with the press and kept while
 * the outcome is unknown, so that "try again" can never do the thing a second time. A refusal
 * ends the attempt; the next press makes a new key.
 */
import type { Answer, Failure } from './answer';

export interface Attempt<W> {
  readonly key: string;
  readonly what: W;
}

export type Progress<W> =
  | { readonly at: 'rest' }
  | { readonly at: 'sending'; readonly attempt: Attempt<W> }
  | { readonly at: 'unknown'; readonly attempt: Attempt<W>; readonly failure: Failure }
  | { readonly at: 'refused'; readonly attempt: Attempt<W>; readonly failure: Failure };

export const IDLE = { at: 'rest' } as const;

/** Begin: refused (null) while another is in flight. */
export function press<W>(progress: Progress<W>, key: string, what: W): Progress<W> | null {
  return progress.at === 'sending' ? null : { at: 'sending', attempt: { key, what } };
}

/** Send the same attempt again under its own key; null where nothing is unknown. */
export function again<W>(progress: Progress<W>): Progress<W> | null {
  return progress.at === 'unknown' ? { at: 'sending', attempt: progress.attempt } : null;
}

/** The answer to an attempt. */
export function settle<W>(attempt: Attempt<W>, answer: Answer<unknown>): Progress<W> {
  if (answer.ok) return IDLE;
  const at = isFinal(answer.failure) ? 'refused' : 'unknown';
  return { at, attempt, failure: answer.failure };
}

/** Whether a failure says for certain that nothing was done. */
function isFinal(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.problem.status < 500;
}
