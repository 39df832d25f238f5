import { type Pass, passIn } from "./pass.ts";

/** How long other tabs have to answer, in milliseconds. */
const ANSWER_MS = 120;

type Said = { ask: true } | { pass: Pass } | { gone: string; kept: Kept };

/** What of a deleted chat is kept at the desk; "unknown": nobody has told. */
export type Kept = "nothing" | "held" | "unknown";

/** Another tab may run an older build. */
const keptOf = (said: unknown): Kept => (said === "nothing" || said === "held" ? said : "unknown");

/** The same desk in other tabs of this browser: they share one chat. Only pages of our own origin hear it. */
export class Siblings {
  readonly #channel: BroadcastChannel | undefined;
  #onPass: (pass: Pass) => void = () => {};
  #onGone: (conversation: string, kept: Kept) => void = () => {};
  #own: () => Pass | undefined = () => undefined;

  constructor(operator: string) {
    if (typeof BroadcastChannel === "undefined") return;
    this.#channel = new BroadcastChannel(`madoguchi:${operator}`);
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data);
  }

  /** `own`: the pass of this tab. `onPass`: another tab has one, perhaps newer. `onGone`: a chat was deleted. */
  join(
    own: () => Pass | undefined,
    onPass: (pass: Pass) => void,
    onGone: (conversation: string, kept: Kept) => void,
  ): void {
    this.#own = own;
    this.#onPass = onPass;
    this.#onGone = onGone;
  }

  /** Gives the others the time to tell their pass, which comes by `onPass`. */
  async ask(): Promise<void> {
    if (!this.#channel) return;
    this.#say({ ask: true });
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
  }

  tell(pass: Pass): void {
    this.#say({ pass });
  }

  tellGone(conversation: string, kept: Kept): void {
    this.#say({ gone: conversation, kept });
  }

  #say(said: Said): void {
    this.#channel?.postMessage(said);
  }

  #hear(data: unknown): void {
    if (typeof data !== "object" || data === null) return;
    if ("ask" in data) {
      const own = this.#own();
      if (own) this.tell(own);
    }
    if ("pass" in data) {
      const pass = passIn(data.pass);
      if (pass) this.#onPass(pass);
    }
    if ("gone" in data && typeof data.gone === "string")
      this.#onGone(data.gone, keptOf("kept" in data && data.kept));
  }
}
