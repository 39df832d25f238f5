import type {
  ShownChange,
  ShownChat,
  ShownChats,
  ShownColleague,
  ShownColleagues,
  ShownCounts,
} from "../../inbox/shown.ts";
import type { Api, Outcome } from "../api.ts";
import type { Heard } from "../hearing.ts";
import { belongs, isOver, isUnread, isWaiting, type View } from "./chats.ts";

/** What has just happened that somebody should hear of. */
export interface Call {
  occasion: "waiting" | "written";
  chat: ShownChat;
}

interface Desk {
  id: string;
}

export interface LiveOptions {
  api: Api;
  heard: Heard<ShownChange>;
  desks: readonly Desk[];
  account: string;
  onCall: (call: Call) => void;
  onChange: () => void;
}

const LIVE: readonly View[] = ["unassigned", "mine", "all", "callbacks"];
const COLLEAGUES_MS = 30_000;
/** Counts are asked anew so long after a change: changes come in swarms. */
const COUNTS_MS = 700;

/**
 * The open chats of one's desks as they stand now: the first page of each view, what the stream has told since, and
 * more pages on demand.
 */
export class LiveInbox {
  readonly #options: LiveOptions;
  readonly #chats = new Map<string, ShownChat>();
  /** Where each view goes on, by operator and view; null: it is whole. */
  readonly #next = new Map<string, string | null>();
  readonly #counts = new Map<string, ShownCounts>();
  readonly #colleagues = new Map<string, readonly ShownColleague[]>();
  readonly #ends: (() => void)[] = [];
  #counting: ReturnType<typeof setTimeout> | undefined;
  #loading = 0;
  /** True once everything was asked for. */
  ready = false;
  problem: Outcome<unknown> | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  start(): void {
    const { heard } = this.#options;
    this.#ends.push(heard.listen((said) => this.#hear(said)));
    const timer = setInterval(() => void this.loadColleagues(), COLLEAGUES_MS);
    this.#ends.push(() => clearInterval(timer));
    void this.load();
  }

  stop(): void {
    clearTimeout(this.#counting);
    for (const end of this.#ends) end();
  }

  all(): Iterable<ShownChat> {
    return this.#chats.values();
  }

  find(id: string): ShownChat | undefined {
    return this.#chats.get(id);
  }

  colleagues(operator: string): readonly ShownColleague[] {
    return this.#colleagues.get(operator) ?? [];
  }

  /** How many there are, beyond the pages that were loaded too. */
  count(view: Exclude<View, "closed">): number {
    let sum = 0;
    for (const { id } of this.#options.desks) {
      const whole = this.#next.get(`${id} ${view}`) === null;
      const known = [...this.all()].filter(
        (chat) => chat.operator === id && this.#belongs(chat, view),
      ).length;
      sum += whole ? known : Math.max(known, this.#counts.get(id)?.[view] ?? 0);
    }
    return sum;
  }

  hasMore(view: View, operator: string): boolean {
    return this.#at(operator).some(({ id }) => (this.#next.get(`${id} ${view}`) ?? null) !== null);
  }

  /** All from the beginning: at the start, and whenever something may have been missed. */
  async load(): Promise<void> {
    this.#loading += 1;
    const mine = this.#loading;
    const { desks } = this.#options;
    const pages = await Promise.all(
      desks.flatMap(({ id }) => LIVE.map(async (view) => ({ id, view, page: await this.#page(id, view) }))),
    );
    if (mine !== this.#loading) return;
    this.problem = pages.find(({ page }) => page.kind !== "ok")?.page;
    const found = new Set<string>();
    for (const { id, view, page } of pages) {
      if (page.kind !== "ok") continue;
      this.#next.set(`${id} ${view}`, page.value.next);
      for (const chat of page.value.chats) {
        found.add(chat.id);
        this.#put(chat, !this.ready);
      }
    }
    // What is open no more, and was not told of.
    if (!this.problem)
      for (const [id, chat] of this.#chats)
        if (!found.has(id) && this.#next.get(`${chat.operator} all`) === null && !isOver(chat))
          this.#chats.delete(id);
    this.ready = true;
    this.#options.onChange();
    await Promise.all([this.#loadCounts(), this.loadColleagues()]);
  }

  async more(view: View, operator: string): Promise<void> {
    for (const { id } of this.#at(operator)) {
      const after = this.#next.get(`${id} ${view}`);
      const asked = view === "closed" && after === undefined;
      if (!after && !asked) continue;
      const page = await this.#page(id, view, after ?? undefined);
      if (page.kind !== "ok") {
        this.problem = page;
        continue;
      }
      this.#next.set(`${id} ${view}`, page.value.next);
      for (const chat of page.value.chats) this.#put(chat, true);
    }
    this.#options.onChange();
  }

  /** What a step has answered. */
  put(chat: ShownChat): void {
    this.#put(chat, true);
    this.#options.onChange();
  }

  #at(operator: string): readonly Desk[] {
    return this.#options.desks.filter(({ id }) => operator === "" || operator === id);
  }

  #page(operator: string, view: View, after?: string): Promise<Outcome<ShownChats>> {
    const query = new URLSearchParams({ show: view, ...(after ? { after } : {}) });
    return this.#options.api.get<ShownChats>(`operators/${operator}/chats?${query}`);
  }

  #belongs(chat: ShownChat, view: View): boolean {
    return belongs(chat, view, this.#options.account);
  }

  #put(chat: ShownChat, silent: boolean): void {
    const before = this.#chats.get(chat.id);
    if (before && before.version > chat.version) return;
    this.#chats.set(chat.id, chat);
    if (silent) return;
    if (isWaiting(chat) && !(before && isWaiting(before)))
      this.#options.onCall({ occasion: "waiting", chat });
    const written = isUnread(chat) && chat.customerSeq > (before?.customerSeq ?? 0);
    if (written && this.#belongs(chat, "mine")) this.#options.onCall({ occasion: "written", chat });
  }

  #hear(said: ShownChange | { kind: "back" }): void {
    switch (said.kind) {
      case "chats":
        for (const chat of said.chats) this.#put(chat, false);
        this.#counts.set(said.operator, { mine: 0, ...this.#counts.get(said.operator), ...said.counts });
        this.#options.onChange();
        // One's own are asked for only where they go on beyond what was loaded: hundreds of pages hear of each change.
        if (this.#next.get(`${said.operator} mine`))
          this.#counting ??= setTimeout(() => {
            this.#counting = undefined;
            void this.#loadCounts();
          }, COUNTS_MS);
        return;
      case "gone":
        if (this.#chats.delete(said.id)) this.#options.onChange();
        return;
      case "again":
      case "back":
        return void this.load();
      case "said":
      case "typing":
        return;
    }
  }

  /** Only where a view goes on beyond what was loaded. */
  async #loadCounts(): Promise<void> {
    for (const { id } of this.#options.desks) {
      if (LIVE.every((view) => this.#next.get(`${id} ${view}`) === null)) continue;
      const counts = await this.#options.api.get<ShownCounts>(`operators/${id}/chats/counts`);
      if (counts.kind === "ok") this.#counts.set(id, counts.value);
    }
    this.#options.onChange();
  }

  /** Who is at the desks, and how much they have in hand. */
  async loadColleagues(): Promise<void> {
    for (const { id } of this.#options.desks) {
      const found = await this.#options.api.get<ShownColleagues>(`operators/${id}/colleagues`);
      if (found.kind === "ok") this.#colleagues.set(id, found.value.colleagues);
    }
    this.#options.onChange();
  }
}
