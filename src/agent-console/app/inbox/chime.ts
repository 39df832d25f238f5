/** What is to be heard: somebody waits for a person; a customer of one's own has written. */
export type Occasion = "waiting" | "written";

const NOTES: Readonly<Record<Occasion, readonly number[]>> = { waiting: [523, 659, 784], written: [784] };
const [EACH_S, LOUD] = [0.14, 0.07];

/** A few soft notes, made here: no file is loaded. */
export function chime(occasion: Occasion): void {
  try {
    const audio = new AudioContext();
    const notes = NOTES[occasion];
    for (const [i, frequency] of notes.entries()) {
      const [tone, volume] = [audio.createOscillator(), audio.createGain()];
      const at = audio.currentTime + i * EACH_S;
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(LOUD, at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 2 * EACH_S);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 2 * EACH_S);
    }
    setTimeout(() => void audio.close(), 2_000);
  } catch {
    // No sound on this machine, or none allowed yet.
  }
}
