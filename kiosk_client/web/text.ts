/* What the tablet says about a notice, a bar or an event, as Fluent ids. */
import type { Speech } from '@kit/speech.svelte';
import type { RefusalReason } from '@wire/types';
import { unreachable, type OwnVote, type Spoken } from './seat/screen';
import type { Notice } from './seat/state';

/** A value of the wire vocabulary as it stands in a Fluent id. */
const dashed = (value: string) => value.replaceAll('_', '-');

/** The id of the sentence for a touch that did not become a vote. */
export function noticeId(notice: Notice): string {
  switch (notice.kind) {
    case 'refused':
      return `refused-${dashed(notice.reason)}`;
    case 'too_late':
      return 'kiosk-too-late';
    case 'changed':
      return 'kiosk-press-again';
    case 'no_answer':
      return 'kiosk-no-answer';
    case 'not_sent':
      return 'kiosk-not-sent';
    default:
      return unreachable(notice);
  }
}

/** The id of the reason why this Member may not vote. */
export function barId(reason: RefusalReason): string {
  if (reason === 'suspended_right') return 'kiosk-right-suspended';
  if (reason === 'not_on_roll') return 'kiosk-not-on-roll';
  return `refused-${dashed(reason)}`;
}

/** What became of the own vote, in one sentence. */
export function ownText(speech: Speech, own: OwnVote): string {
  switch (own.kind) {
    case 'voted':
      return speech.t('kiosk-your-vote', { choice: speech.t(`choice-${own.vote.choice}`) });
    case 'not_voted':
      return speech.t('kiosk-did-not-vote');
    case 'barred':
      return speech.t(barId(own.reason));
    default:
      return unreachable(own);
  }
}

/** What a screen reader is told. */
export function spokenText(speech: Speech, said: Spoken): string {
  switch (said.kind) {
    case 'opened':
      return speech.t('kiosk-open');
    case 'recorded':
      return [
        speech.t('kiosk-recorded-choice', { choice: speech.t(`choice-${said.vote.choice}`) }),
        `${speech.t('kiosk-code')} ${said.vote.code}`,
      ].join('. ');
    case 'last_call':
      return said.voted
        ? speech.t('kiosk-last-call')
        : `${speech.t('kiosk-last-call')}. ${speech.t('kiosk-not-voted-yet')}`;
    case 'closed':
      return `${speech.t('kiosk-closed')}. ${ownText(speech, said.own)}`;
    default:
      return unreachable(said);
  }
}
