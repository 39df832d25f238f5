/** Most characters of a message that are read closely; of a longer one the beginning and the end. */
const READ = 640;

/**
 * A message as far as it is read closely. People say what they want first or last; what lies between in a very long
 * message would cost every other customer time and tells little. What was written is kept whole elsewhere.
 */
export function gist(text: string): string {
  if (text.length <= READ) return text;
  return `${text.slice(0, READ / 2)}\n${text.slice(-READ / 2)}`.toWellFormed();
}
