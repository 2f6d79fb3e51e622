/**
 * One press of a command's button, from the press to the hall's answer.
 *
 * Rule: what is in flight cannot be sent twice. Its key is made with the press and kept while the
 * outcome is unknown, so that "try again" can never do the thing a second time. A refusal ends
 * the attempt; the next press makes a new key.
 */
import type { Answer } from '@kit/rest';
import type { Problem } from '@wire/types';
import { isUnknown } from './problems';

export interface Attempt<W> {
  readonly key: string;
  readonly what: W;
}

export type Progress<W> =
  | { readonly at: 'rest' }
  | { readonly at: 'sending'; readonly attempt: Attempt<W> }
  | { readonly at: 'unknown'; readonly attempt: Attempt<W>; readonly problem: Problem }
  | { readonly at: 'refused'; readonly attempt: Attempt<W>; readonly problem: Problem };

export const IDLE = { at: 'rest' } as const;

/** Begin: null while another is in flight. */
export function press<W>(progress: Progress<W>, key: string, what: W): Attempt<W> | null {
  return progress.at === 'sending' ? null : { key, what };
}

/** The attempt to send again under its own key; null where nothing is unknown. */
export function again<W>(progress: Progress<W>): Attempt<W> | null {
  return progress.at === 'unknown' ? progress.attempt : null;
}

/** Where an attempt stands after an answer. */
export function settle<W>(attempt: Attempt<W>, answer: Answer<unknown>): Progress<W> {
  if (answer.ok) return IDLE;
  const { problem } = answer;
  return { at: isUnknown(problem) ? 'unknown' : 'refused', attempt, problem };
}
