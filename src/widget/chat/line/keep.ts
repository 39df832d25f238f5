/** A drawer of this tab: sessionStorage, or memory where the browser gives none. */
export class Keep {
  readonly #prefix: string;
  readonly #memory = new Map<string, string>();

  constructor(operator: string) {
    this.#prefix = `madoguchi:${operator}:`;
  }

  get(name: string): string | undefined {
    const held = this.#memory.get(name);
    if (held !== undefined) return held;
    try {
      return sessionStorage.getItem(this.#prefix + name) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** Undefined takes it out. */
  set(name: string, value: string | undefined): void {
    if (value === undefined) this.#memory.delete(name);
    else this.#memory.set(name, value);
    try {
      if (value === undefined) sessionStorage.removeItem(this.#prefix + name);
      else sessionStorage.setItem(this.#prefix + name, value);
    } catch {
      // Blocked or full: memory holds it as long as the page lives.
    }
  }
}
