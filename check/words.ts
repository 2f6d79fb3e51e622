/* What the page says of a fault or of answers, as texts of the hall's own words. */
import type { Speech } from '@kit/speech.svelte';
import { CHOICE_VALUES, type Choice } from '@wire/types';
import type { Fault } from './reading';

/** Why a text cannot be checked, and what to do. */
export function faultText(speech: Speech, fault: Fault): string {
  switch (fault.kind) {
    case 'nothing':
      return speech.t('check-fault-nothing');
    case 'unreadable':
      return speech.t('check-fault-unreadable');
    case 'cut_off':
      return speech.t('check-fault-cut-off');
    case 'field':
      return speech.t('check-fault-field', { place: fault.place });
  }
}

/** What a ballot holds: the answers as they stand in the election, a motion's in words. */
export function answersText(
  speech: Speech,
  chosen: readonly string[],
  offered: readonly string[],
): string {
  if (chosen.length === 0) return speech.t('kiosk-blank');
  const isMotion = offered.every(isChoice);
  return chosen
    .map((answer) => (isMotion && isChoice(answer) ? speech.t(`choice-${answer}`) : answer))
    .join(' · ');
}

function isChoice(answer: string): answer is Choice {
  return CHOICE_VALUES.some((choice) => choice === answer);
}
