/** The marks of a board, and what they are called. */
import { BOARD_MARK, BOARD_VOTED, type Choice } from '@wire/types';

/** What stands on a tile: a disclosed choice, "has voted", or nothing. */
export type Mark = Choice | 'voted' | 'none';

const MARKS: Readonly<Record<string, Mark>> = {
  [BOARD_MARK.yes]: 'yes',
  [BOARD_MARK.no]: 'no',
  [BOARD_MARK.abstain]: 'abstain',
  [BOARD_VOTED]: 'voted',
};

/** The mark that a character of a board stands for; an unknown one is nothing. */
export function markOf(character: string | undefined): Mark {
  return (character !== undefined && MARKS[character]) || 'none';
}

/** The Fluent id of what a mark says about one Member. */
export function markWord(mark: Mark): string {
  return mark === 'voted' ? 'member-voted' : `choice-${mark}`;
}
