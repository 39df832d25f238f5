import type { Desk } from "../../desk.ts";
import { type ToPage, toFrame } from "../../messages.ts";

const LOCAL = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;

/** The page that has opened us, if one has: it is heard only from its own window and an origin that may frame us. */
export class Host {
  readonly #desk: Desk;
  /** The page's origin, once it has said hello. */
  #origin: string | undefined;
  /** Whether the page shows us at all. */
  shown = true;
  /** Whether we fill the screen. */
  full = false;
  onShown: () => void = () => {};

  constructor(desk: Desk) {
    this.#desk = desk;
    addEventListener("message", (event) => this.#hear(event));
  }

  get framed(): boolean {
    return window.parent !== window;
  }

  close(): void {
    this.#say({ madoguchi: "close" });
  }

  unread(count: number): void {
    this.#say({ madoguchi: "unread", count: Math.min(count, 9_999) });
  }

  #hear({ source, origin, data }: MessageEvent<unknown>): void {
    if (!this.framed || source !== window.parent || !this.#mayFrame(origin)) return;
    const said = toFrame(data);
    switch (said?.madoguchi) {
      case undefined:
        return;
      case "hello":
        this.#origin = origin;
        this.#say({ madoguchi: "ready" });
        return;
      case "shown":
        [this.shown, this.full] = [said.visible, said.full];
        this.onShown();
    }
  }

  #mayFrame(origin: string): boolean {
    return (
      this.#desk.origins.includes(origin) ||
      origin === location.origin ||
      (this.#desk.local && LOCAL.test(origin))
    );
  }

  #say(said: ToPage): void {
    if (this.#origin !== undefined) window.parent.postMessage(said, this.#origin);
  }
}
