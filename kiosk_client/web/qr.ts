/*
 * A text as a QR code, drawn as one path of unit squares.
 *
 * Rule: the least error correction, since the code stands on a screen, whole and clean, and holds
 * much: what a seat reveals of a motion takes 133 modules a side, of an election with sixty
 * candidates about 157. Each module is then half a millimetre or more on a tablet.
 */
import encodeQR from 'qr';

/** Modules of white around the code (ISO/IEC 18004 wants four). */
const BORDER = 4;

export interface QrPath {
  /** Modules a side, the white border included. */
  readonly side: number;
  /** The dark modules, as the `d` of an SVG path. */
  readonly path: string;
}

/** The code of a text, or null where no code holds so much. */
export function qrPath(text: string): QrPath | null {
  const rows = modulesOf(text);
  if (rows === null) return null;
  const strokes = rows.flatMap((row, y) =>
    row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')),
  );
  return { side: rows.length, path: strokes.join('') };
}

/** ISO/IEC 18004, table 7: the bytes that the largest code holds at the least correction. */
const MOST_BYTES = 2953;

function modulesOf(text: string): boolean[][] | null {
  if (new TextEncoder().encode(text).length > MOST_BYTES) return null;
  return encodeQR(text, 'raw', { ecc: 'low', border: BORDER });
}
