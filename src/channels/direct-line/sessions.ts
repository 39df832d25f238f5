/** How a website comes back to its chat: one `resume` at a time, replaced at each use. */
export interface Sessions {
  /** Begins or renews the chat's way back. `until`: milliseconds since 1970. */
  begin(conversation: string, resume: string, until: number): Promise<void>;
  /** Exchanges `resume` for `next`; undefined when it is unknown, used or too old. `operator` must be the chat's. */
  resume(
    operator: string,
    resume: string,
    next: string,
    until: number,
    now: number,
  ): Promise<Resumed | undefined>;
  /** How often the chat was taken over; 0 for one that never was, undefined when the chat is gone. */
  generation(conversation: string): Promise<number | undefined>;
  /** True the first time. `until`: how long it must be remembered, in milliseconds since 1970. */
  useTicket(ticket: string, until: number): Promise<boolean>;
}

interface Resumed {
  conversation: string;
  customer: string;
  generation: number;
}
