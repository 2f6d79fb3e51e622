/** The board's Members in their places, with texts that fit and are never clipped. */
import { markOf, type Mark } from '@kit/marks';
import { inOrder, type Place } from '@kit/members';
import type { Language, MemberInfo } from '@wire/types';
import type { Part } from './options';

export interface Field {
  readonly code: string;
  readonly text: string;
  /** The size of the text against the others' on the board. */
  readonly size: number;
  readonly mark: Mark;
}

/** A text and the size that it has to fit its tile. */
export interface Fitted {
  readonly text: string;
  readonly size: number;
}

/** A long name may be this much smaller than its neighbours before a code stands there. */
const SMALLEST = 0.78;

/** The share of an alphabetical list that one of several screens shows. */
export function partOfList<T>(list: readonly T[], part: Part): T[] {
  const size = Math.ceil(list.length / part.of);
  return list.slice((part.number - 1) * size, part.number * size);
}

/**
 * How a Member is written in the room of a tile: the name, else its short form, else either of
 * them smaller, else the code. `widthOf` measures in the board's own size.
 */
export function fitted(
  member: MemberInfo,
  lang: Language,
  room: number,
  widthOf: (text: string) => number,
): Fitted {
  const texts = [member.name[lang], member.tile[lang]];
  for (const smallest of [1, SMALLEST]) {
    for (const text of texts) {
      const size = Math.min(1, room / Math.max(1, widthOf(text)));
      if (size >= smallest) return { text, size };
    }
  }
  return { text: member.code, size: 1 };
}

/** The Members of a board in the alphabetical order of a language, cut for this screen. */
export function placesOf(members: readonly MemberInfo[], lang: Language, part: Part): Place[] {
  return partOfList(inOrder(members, lang), part);
}

/** What the board string says about each place. */
export function fieldsOf(
  places: readonly Place[],
  board: string,
  written: (member: MemberInfo) => Fitted,
): Field[] {
  return places.map(({ member, index }) => ({
    code: member.code,
    ...written(member),
    mark: markOf(board[index]),
  }));
}
