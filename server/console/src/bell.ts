/** A bell for the room in which the console stands: two struck tones, without a sound file. */
export function ring(): void {
  const audio = new AudioContext();
  const now = audio.currentTime;
  for (const [frequency, loudness] of [
    [880, 0.5],
    [2217, 0.2],
  ] as const) {
    const tone = audio.createOscillator();
    const level = audio.createGain();
    tone.frequency.value = frequency;
    level.gain.setValueAtTime(loudness, now);
    level.gain.exponentialRampToValueAtTime(0.001, now + 1.8);
    tone.connect(level).connect(audio.destination);
    tone.start(now);
    tone.stop(now + 1.8);
    if (frequency === 880) tone.onended = () => void audio.close();
  }
}
