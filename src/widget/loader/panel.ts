import type { LauncherWords } from "../desk.ts";
import { type ToFrame, toPage } from "../messages.ts";
import { countInTitle } from "./badge.ts";
import { button, element } from "./elements.ts";
import { keepOpen, wasOpen } from "./open-mark.ts";
import { STYLES } from "./styles.ts";

export interface PanelOptions {
  root: HTMLElement;
  /** Origin of the server: the frame's. */
  server: string;
  operator: string;
  locale: string;
  name: string;
  /** `#rrggbb` */
  colour: string;
  words: LauncherWords;
}

/** So long the frame may take before it is said that the chat cannot be reached, in milliseconds. */
const PATIENCE_MS = 10_000;
const HELLO_MS = 250;
/** As wide as this, or as low, and the chat takes the whole screen. */
const SMALL = "(max-width: 480px), (max-height: 480px)";

/** Launcher and frame on a page: opens and closes, counts what is unread, fits the screen. */
export class Panel {
  readonly #options: PanelOptions;
  readonly #launcher: HTMLButtonElement;
  readonly #badge = element("span", "badge");
  readonly #box = element("div", "box");
  readonly #small = matchMedia(SMALL);
  #frame: HTMLIFrameElement | undefined;
  #ready = false;
  #open = false;
  /** The page's own overflow, while we fill the screen. */
  #overflow: string | undefined;

  constructor(options: PanelOptions) {
    const { root, words, colour } = options;
    this.#options = options;
    const shadow = root.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    shadow.adoptedStyleSheets = [sheet];
    root.style.setProperty("--brand", colour);
    root.lang = options.locale;
    this.#launcher = button("launcher", words.open, () => this.#set(!this.#open));
    this.#launcher.append(element("span", "glyph", "窓"), this.#badge);
    this.#launcher.setAttribute("aria-expanded", "false");
    this.#box.hidden = true;
    shadow.append(this.#box, this.#launcher);
    addEventListener("message", (event) => this.#hear(event));
    const fit = () => this.#fit();
    this.#small.addEventListener("change", fit);
    visualViewport?.addEventListener("resize", fit);
    visualViewport?.addEventListener("scroll", fit);
    if (wasOpen()) this.#set(true, false);
  }

  /** `byHand`: the customer did it, so the keyboard follows. */
  #set(open: boolean, byHand = true): void {
    const { words } = this.#options;
    this.#open = open;
    keepOpen(open);
    this.#box.hidden = !open;
    this.#launcher.setAttribute("aria-expanded", String(open));
    this.#launcher.setAttribute("aria-label", open ? words.close : words.open);
    if (open && !this.#frame) this.#load();
    this.#fit();
    this.#tellShown();
    if (open) this.#count(0);
    if (!byHand) return;
    if (open) this.#frame?.focus();
    else this.#launcher.focus();
  }

  #load(): void {
    const { server, operator, locale, name, words } = this.#options;
    const frame = element("iframe", "frame");
    frame.title = words.title.replace("{{name}}", name);
    frame.referrerPolicy = "no-referrer";
    frame.src = `${server}/widget/${operator}/frame?lang=${locale}`;
    this.#ready = false;
    this.#frame = frame;
    const wait = element("p", "wait", words.loading);
    wait.setAttribute("role", "status");
    this.#box.replaceChildren(wait, frame);
    const began = Date.now();
    const hello = setInterval(() => {
      if (this.#ready || this.#frame !== frame) return clearInterval(hello);
      if (Date.now() - began < PATIENCE_MS) return this.#say({ madoguchi: "hello" });
      clearInterval(hello);
      this.#frame = undefined;
      const again = button("again", words.retry, () => this.#load());
      again.textContent = words.retry;
      const leave = button("again", words.close, () => this.#set(false));
      leave.textContent = words.close;
      wait.textContent = words.failed;
      this.#box.replaceChildren(wait, again, leave);
    }, HELLO_MS);
    frame.addEventListener("load", () => this.#say({ madoguchi: "hello" }));
  }

  #say(said: ToFrame): void {
    this.#frame?.contentWindow?.postMessage(said, this.#options.server);
  }

  #tellShown(): void {
    if (this.#ready) this.#say({ madoguchi: "shown", visible: this.#open, full: this.#small.matches });
  }

  #hear({ source, origin, data }: MessageEvent<unknown>): void {
    const frame = this.#frame;
    if (!frame || source !== frame.contentWindow || origin !== this.#options.server) return;
    const said = toPage(data);
    switch (said?.madoguchi) {
      case undefined:
        return;
      case "ready":
        this.#ready = true;
        this.#box.classList.add("ready");
        this.#tellShown();
        if (this.#open && document.activeElement === this.#options.root) frame.focus();
        return;
      case "close":
        this.#set(false);
        return;
      case "unread":
        this.#count(said.count);
    }
  }

  #count(count: number): void {
    const { words } = this.#options;
    this.#badge.textContent = count > 0 ? String(Math.min(count, 99)) : "";
    countInTitle(count);
    if (this.#open) return;
    const unread = count > 0 ? ` (${words.unread.replace("{{count}}", String(count))})` : "";
    this.#launcher.setAttribute("aria-label", words.open + unread);
  }

  /** Fills a small screen as far as the on-screen keyboard leaves it, and holds the page behind still. */
  #fit(): void {
    const fills = this.#open && this.#small.matches;
    const { root } = this.#options;
    root.toggleAttribute("data-full", fills);
    const view = visualViewport;
    const style = this.#box.style;
    style.height = fills && view ? `${view.height}px` : "";
    style.top = fills && view ? `${view.offsetTop}px` : "";
    const page = document.documentElement.style;
    if (fills && this.#overflow === undefined) {
      this.#overflow = page.overflow;
      page.overflow = "hidden";
    } else if (!fills && this.#overflow !== undefined) {
      page.overflow = this.#overflow;
      this.#overflow = undefined;
    }
  }
}
