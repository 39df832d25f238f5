/** What became of a call. `over`: nobody is signed in any more. */
export type Outcome<T> =
  | { kind: "ok"; value: T }
  /** `told`: all that the server said with it. */
  | { kind: "issue"; issue: string; told: unknown }
  | { kind: "wait"; ms: number }
  | { kind: "over" | "wrong" | "forbidden" | "approval" | "unknown" | "offline" | "failed" };

/** The server's routes. The token of the session is kept here, in memory alone. */
export class Api {
  #csrf = "";
  /** Called when a call finds that the session is over. */
  onOver: () => void = () => {};

  holdToken(csrf: string): void {
    this.#csrf = csrf;
  }

  get<T>(path: string): Promise<Outcome<T>> {
    return this.#call<T>(path, { method: "GET" });
  }

  post<T = object>(path: string, body: object): Promise<Outcome<T>> {
    const headers = { "Content-Type": "application/json", "X-Madoguchi-CSRF": this.#csrf };
    return this.#call<T>(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async #call<T>(path: string, init: RequestInit): Promise<Outcome<T>> {
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(`/console/api/${path}`, {
        ...init,
        credentials: "same-origin",
        cache: "no-store",
      });
      body = await response.json();
    } catch {
      return { kind: "offline" };
    }
    if (response.ok) return { kind: "ok", value: body as T };
    const said = body as { issue?: string; error?: { code?: string } };
    if (said.issue !== undefined) return { kind: "issue", issue: said.issue, told: said };
    switch (said.error?.code) {
      case "SignInFirst":
        this.onOver();
        return { kind: "over" };
      case "BadSignIn":
        return { kind: "wrong" };
      case "Forbidden":
        return { kind: "forbidden" };
      case "ApprovalNeeded":
        return { kind: "approval" };
      case "NotFound":
        return { kind: "unknown" };
      case "TooManyRequests":
        return { kind: "wait", ms: Number(response.headers.get("Retry-After") ?? 60) * 1_000 };
      default:
        return { kind: "failed" };
    }
  }
}
