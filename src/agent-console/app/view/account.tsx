import { useEffect, useState } from "preact/hooks";
import type { Me } from "../me.ts";
import { useAround, wordsFor } from "./context.ts";
import { Field, Form, Problem } from "./field.tsx";
import { NewPassword } from "./new-password.tsx";

interface Line {
  id: string;
  begunAt: number;
  seenAt: number;
  own: boolean;
}

/** One's own account: what one is where, the sessions that are open, the password. */
export function AccountView({ me, onChanged }: { me: Me; onChanged: (why?: string) => void }) {
  const { t, api, language, say } = useAround();
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [password, setPassword] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function load(): Promise<void> {
    const found = await api.get<{ sessions: Line[] }>("sessions");
    if (found.kind === "ok") setLines(found.value.sessions);
  }
  useEffect(() => void load(), []);

  async function end(line: Line): Promise<void> {
    const done = await api.post("sessions/end", { id: line.id });
    if (line.own && done.kind === "ok") return onChanged("problem.session");
    await load();
  }

  async function send(): Promise<void> {
    if (next !== again) return setProblem(t("issue.different"));
    setBusy(true);
    setProblem(undefined);
    const done = await api.post("password", { password, code, next });
    setBusy(false);
    if (done.kind !== "ok")
      return setProblem(done.kind === "issue" ? t(`issue.${done.issue}`) : wordsFor(t, done));
    say(t("account.changed"));
    // The session is a new one: its token, too.
    location.reload();
  }

  const time = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return (
    <div class="place narrow">
      <header class="place-head">
        <h1>{t("account.heading")}</h1>
      </header>
      <dl class="facts">
        <dt>{t("account.login")}</dt>
        <dd>{me.login}</dd>
        <dt>{t("account.name")}</dt>
        <dd>
          <bdi>{me.name}</bdi>
        </dd>
        <dt>{t("account.roles")}</dt>
        <dd>
          {me.desks.map((desk) => (
            <div key={desk.id}>
              {desk.name[language]}: {desk.roles.map((role) => t(`role.${role}`)).join(", ")}
            </div>
          ))}
        </dd>
      </dl>
      <h2>{t("account.sessions")}</h2>
      <ul class="lines">
        {lines.map((line) => (
          <li key={line.id}>
            <span>
              {t("account.since", { at: time.format(line.begunAt), seen: time.format(line.seenAt) })}{" "}
              {line.own && <b>{t("account.own")}</b>}
            </span>
            <button type="button" onClick={() => void end(line)}>
              {t("account.end")}
            </button>
          </li>
        ))}
      </ul>
      <h2>{t("account.password-heading")}</h2>
      <Form label={t("account.password-heading")} busy={busy} onSend={() => void send()}>
        <Field
          label={t("account.old")}
          type="password"
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
          required
        />
        <NewPassword
          label={t("account.new")}
          value={next}
          onValue={setNext}
          again={again}
          onAgain={setAgain}
        />
        <Field
          label={t("account.code")}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={40}
          value={code}
          onValue={setCode}
          required
        />
        <Problem text={problem} />
        <button type="submit" class="main-button" disabled={busy}>
          {t("account.submit")}
        </button>
      </Form>
    </div>
  );
}
