/*
 * Whether an opened ballot stands in an election's archive, where it must not be.
 *
 * Rule: the archive names each text by its SHA-256 in hexadecimal, and each ballot in it says which
 * hash its signature is over (Belenios specification 2.0, sections 4.4 and 4.14). This looks for
 * that and checks nothing else of the archive: `hemicycle verify` does.
 */

export type Standing = 'absent' | 'present' | 'other_election' | 'no_archive';

/** Where a ballot with this fingerprint, of the election with that, stands in an archive's bytes. */
export function standingIn(archive: Uint8Array, sealed: string, election: string): Standing {
  const text = new TextDecoder('latin1').decode(archive);
  if (!text.startsWith('BELENIOS')) return 'no_archive';
  if (!text.includes(hexOf(election))) return 'other_election';
  return text.includes(`"signature":{"hash":"${sealed}"`) ? 'present' : 'absent';
}

/** A hash in hexadecimal that came in Base64. */
function hexOf(hash: string): string {
  return Array.from(atob(hash), (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join(
    '',
  );
}
