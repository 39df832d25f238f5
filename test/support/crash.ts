/** Loaded before a desk: at SIGUSR2 it ends in the way that CRASH says, with PLANTED in its memory. */
const { CRASH = "", PLANTED = "" } = process.env;
process.on("SIGUSR2", () => {
  const kept: string[] = [];
  switch (CRASH) {
    case "throw":
      throw new Error(PLANTED);
    case "reject":
      void Promise.reject(new Error(PLANTED));
      setTimeout(() => process.exit(1), 200);
      break;
    case "memory":
      for (let n = 0; ; n += 1) kept.push(`${PLANTED} ${n}`.repeat(1_000));
  }
});
