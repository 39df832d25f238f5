/** Options of Node that write what is in memory to a file, or let somebody look into it. */
const TELL_TALES = [
  "--abort-on-uncaught-exception",
  "--heapsnapshot-near-heap-limit",
  "--heapsnapshot-signal",
  "--inspect",
  "--inspect-brk",
  "--inspect-wait",
  "--report-on-fatalerror",
  "--report-on-signal",
  "--report-uncaught-exception",
];

/** Those of Node's options that would let customers' words out of memory. `args`: of the command line and NODE_OPTIONS. */
export function tellTales(args: readonly string[]): string[] {
  const given = new Set(args.map((arg) => (arg.split("=", 1)[0] ?? "").replaceAll("_", "-")));
  return TELL_TALES.filter((option) => given.has(option));
}

/** Whether a crash leaves a core file. `limits`: /proc/self/limits; where there is none, nobody knows: false. */
export function leavesCore(limits: string): boolean {
  const [, soft] = /^Max core file size\s+(\S+)/m.exec(limits) ?? [];
  return soft !== undefined && soft !== "0";
}
