/**
 * The scrutineers' key ceremony as the console tells it.
 *
 * Rule: everything comes from what the hall shows; nothing of a message is read here.
 */
import type { CeremonyInfo, CeremonyStep } from '@wire/types';

/** The steps in their order. */
export const STEPS: readonly CeremonyStep[] = ['certificate', 'polynomial', 'voutput'];

/** How many scrutineers hold a share of the key. */
export const SCRUTINEERS = 3;

export interface StepRow {
  readonly step: CeremonyStep;
  readonly given: number;
  /** Who has still to take it. */
  readonly missing: readonly string[];
}

/** A row for each step: how many have taken it, and who has not. */
export function stepsOf(ceremony: CeremonyInfo): StepRow[] {
  return STEPS.map((step) => {
    const given = ceremony.messages[step] ?? {};
    const missing = ceremony.scrutineers.filter((name) => !(name in given));
    return { step, given: ceremony.scrutineers.length - missing.length, missing };
  });
}

/** Why a ceremony cannot be begun with these, or null. */
export function objection(
  chosen: readonly string[],
  ceremony: CeremonyInfo | null,
  reason: string,
): 'three' | 'reason' | null {
  if (new Set(chosen).size !== SCRUTINEERS) return 'three';
  return ceremony !== null && reason.trim() === '' ? 'reason' : null;
}
