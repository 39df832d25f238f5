import type { Writer } from "./writer.ts";

/** A writer that can be waited for: until all that it was given is written, with all that follows on it. */
export interface WaitedFor {
  writer: Writer;
  settled(): Promise<void>;
}

export function waitedFor(writer: Writer): WaitedFor {
  const open = new Set<Promise<unknown>>();
  const write = (...told: Parameters<Writer["write"]>) => {
    const written = writer.write(...told);
    const over = () => open.delete(written);
    open.add(written);
    written.then(over, over);
    return written;
  };
  return {
    writer: { write: write as Writer["write"] },
    async settled() {
      await Promise.allSettled(open);
    },
  };
}
