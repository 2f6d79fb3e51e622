/** Where a flag stands on the sheet that `sheet.ts` makes, as CSS says it. */
import sheet from '@build/flags.json';

const { codes, columns, width, height, margin } = sheet;
const [acrossCell, downCell] = [width + 2 * margin, height + 2 * margin];
const [across, down] = [columns * acrossCell, Math.ceil(codes.length / columns) * downCell];
const NUMBERS = new Map(codes.map((code, n) => [code, n]));

const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;

/** How large the sheet is beside one flag. */
const SIZE = `${percent(across, width)} ${percent(down, height)}`;

export interface Place {
  readonly position: string;
  readonly size: string;
}

/** The place of a Member's flag, or null where there is none for its code. */
export function placeOf(code: string): Place | null {
  const n = NUMBERS.get(code.toLowerCase());
  if (n === undefined) return null;
  // A percentage of a background's position is one of what the sheet is larger than the flag.
  const left = percent((n % columns) * acrossCell + margin, across - width);
  const top = percent(Math.floor(n / columns) * downCell + margin, down - height);
  return { position: `${left} ${top}`, size: SIZE };
}
