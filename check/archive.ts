/*
 * Whether an opened ballot stands in an election's archive, where it must not be.
 *
 * Rule: the archive names each text by its SHA-256 in hexadecimal (Belenios specification 2.0,
 * section 4.4); a tracker is the same hash in Base64. This looks for a name and checks nothing
 * else of the archive: `hemicycle verify` does that.
 */

export type Standing = 'absent' | 'present' | 'other_election' | 'no_archive';

/** Where the ballot with this tracker stands in the bytes of an archive. */
export function standingIn(archive: Uint8Array, tracker: string, fingerprint: string): Standing {
  const text = new TextDecoder('latin1').decode(archive);
  if (!text.startsWith('BELENIOS')) return 'no_archive';
  if (!text.includes(hexOf(fingerprint))) return 'other_election';
  return text.includes(hexOf(tracker)) ? 'present' : 'absent';
}

/** A hash in hexadecimal that came in Base64. */
function hexOf(hash: string): string {
  return Array.from(atob(hash), (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join(
    '',
  );
}
