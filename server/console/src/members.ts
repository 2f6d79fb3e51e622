/**
 * The seat list: finding a Member, and the state of a seat in a word.
 *
 * Rule: a search finds a Member by any of the four names, by code or by seat, whatever the
 * accents, the case, the Arabic article or the form of hamza.
 */
import { inOrder } from '@kit/members';
import {
  type BallotSummary,
  LANGUAGE_VALUES,
  type Language,
  type MemberInfo,
  type SeatRow,
} from '@wire/types';

/** A text as the search compares it. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ـ/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .toLowerCase()
    .replace(/(^|\s)ال(?=\p{L}{2})/gu, '$1')
    .replace(/[\s’'‐–-]+/g, '');
}

/** A Member with the seats it has in this sitting. */
export interface MemberRow {
  readonly info: MemberInfo;
  readonly seats: readonly SeatRow[];
  readonly haystack: string;
}

/** The Members in board order, each with its seats. */
export function memberRows(members: readonly MemberInfo[], seats: readonly SeatRow[]): MemberRow[] {
  const byMember = new Map<string, SeatRow[]>();
  for (const seat of seats) {
    const known = byMember.get(seat.member);
    if (known === undefined) byMember.set(seat.member, [seat]);
    else known.push(seat);
  }
  return members.map((info) => ({
    info,
    seats: byMember.get(info.code) ?? [],
    haystack: [info.code, ...info.seats, ...LANGUAGE_VALUES.map((language) => info.name[language])]
      .map(folded)
      .join('\n'),
  }));
}

/** The rows that a search finds, in the alphabetical order of a language; a code stands first. */
export function found(rows: readonly MemberRow[], query: string, language: Language): MemberRow[] {
  const needle = folded(query);
  const places = inOrder(
    rows.map((row) => row.info),
    language,
  );
  const exact = (row: MemberRow) => (folded(row.info.code) === needle ? 0 : 1);
  return places
    .flatMap((place) => rows[place.index] ?? [])
    .filter((row) => row.haystack.includes(needle))
    .sort((a, b) => exact(a) - exact(b));
}

export type SeatState = 'suspended' | 'voted' | 'silent' | 'online' | 'offline' | 'absent';

/** What matters most about a Member now. */
export function stateOf(row: MemberRow): SeatState {
  if (row.info.suspended || row.seats.some((seat) => seat.suspended)) return 'suspended';
  if (row.seats.some((seat) => seat.voted === true)) return 'voted';
  if (row.seats.some((seat) => seat.online)) {
    return row.seats.some((seat) => seat.voted === false) ? 'silent' : 'online';
  }
  return row.seats.some((seat) => seat.present) ? 'offline' : 'absent';
}

/** How many seats are connected. */
export const onlineIn = (seats: readonly SeatRow[]): number =>
  seats.filter((seat) => seat.online).length;

/** The ballots of an agenda item, oldest first; null asks for those of no item. */
export function ballotsOf(
  ballots: readonly BallotSummary[],
  item: string | null,
  items: ReadonlySet<string>,
): BallotSummary[] {
  return ballots.filter((ballot) =>
    item === null ? ballot.item === null || !items.has(ballot.item) : ballot.item === item,
  );
}
