/**
 * The Members of the assembly on a screen: names, and the order that they stand in.
 *
 * Rule: a board is one character a Member in the order of `GET /members`; a screen shows them
 * alphabetically in its own language, by the assembly's approved sort keys. The keys are compared
 * as they are, code point by code point: a collator of this machine has no say.
 */
import type { Language, MemberInfo } from '@wire/types';

/** A Member with its place in the board string. */
export interface Place {
  readonly member: MemberInfo;
  readonly index: number;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** All Members in the alphabetical order of a language. */
export function inOrder(members: readonly MemberInfo[], lang: Language): Place[] {
  return members
    .map((member, index) => ({ member, index }))
    .sort(
      (a, b) =>
        compareText(a.member.sort_key[lang], b.member.sort_key[lang]) ||
        compareText(a.member.code, b.member.code),
    );
}

/** Members by code, for screens that hold codes and show names. */
export function byCode(members: readonly MemberInfo[]): ReadonlyMap<string, MemberInfo> {
  return new Map(members.map((member) => [member.code, member]));
}
