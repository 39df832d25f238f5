import { useState } from "preact/hooks";
import { useAround, wordsFor } from "./context.ts";
import { Field, Form, Problem } from "./field.tsx";
import { Front } from "./front.tsx";

/** Login, password and code in one step. `notice`: why one is here again. */
export function SignIn({
  notice,
  onIn,
  onLanguage,
}: {
  notice: string | undefined;
  onIn: () => Promise<void>;
  onLanguage: () => void;
}) {
  const { t, api } = useAround();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function send(): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    const done = await api.post("sign-in", { login, password, code });
    if (done.kind === "ok") {
      await onIn();
      return;
    }
    setBusy(false);
    setCode("");
    setProblem(wordsFor(t, done));
  }

  return (
    <Front heading={t("sign-in.heading")} onLanguage={onLanguage}>
      {notice !== undefined && problem === undefined && <p class="notice">{notice}</p>}
      <Problem text={problem} />
      <Form label={t("sign-in.heading")} busy={busy} onSend={() => void send()}>
        <Field
          label={t("sign-in.login")}
          value={login}
          onValue={setLogin}
          autoComplete="username"
          autoCapitalize="none"
          spellcheck={false}
          maxLength={200}
          required
        />
        <Field
          label={t("sign-in.password")}
          type="password"
          value={password}
          onValue={setPassword}
          autoComplete="current-password"
          maxLength={512}
          required
        />
        <Field
          label={t("sign-in.code")}
          hint={t("sign-in.code-hint")}
          value={code}
          onValue={setCode}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellcheck={false}
          maxLength={40}
          required
        />
        <button type="submit" class="main-button" disabled={busy}>
          {t("sign-in.submit")}
        </button>
      </Form>
    </Front>
  );
}
