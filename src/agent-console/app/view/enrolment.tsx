import { useEffect, useState } from "preact/hooks";
import type { DrawnCode } from "../../drawn-code.ts";
import { useAround, wordsFor } from "./context.ts";
import { Field, Form, Problem } from "./field.tsx";
import { Front } from "./front.tsx";
import { NewPassword } from "./new-password.tsx";

interface Invited {
  login: string;
  name: string;
  secret: string;
  code: DrawnCode;
}

/** Takes up an invitation: the authenticator app, a password, a first code; then the recovery codes, once. */
export function Enrolment({
  token,
  onDone,
  onLanguage,
}: {
  token: string;
  onDone: () => void;
  onLanguage: () => void;
}) {
  const { t, api } = useAround();
  const [invited, setInvited] = useState<Invited>();
  const [used, setUsed] = useState(false);
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [recovery, setRecovery] = useState<readonly string[]>();

  useEffect(() => {
    void api.post<Invited>("invitation", { token }).then((done) => {
      if (done.kind === "ok") setInvited(done.value);
      else if (done.kind === "offline" || done.kind === "failed") setProblem(wordsFor(t, done));
      else setUsed(true);
    });
  }, [token]);

  async function send(): Promise<void> {
    if (password !== again) return setProblem(t("issue.different"));
    setBusy(true);
    setProblem(undefined);
    const done = await api.post<{ recovery: string[] }>("enrol", { token, password, code });
    setBusy(false);
    if (done.kind === "ok") return setRecovery(done.value.recovery);
    if (done.kind === "unknown") return setUsed(true);
    setProblem(done.kind === "issue" ? t(`issue.${done.issue}`) : wordsFor(t, done));
  }

  if (recovery)
    return (
      <Front heading={t("enrol.done")} onLanguage={onLanguage}>
        <p>{t("enrol.recovery")}</p>
        <ul class="codes">
          {recovery.map((each) => (
            <li key={each}>
              <code>{each}</code>
            </li>
          ))}
        </ul>
        <button type="button" class="main-button" onClick={onDone}>
          {t("enrol.kept")}
        </button>
      </Front>
    );
  if (used)
    return (
      <Front heading={t("enrol.used")} onLanguage={onLanguage}>
        <p>{t("enrol.used-text")}</p>
      </Front>
    );
  if (!invited)
    return (
      <Front heading={t("wait")} onLanguage={onLanguage}>
        <Problem text={problem} />
      </Front>
    );
  const { login, name, secret, code: drawn } = invited;
  return (
    <Front heading={t("enrol.heading", { name })} onLanguage={onLanguage} wide>
      <p class="faint">{t("enrol.login", { login })}</p>
      <Form label={t("enrol.heading", { name })} busy={busy} onSend={() => void send()}>
        <h2>{t("enrol.app-heading")}</h2>
        <div class="authenticator">
          <svg
            role="img"
            aria-label={t("enrol.drawn")}
            viewBox={`-4 -4 ${drawn.size + 8} ${drawn.size + 8}`}
            shape-rendering="crispEdges"
          >
            <path d={drawn.path} />
          </svg>
          <div>
            <p>{t("enrol.app")}</p>
            <p class="hint">{t("enrol.secret")}</p>
            <p>
              <code class="secret">{secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
            </p>
          </div>
        </div>
        <h2>{t("enrol.password-heading")}</h2>
        {/* For the browser's own keeper of passwords. */}
        <input type="hidden" name="username" autoComplete="username" value={login} />
        <NewPassword
          label={t("enrol.password")}
          value={password}
          onValue={setPassword}
          again={again}
          onAgain={setAgain}
        />
        <h2>{t("enrol.code-heading")}</h2>
        <Field
          label={t("enrol.code")}
          value={code}
          onValue={setCode}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          required
        />
        <Problem text={problem} />
        <button type="submit" class="main-button" disabled={busy}>
          {t("enrol.submit")}
        </button>
      </Form>
    </Front>
  );
}
