/* What the tablet says about a notice, a bar or an event, as Fluent ids. */
import type { Speech } from '@kit/speech.svelte';
import type { Choice, Kind, KioskBallot, RefusalReason } from '@wire/types';
import type { Turn } from './seat/asking';
import { unreachable, type OwnVote, type Spoken } from './seat/screen';
import type { Answer, Notice, Press } from './seat/state';

/** A value of the wire vocabulary as it stands in a Fluent id. */
const dashed = (value: string) => value.replaceAll('_', '-');

/** The id of the sentence for a touch that did not become a vote, in a ballot of this kind. */
export function noticeId(notice: Notice, kind: Kind | null = null): string {
  switch (notice.kind) {
    case 'refused':
      if (notice.reason === 'bad_choice' && kind === 'election') return 'kiosk-bad-names';
      return `refused-${dashed(notice.reason)}`;
    case 'too_late':
      return 'kiosk-too-late';
    case 'changed':
      return 'kiosk-press-again';
    case 'no_answer':
      return 'kiosk-no-answer';
    case 'not_sent':
      return 'kiosk-not-sent';
    case 'not_sealed':
      return 'kiosk-not-sealed';
    case 'not_opened':
      return 'kiosk-not-opened';
    case 'other_ballot':
      return 'kiosk-other-ballot';
    case 'other_election':
      return 'kiosk-other-election';
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

/** The id of a choice's word: in a quorum check there is but "Present". */
export function choiceId(kind: Kind, choice: Choice): string {
  return kind === 'attendance' ? 'kiosk-present' : `choice-${choice}`;
}

/** The names on a paper, in the order in which they were cast; none for a blank vote. */
export function namesOf(speech: Speech, ballot: KioskBallot, ids: readonly string[]): string[] {
  const names = new Map(ballot.candidates.map(({ id, name }) => [id, name]));
  return ids.map((id) => {
    const name = names.get(id);
    return name === undefined ? id : speech.pick(name);
  });
}

/** An answer in words. */
export function answerText(speech: Speech, ballot: KioskBallot, answer: Answer): string {
  if (typeof answer === 'string') return speech.t(choiceId(ballot.kind, answer));
  if (answer.length === 0) return speech.t('kiosk-blank');
  return namesOf(speech, ballot, answer).join(' · ');
}

/** What a sealed vote's card says while another is under way that may replace it; else null. */
export function earlierText(speech: Speech, press: Press | null): string | null {
  return press?.sealed === undefined ? null : speech.t('kiosk-check-earlier');
}

/** The id of the line over a vote that is recorded. */
export function recordedId(kind: Kind): string {
  switch (kind) {
    case 'test':
      return 'kiosk-test-recorded';
    case 'attendance':
      return 'kiosk-presence-recorded';
    case 'motion':
    case 'election':
    case 'poll':
      return 'kiosk-recorded';
  }
}

function missedId(kind: Kind): string {
  switch (kind) {
    case 'test':
      return 'kiosk-test-missed';
    case 'attendance':
      return 'kiosk-presence-missed';
    case 'motion':
    case 'election':
    case 'poll':
      return 'kiosk-did-not-vote';
  }
}

/** What a seat is asked to do, while a ballot with buttons is open. */
export function askText(speech: Speech, ballot: KioskBallot): { heading: string; line: string } {
  switch (ballot.kind) {
    case 'test': {
      const choice = ballot.asked === null ? null : speech.t(choiceId('test', ballot.asked));
      return {
        heading: choice === null ? speech.t('kind-test') : speech.t('kiosk-test-press', { choice }),
        line: speech.t('kiosk-test-hint'),
      };
    }
    case 'attendance':
      return {
        heading: speech.t('kiosk-presence-ask'),
        line: speech.t('kiosk-presence-touch'),
      };
    case 'poll':
      return { heading: speech.t('kiosk-open'), line: speech.t('kiosk-poll-hint') };
    case 'motion':
    case 'election':
      return { heading: speech.t('kiosk-open'), line: speech.t('kiosk-choose') };
  }
}

/** The id of the words for a Member's place in a roll-call, or null where there is nothing to say. */
export function turnId(turn: Turn): string | null {
  switch (turn.kind) {
    case 'now':
      return 'kiosk-called-now';
    case 'next':
      return 'kiosk-called-next';
    case 'passed':
      return 'kiosk-called-passed';
    case 'later':
      return null;
  }
}

/** What became of the own vote, in one sentence. */
export function ownText(speech: Speech, ballot: KioskBallot, own: OwnVote): string {
  switch (own.kind) {
    case 'voted': {
      if (own.vote.choice === null) return speech.t('kiosk-secret-recorded');
      if (ballot.kind === 'attendance') return speech.t('kiosk-presence-recorded');
      const choice = answerText(speech, ballot, own.vote.choice);
      return speech.t(ballot.kind === 'test' ? 'kiosk-test-yours' : 'kiosk-your-vote', { choice });
    }
    case 'proving':
      return speech.t('kiosk-secret-checking');
    case 'not_voted':
      return speech.t(missedId(ballot.kind));
    case 'doubted':
      return speech.t('kiosk-other-ballot');
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
      return askText(speech, said.ballot).heading;
    case 'recorded':
      return [
        said.vote.choice === null
          ? speech.t('kiosk-secret-recorded')
          : speech.t('kiosk-recorded-choice', {
              choice: answerText(speech, said.ballot, said.vote.choice),
            }),
        ...(said.vote.code === '' ? [] : [`${speech.t('kiosk-code')} ${said.vote.code}`]),
      ].join('. ');
    case 'turn': {
      const id = turnId(said.turn);
      return id === null ? '' : speech.t(id);
    }
    case 'last_call':
      return said.voted
        ? speech.t('kiosk-last-call')
        : `${speech.t('kiosk-last-call')}. ${speech.t('kiosk-not-voted-yet')}`;
    case 'closed':
      if (said.own === null) return speech.t('kiosk-closed');
      return `${speech.t('kiosk-closed')}. ${ownText(speech, said.ballot, said.own)}`;
    default:
      return unreachable(said);
  }
}
